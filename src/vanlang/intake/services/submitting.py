"""Submit a draft: check all of it, file it, close it. One transaction, once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.api import CaseCard, VersionCard, get_version
from vanlang.dossiers import api as dossiers
from vanlang.eforms.api import validate
from vanlang.identity.api import Actor, PersonFacts, get_entity, get_mandate, get_person, remember_person
from vanlang.intake.errors import IncompleteError, UnsuitableError
from vanlang.intake.models import Draft
from vanlang.intake.queries import access_draft, card_of, form_of, missing_in
from vanlang.intake.rules.operation import operation_of
from vanlang.intake.services.drafts import competent_agency_of
from vanlang.intake.services.opening import keep, require_fileable
from vanlang.intake.services.reusing import hand_in
from vanlang.intake.types import DraftCard, OtherApplicant, ReturnWay, Submitted
from vanlang.kernel.scope import Scope, acting


@transaction.atomic
def submit(*, draft_id: uuid.UUID, actor: Actor, at: dt.datetime) -> Submitted:
    """
    File a draft and close it. Pressed again, the dossier that it became is returned and nothing is done.

    The dossier bears the draft's id, so that even a repetition which this row does not know of yields the same one.
    Raises: DraftNotFoundError, FilingClosedError, NotFileableError, IncompleteError with everything that is missing.
    """
    row = access_draft(draft_id, actor=actor, for_update=True)
    if row.dossier_id is not None:
        return Submitted(row.dossier_id, again=True)
    require_fileable(row.procedure_version_id, at.date(), case_id=row.case_id)
    if row.entity_id != actor.entity_id:
        raise UnsuitableError("intake.written_for_another")
    card = card_of(row, at.date())
    missing = missing_in(card, at.date())
    if missing:
        raise IncompleteError(missing)
    filing = _filing(row, card, get_version(row.procedure_version_id), actor=actor, at=at)
    filed = dossiers.submit(filing=filing, actor=actor, at=at, dossier_id=row.pk)
    hand_in(
        row,
        purpose=f"Giải quyết hồ sơ: {filing.request}",
        agency_id=filing.competent_agency_id,
        actor=actor,
        at=at,
    )
    row.dossier_id, row.submitted_at = filed.dossier_id, at
    keep(row, at, "dossier", "submitted_at")
    operation = operation_of(
        operator_person_id=actor.person_id,
        is_officer=actor.is_officer,
        applicant_person_id=filing.applicant.person_id,
    )
    record_act(
        act="intake.submit", actor=actor, object_type="draft", object_id=row.pk, at=at,
        facts={"dossier": str(filed.dossier_id), "operation": operation},
    )  # fmt: skip
    return Submitted(filed.dossier_id, again=False)


def _filing(
    row: Draft, card: DraftCard, version: VersionCard, *, actor: Actor, at: dt.datetime
) -> dossiers.Filing:
    competent_agency_id = competent_agency_of(row, at.date())
    intake_agency_id = row.intake_agency_id or competent_agency_id
    applicant = _applicant(row, card, at)
    case = version.case(row.case_id)
    return dossiers.Filing(
        procedure_version_id=version.id,
        case_id=case.id if case else None,
        applicant=applicant,
        operator_id=actor.person_id if actor.person_id != applicant.person_id else None,
        mandate_id=row.mandate_id,
        ground=card.other_applicant.mandate if card.other_applicant else "",
        channel=dossiers.Channel.ONLINE,
        intake_agency_id=intake_agency_id,
        competent_agency_id=competent_agency_id,
        return_agency_id=intake_agency_id if card.return_way is ReturnWay.INTAKE else competent_agency_id,
        request=(card.request or version.name)[:500],
        answers=_stored(card, case, at.date()),
        papers=tuple(
            dossiers.Paper(file_id=paper.file_id, name=document.name[:300], required_document_id=document.id)
            for document in (case.documents if case else ())
            for paper in card.papers_of(document.id)
        )
        + tuple(
            dossiers.Paper(
                file_id=one.file_id,
                name=f"{one.title} số {one.number} (từ sổ kết quả)"[:300],
                required_document_id=one.required_document_id,
            )
            for one in card.reuses
            if one.file_id is not None
        ),
    )


def _stored(card: DraftCard, case: CaseCard | None, on: dt.date) -> Mapping[str, object]:
    """Return the answers as they are stored: read from what was typed, without questions that were not asked."""
    definition = form_of(case, on)
    return dict(validate(definition, card.answers, on=on).values) if definition else {}


def _applicant(row: Draft, card: DraftCard, at: dt.datetime) -> dossiers.PartyFacts:
    if row.entity_id is not None:
        return _entity(row.entity_id, card)
    if row.mandate_id is not None:
        return _principal(row.mandate_id, card)
    if card.other_applicant is not None:
        return _other(card.other_applicant, card, at)
    person = get_person(row.person_id)
    return dossiers.PartyFacts(
        person_id=person.id,
        full_name=person.full_name,
        personal_id=person.personal_id,
        address=person.address,
        phone=card.contact.phone,
        email=card.contact.email,
    )


def _entity(entity_id: uuid.UUID, card: DraftCard) -> dossiers.PartyFacts:
    entity = get_entity(entity_id)
    return dossiers.PartyFacts(
        entity_id=entity.id,
        full_name=entity.name,
        entity_number=entity.number,
        address=entity.address,
        phone=card.contact.phone,
        email=card.contact.email,
    )


def _principal(mandate_id: uuid.UUID, card: DraftCard) -> dossiers.PartyFacts:
    """Return the facts of who gave the mandate: they said that the agent may act, so the house's own facts stand."""
    mandate = get_mandate(mandate_id)
    if mandate.principal_entity_id is not None:
        return _entity(mandate.principal_entity_id, card)
    assert mandate.principal_id is not None  # noqa: S101 - one of the two, by constraint
    with acting(Scope.system()):
        person = get_person(mandate.principal_id)
    return dossiers.PartyFacts(
        person_id=person.id,
        full_name=person.full_name,
        personal_id=person.personal_id,
        address=person.address,
        phone=person.phone or card.contact.phone,
        email=person.email,
    )


def _other(other: OtherApplicant, card: DraftCard, at: dt.datetime) -> dossiers.PartyFacts:
    """
    Return the facts of a person for whom somebody else files, as typed.

    Typing another person's number must neither show nor change what the house knows of them: a person without a
    number is added, and the typed number stays in the dossier, where the counter compares it with the papers.
    """
    with acting(Scope.system()):
        person_id = remember_person(
            facts=PersonFacts(full_name=other.full_name, address=other.address, phone=other.phone), at=at
        )
    return dossiers.PartyFacts(
        person_id=person_id,
        full_name=other.full_name,
        personal_id=other.personal_id,
        address=other.address,
        phone=other.phone or card.contact.phone,
        email=card.contact.email,
    )
