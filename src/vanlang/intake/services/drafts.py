"""Begin a draft, write on it, carry it over to another version, throw it away."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.api import VersionCard, competent_agency_for, get_procedure, get_version
from vanlang.identity.api import Actor, SignInRequiredError, get_mandate, get_person, may_act
from vanlang.intake.errors import NotFileableError, UnsuitableError
from vanlang.intake.models import Draft, DraftPaper, DraftReuse
from vanlang.intake.queries import why_not_online
from vanlang.intake.rules.carrying import matching_case, matching_papers
from vanlang.intake.services.opening import keep, open_draft, require_fileable
from vanlang.intake.services.papers import let_go
from vanlang.intake.types import CarriedOver, Contact, DraftStep, OtherApplicant, ReturnWay
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise

_STEPS = list(DraftStep)


@transaction.atomic
def start_draft(*, procedure_code: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Return a draft for the procedure as it stands today: a new one, or the untouched one that is there already.

    Raises: SignInRequiredError, UnknownProcedureError, FilingClosedError, NotFileableError.
    """
    if not actor.is_citizen or actor.person_id is None:
        raise SignInRequiredError
    procedure = get_procedure(procedure_code, at.date())
    require_fileable(procedure.version_id, at.date())
    untouched = Draft.objects.filter(
        person_id=actor.person_id,
        entity_id=actor.entity_id,
        procedure_version_id=procedure.version_id,
        dossier__isnull=True,
        step=DraftStep.PLACE,
        papers__isnull=True,
    ).first()
    if untouched is not None:
        return untouched.pk
    person = get_person(actor.person_id)
    only_case = get_version(procedure.version_id).case(None)
    row = Draft(
        person_id=actor.person_id,
        entity_id=actor.entity_id,
        procedure_version_id=procedure.version_id,
        case_id=only_case.id if only_case else None,
        phone=person.phone,
        email=person.email,
        created_at=at,
        updated_at=at,
    )
    row.save(force_insert=True)
    return row.pk


@transaction.atomic
def choose_place(
    *,
    draft_id: uuid.UUID,
    case_id: int | None,
    intake_agency_id: int | None,
    return_way: ReturnWay,
    contact: Contact,
    other_applicant: OtherApplicant | None,
    actor: Actor,
    at: dt.datetime,
    mandate_id: uuid.UUID | None = None,
) -> None:
    """
    Write which case it is, where it is filed and fetched, for whom, and how they are reached.

    What is still empty stays empty: the last step names it. What cannot be is refused now.
    Raises: DraftNotFoundError, DraftClosedError, UnsuitableError.
    """
    row = open_draft(draft_id, actor=actor)
    version = get_version(row.procedure_version_id)
    if case_id is not None and version.case(case_id) is None:
        raise UnsuitableError("intake.case_unknown")
    refuse_if(why_not_online(version.id, at.date(), case_id=case_id), UnsuitableError)
    if intake_agency_id is not None and competent_agency_for(version.id, intake_agency_id, at.date()) is None:
        raise UnsuitableError("intake.place_unknown")
    if case_id != row.case_id:
        _leave_papers_outside(row, version, case_id, at)
    row.case_id = case_id
    row.intake_agency_id = intake_agency_id
    row.return_way = return_way
    row.phone, row.email = contact.phone.strip()[:20], contact.email.strip()[:254]
    if mandate_id is not None:
        other_applicant = _principal_of(mandate_id, version.code, actor, at)
    row.mandate_id = mandate_id
    row.other_applicant = dataclasses.asdict(other_applicant) if other_applicant else {}
    keep(row, at, "case", "intake_agency", "return_way", "phone", "email", "other_applicant", "mandate")


def _principal_of(
    mandate_id: uuid.UUID, procedure_code: str, actor: Actor, at: dt.datetime
) -> OtherApplicant:
    """Return for whom a mandate lets one act, as it stands in the draft should the mandate end before it is filed."""
    card = get_mandate(mandate_id)
    if card.agent_id != actor.person_id:
        raise UnsuitableError("identity.mandate_of_others")
    refuse_if(may_act(card, procedure_code=procedure_code, on=at.date()), UnsuitableError)
    return OtherApplicant(full_name=card.principal_name)


