"""What the routes of petitions are asked with: one of each kind, held by an agency."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.identity.api import Role
from vanlang.petitions import services
from vanlang.petitions.models import PetitionAttachment
from vanlang.petitions.tests.factories import ANSWER, SENDER, TEXT, TITLE
from vanlang.petitions.tests.files import png
from vanlang.petitions.types import Brought, Filed, PetitionKind, PetitionSource, Sheet


def a_petition(people: People) -> Filed:
    """Return a petition with a file that the counter at home took down."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    brought = Brought(
        TITLE, TEXT, SENDER, people.home, PetitionSource.COUNTER, files=(Sheet("anh.png", png()),)
    )
    return services.file_petition(brought=brought, actor=people.at_home[Role.COUNTER], at=people.at)


def an_answered_one(people: People) -> dict[str, object]:
    filed = a_petition(people)
    specialist, leader = people.at_home[Role.SPECIALIST], people.at_home[Role.LEADER]
    services.classify(petition_id=filed.id, kind=PetitionKind.OTHER, actor=specialist, at=people.at)
    services.accept(petition_id=filed.id, actor=specialist, at=people.at)
    services.propose_answer(
        petition_id=filed.id,
        words=ANSWER,
        leader_id=leader.appointment_id or 0,
        actor=specialist,
        at=people.at,
    )
    services.approve_answer(petition_id=filed.id, actor=leader, at=people.at)
    return {"petition_id": filed.id}


def _with(**more: object) -> Callable[[People], dict[str, object]]:
    return lambda people: {"petition_id": a_petition(people).id, **more}


def _with_file(people: People) -> dict[str, object]:
    filed = a_petition(people)
    sent = PetitionAttachment.objects.get(petition_id=filed.id)
    return {"petition_id": filed.id, "attachment_id": uuid.UUID(str(sent.pk))}


SAMPLES = {
    "petitions:petition": Sample(_with()),
    "petitions:receipt": Sample(_with()),
    "petitions:reissued": Sample(_with(), owned=False),
    "petitions:whole_text": Sample(_with()),
    "petitions:attachment": Sample(_with_file),
    "petitions:classify": Sample(_with(), owned=False),
    "petitions:act": Sample(_with(word="chuyen")),
    "petitions:draft": Sample(_with(), answers={409}),
    "petitions:decide": Sample(_with(), owned=False),
    "petitions:publish": Sample(an_answered_one),
}
