"""What the routes of teamwork are asked with: one dossier of an agency, a note on it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Filing, Moved, PartyFacts
from vanlang.dossiers.tests.factories import PAPER_DRAFT, make_procedure
from vanlang.identity.api import Role
from vanlang.teamwork import services
from vanlang.teamwork.types import Destination, Source, SourceKind


def a_received_dossier(people: People) -> Moved:
    """Return a dossier that the counter at home received."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    version, case, _ = make_procedure("1.001193")
    person_id = people.citizen.person_id
    assert person_id
    filing = Filing(
        procedure_version_id=version.pk,
        case_id=case.pk,
        applicant=PartyFacts(person_id=person_id, full_name="Nguyễn Thị Lan"),
        channel=Channel.DIRECT,
        intake_agency_id=people.home,
        competent_agency_id=people.home,
        return_agency_id=people.home,
    )
    return dossiers.receive_at_counter(filing=filing, actor=people.at_home[Role.COUNTER], at=people.at)


def _dossier(**more: object) -> Callable[[People], dict[str, object]]:
    return lambda people: {"dossier_id": a_received_dossier(people).dossier_id, **more}


def _note(people: People) -> dict[str, object]:
    moved = a_received_dossier(people)
    counter = people.at_home[Role.COUNTER]
    return {
        "note_id": services.write_note(
            dossier_id=moved.dossier_id, text="Đã gọi", actor=counter, at=people.at
        )
    }


def _batch(**more: object) -> Callable[[People], dict[str, object]]:
    def made(people: People) -> dict[str, object]:
        moved = a_received_dossier(people)
        specialist, leader = people.at_home[Role.SPECIALIST], people.at_home[Role.LEADER]
        assert specialist.appointment_id
        dossiers.assign(
            dossier_id=moved.dossier_id,
            to_appointment_id=specialist.appointment_id,
            actor=leader,
            at=people.at,
        )
        dossiers.propose(dossier_id=moved.dossier_id, draft=PAPER_DRAFT, actor=specialist, at=people.at)
        return {"batch_id": services.open_batch(actor=leader, at=people.at), **more}

    return made


def _transfer(people: People) -> dict[str, object]:
    a_received_dossier(people)
    leader, counter = people.at_home[Role.LEADER], people.at_home[Role.SPECIALIST]
    dossier_id = dossiers.search_inbox(leader, dossiers.InboxQuery(), at=people.at).cards[0].dossier_id
    dossiers.assign(
        dossier_id=dossier_id, to_appointment_id=counter.appointment_id or 0, actor=leader, at=people.at
    )
    source = Source(kind=SourceKind.OFFICER, id=counter.appointment_id or 0)
    key = services.order_transfer(
        source=source,
        destination=Destination(agency_id=people.home),
        reason="Thử",
        actor=leader,
        at=people.at,
    )
    return {"transfer_id": key}


SAMPLES = {
    "teamwork:similar": Sample(_dossier()),
    "teamwork:end_substitution": Sample(lambda people: {"substitution_id": 1}, owned=False, answers={405}),
    "teamwork:batch": Sample(_batch()),
    "teamwork:leaf": Sample(_batch(position=1)),
    "teamwork:carry_out": Sample(_batch(), owned=False, answers={405}),
    "teamwork:transfer": Sample(_transfer),
    "teamwork:resume_transfer": Sample(_transfer, owned=False, answers={405}),
    "teamwork:transfer_back": Sample(_transfer, owned=False, answers={405}),
    "teamwork:notes": Sample(_dossier()),
    "teamwork:suggest": Sample(_dossier()),
    "teamwork:follow": Sample(_dossier(), owned=False, answers={405}),
    "teamwork:edit_note": Sample(_note),
    "teamwork:strike_note": Sample(_note),
    "teamwork:finish_mention": Sample(lambda people: {"mention_id": 1}, owned=False, answers={405}),
}
