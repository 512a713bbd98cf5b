"""Hand in a result that a register already holds, by reference: for a paper, into the form, or both; and take it back."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.catalogue.api import TakeCard, get_version
from vanlang.identity.api import Actor
from vanlang.intake.errors import DraftNotFoundError, UnsuitableError
from vanlang.intake.models import Draft, DraftReuse
from vanlang.intake.queries import answers_to_show, card_of, form_of
from vanlang.intake.rules.reusing import laid_in
from vanlang.intake.services.drafts import start_draft
from vanlang.intake.services.opening import keep, open_draft
from vanlang.registers import api as registers
from vanlang.registers.api import HeldEntry, mapping


@transaction.atomic
def reuse(*, draft_id: uuid.UUID, entry_id: uuid.UUID, actor: Actor, at: dt.datetime) -> tuple[str, ...]:
    """
    Let the draft use an entry that its writer holds, wherever its case takes one of that register; return the questions it filled.

    What the writer typed is never overwritten. The consent counts when the draft is submitted, and can be taken back until then.
    Raises: DraftNotFoundError, DraftClosedError, UnknownEntryError, EntryUnusableError, UnsuitableError("intake.entry_not_taken").
    """
    row = open_draft(draft_id, actor=actor)
    held = registers.find_held(entry_id, person_id=row.person_id, on=at.date())
    if held.why_not:
        raise registers.EntryUnusableError(held.why_not)
    takes = takes_of(row, held.register_code)
    if not takes:
        raise UnsuitableError("intake.entry_not_taken")
    filled: dict[str, object] = {}
    for take in takes:
        filled |= _fill(row, take, held, actor, at)
        DraftReuse.objects.get_or_create(
            draft=row,
            entry_id=entry_id,
            required_document_id=take.required_document_id,
            defaults={"person_id": row.person_id, "filled": filled, "consented_at": at},
        )
    keep(row, at, "answers")
    return tuple(filled)


@transaction.atomic
def start_with(*, procedure_code: str, entry_id: uuid.UUID, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Return a draft that was begun with a result in hand: in the first case that takes it, its questions filled.

    Where it cannot be used (expired, taken by no case) the draft is begun all the same: its pages say why.
    Raises: as `start_draft`; UnknownEntryError for an entry of somebody else.
    """
    draft_id = start_draft(procedure_code=procedure_code, actor=actor, at=at)
    row = open_draft(draft_id, actor=actor)
    held = registers.find_held(entry_id, person_id=row.person_id, on=at.date())
    version = get_version(row.procedure_version_id)
    taking = [
        case.id for case in version.cases if any(take.register == held.register_code for take in case.takes)
    ]
    if row.case_id is None and taking:
        row.case_id = taking[0]
        keep(row, at, "case")
    if not held.why_not and takes_of(row, held.register_code):
        reuse(draft_id=draft_id, entry_id=entry_id, actor=actor, at=at)
    return draft_id


@transaction.atomic
def stop_reuse(*, draft_id: uuid.UUID, reuse_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Take an entry out of the draft. What it filled in stays, as an answer like any other. Raises: DraftNotFoundError, DraftClosedError."""
    row = open_draft(draft_id, actor=actor)
    gone, _ = DraftReuse.objects.filter(draft=row, pk=reuse_id).delete()
    if not gone:
        raise DraftNotFoundError
    keep(row, at)


def takes_of(row: Draft, register_code: str) -> tuple[TakeCard, ...]:
    """Return where the case of a draft takes an entry of a register."""
    case = get_version(row.procedure_version_id).case(row.case_id)
    return tuple(take for take in case.takes if take.register == register_code) if case else ()


def hand_in(row: Draft, *, purpose: str, agency_id: int, actor: Actor, at: dt.datetime) -> None:
    """Write the consents of a draft that is being submitted: each entry is read by that agency for this dossier."""
    for one in DraftReuse.objects.filter(draft=row).order_by("consented_at", "id"):
        registers.record_use(
            entry_id=one.entry_id,
            dossier_id=row.pk,
            required_document_id=one.required_document_id or 0,
            agency_id=agency_id,
            person_id=row.person_id,
            purpose=purpose,
            actor=actor,
            at=at,
        )


def _fill(row: Draft, take: TakeCard, held: HeldEntry, actor: Actor, at: dt.datetime) -> dict[str, object]:
    """Lay the facts of an entry into questions that nobody has answered; return what was laid."""
    case = get_version(row.procedure_version_id).case(row.case_id)
    definition = form_of(case, at.date())
    if definition is None or not take.fills:
        return {}
    shown = answers_to_show(card_of(row, at.date()), definition, actor=actor)
    fresh = laid_in(mapping.fill(take.fills, held.facts), shown, definition.defaults)
    row.answers = {**shown, **fresh}
    return fresh
