"""Citizens of a synthetic province who have written a dossier to its end and have only to press the button."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vanlang.catalogue.api import get_procedure, get_version
from vanlang.identity.api import PersonFacts, account_of_citizen, actor_for, scope_of
from vanlang.identity.models import Account, Person
from vanlang.intake import api as intake
from vanlang.intake.api import Contact, ReturnWay
from vanlang.kernel.scope import acting

PROCEDURE = "2.000908"
"""A copy from the book of originals: asked of every commune, with the general form and a paper that is only shown."""

OF_FORM = "025190012123"
"""In the form: it takes no number of a synthetic person, because no province gives those."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that lacks nothing, and whose it is."""

    draft_id: uuid.UUID
    account: Account


def ready_drafts(count: int, agency_id: int, at: datetime) -> Iterator[Ready]:
    """Write `count` drafts, each of another person. Stops when one lacks anything: nothing would be measured."""
    version = get_version(get_procedure(PROCEDURE, at.date()).version_id)
    for person in Person.objects.exclude(phone="").order_by("id")[:count]:
        facts = PersonFacts(full_name=person.full_name, personal_id=person.personal_id, phone=person.phone)
        account = account_of_citizen(facts=facts, at=at)
        actor = actor_for(account, on=at.date())
        with acting(scope_of(actor)):
            draft_id = intake.start_draft(procedure_code=PROCEDURE, actor=actor, at=at)
            intake.choose_place(
                draft_id=draft_id, case_id=version.cases[0].id, intake_agency_id=agency_id, return_way=ReturnWay.INTAKE,
                contact=Contact("0912345678"), other_applicant=None, actor=actor, at=at,
            )  # fmt: skip
            intake.save_answers(
                draft_id=draft_id, answers=_answers(person), request="Cấp bản sao giấy khai sinh từ sổ gốc", actor=actor, at=at
            )  # fmt: skip
            missing = intake.check_draft(draft_id, actor=actor, on=at.date())
        assert not missing, missing
        yield Ready(draft_id, account)


def _answers(person: Person) -> dict[str, object]:
    return {
        "applicant_name": person.full_name, "applicant_personal_id": OF_FORM, "applicant_phone": "0912345678",
        "applicant_commune": "H44.100", "applicant_address": "Số nhà 1, khu 2", "request": "Cấp bản sao giấy khai sinh từ sổ gốc",
        "truthful": True,
    }  # fmt: skip