@transaction.atomic
def save_answers(
    *, draft_id: uuid.UUID, answers: Mapping[str, object], request: str, actor: Actor, at: dt.datetime
) -> None:
    """Write the answers of the electronic form as they are, right or not: checking is for the last step."""
    row = open_draft(draft_id, actor=actor)
    row.answers = dict(answers)
    row.request = normalise(request)[:500]
    keep(row, at, "answers", "request")


@transaction.atomic
def reach_step(*, draft_id: uuid.UUID, step: DraftStep, actor: Actor, at: dt.datetime) -> None:
    """Remember the furthest step that was reached, so that "continue" leads there."""
    row = open_draft(draft_id, actor=actor)
    if _STEPS.index(step) > _STEPS.index(DraftStep(row.step)):
        row.step = step
        keep(row, at, "step")


@transaction.atomic
def carry_over(*, draft_id: uuid.UUID, actor: Actor, at: dt.datetime) -> CarriedOver:
    """
    Move a draft to the version of its procedure that is in force, keeping what the new version asks for too.

    Raises: DraftNotFoundError, DraftClosedError, UnknownProcedureError, FilingClosedError, NotFileableError.
    """
    row = open_draft(draft_id, actor=actor)
    old = get_version(row.procedure_version_id)
    target = get_procedure(old.code, at.date())
    require_fileable(target.version_id, at.date())
    if target.version_id == old.id:
        return CarriedOver(row.pk, kept_case=row.case_id is not None)
    new = get_version(target.version_id)
    old_case = old.case(row.case_id)
    row.procedure_version_id = new.id
    row.case_id = matching_case(
        old_case.title if old_case else None, [(one.id, one.title) for one in new.cases]
    )
    left = _move_papers(row, _names(old, old_case.id if old_case else None), _names(new, row.case_id), at)
    keep(row, at, "procedure_version", "case")
    record_act(
        act="intake.carry_over", actor=actor, object_type="draft", object_id=row.pk, at=at,
        facts={"from": old.id, "to": new.id},
    )  # fmt: skip
    return CarriedOver(row.pk, kept_case=row.case_id is not None, left_papers=left)


@transaction.atomic
def discard(*, draft_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Throw a draft away, with its answers and its files. Raises: DraftNotFoundError, DraftClosedError."""
    row = open_draft(draft_id, actor=actor)
    let_go(DraftPaper.objects.filter(draft=row), at)
    draft_id = row.pk
    row.delete()
    record_act(act="intake.discard", actor=actor, object_type="draft", object_id=draft_id, at=at)


def competent_agency_of(row: Draft, on: dt.date) -> int:
    """
    Return the agency that will settle the draft's dossier.

    Raises: NotFileableError when its place settles it with nobody.
    """
    agency_id = (
        competent_agency_for(row.procedure_version_id, row.intake_agency_id, on)
        if row.intake_agency_id
        else None
    )
    if agency_id is None:
        raise NotFileableError("intake.place_unknown")
    return agency_id


def _names(version: VersionCard, case_id: int | None) -> dict[int, str]:
    case = version.case(case_id)
    return {paper.id: paper.name for paper in case.documents} if case else {}


def _leave_papers_outside(row: Draft, version: VersionCard, case_id: int | None, at: dt.datetime) -> None:
    """Move files to the papers of another case, by name; files of papers that it does not ask for are let go."""
    _move_papers(row, _names(version, row.case_id), _names(version, case_id), at)


def _move_papers(
    row: Draft, old: Mapping[int, str], new: Mapping[int, str], at: dt.datetime
) -> tuple[str, ...]:
    DraftReuse.objects.filter(draft=row).delete()  # offered again, where the other case takes them
    moves = matching_papers(old, new)
    for old_id, new_id in moves.items():
        DraftPaper.objects.filter(draft=row, required_document_id=old_id).update(required_document_id=new_id)
    outside = DraftPaper.objects.filter(draft=row).exclude(required_document_id__in=set(new))
    left = sorted({old[one] for one in outside.values_list("required_document_id", flat=True) if one in old})
    let_go(outside, at)
    return tuple(left)
