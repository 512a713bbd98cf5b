"""Entries as their holders see them, and the consents under which dossiers use them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.db.models import Q

from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.registers.errors import UnknownEntryError
from vanlang.registers.models import Entry, EntryEdition, EntryUse
from vanlang.registers.queries.definitions import get_register
from vanlang.registers.queries.entries import editions_of, grade_of_edition, span_of
from vanlang.registers.rules.masking import masked_number
from vanlang.registers.rules.states import state_on, why_not_usable
from vanlang.registers.types import EntryState, HeldEntry, MaskedEntry, UseCard

_USABLE_FIRST = list(EntryState)


def list_held(
    person_id: uuid.UUID, *, on: dt.date, registers: Collection[str] | None = None
) -> tuple[HeldEntry, ...]:
    """
    Return the entries that a person holds or keeps, usable ones first; of some registers, or of all.

    One's own data: for the holder's own pages, or for an officer before whom the holder stands and who has written the read.
    """
    rows = Entry.objects.filter(Q(holder_id=person_id) | Q(keeper_id=person_id)).select_related("register")
    if registers is not None:
        rows = rows.filter(register__code__in=list(registers))
    found = list(rows.order_by("-valid_from", "-id")[:200])
    editions = editions_of(found)
    cards = [_held(row, editions[row.pk], on) for row in found]
    return tuple(sorted(cards, key=lambda card: (bool(card.why_not), -card.valid_from.toordinal())))


def list_masked(person_id: uuid.UUID, *, on: dt.date, registers: Collection[str]) -> tuple[MaskedEntry, ...]:
    """
    Return what a person holds in some registers as it may be shown before they consent, whichever agency issued it.

    For an officer before whom the holder stands, and who has written the read: no fact of an entry, no name, its number masked.
    """
    with acting(Scope.system()):
        held = list_held(person_id, on=on, registers=registers)
    return tuple(
        MaskedEntry(
            id=one.id,
            register_code=one.register_code,
            kind=get_register(one.register_code).paper,
            number=masked_number(one.number),
            agency=one.agency,
            valid_from=one.valid_from,
            why_not=one.why_not,
        )
        for one in held
    )


def find_held(entry_id: uuid.UUID, *, person_id: uuid.UUID, on: dt.date) -> HeldEntry:
    """Return one entry that a person holds or keeps. Raises: UnknownEntryError, also for one of somebody else."""
    rows = Entry.objects.filter(Q(holder_id=person_id) | Q(keeper_id=person_id), pk=entry_id)
    row = rows.select_related("register").first()
    if row is None:
        raise UnknownEntryError
    return _held(row, editions_of([row])[row.pk], on)


def list_uses(dossier_id: uuid.UUID, *, on: dt.date) -> tuple[UseCard, ...]:
    """Return the entries that a dossier uses by consent, with what may be said of them today; the reader sees the dossier."""
    uses = list(EntryUse.objects.filter(dossier_id=dossier_id).order_by("consented_at", "id"))
    with acting(Scope.system()):
        rows = {row.pk: row for row in Entry.objects.filter(pk__in=[use.entry_id for use in uses])}
        editions = editions_of(list(rows.values()))
    return tuple(_use(use, rows[use.entry_id], editions[use.entry_id], on) for use in uses)


def get_uses_of(dossier_ids: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, int], uuid.UUID]:
    """Return (dossier, required document) → the use by which an entry was handed in for it. One query."""
    rows = EntryUse.objects.filter(dossier_id__in=set(dossier_ids)).order_by("consented_at", "id")
    return {(row.dossier_id, row.required_document_id): row.pk for row in rows}


def _use(use: EntryUse, row: Entry, edition: EntryEdition, on: dt.date) -> UseCard:
    return UseCard(
        entry_id=row.pk,
        dossier_id=use.dossier_id,
        required_document_id=use.required_document_id,
        title=row.title,
        number=row.number,
        agency=get_agencies([row.agency_id], row.issued_on)[row.agency_id].name,
        sha256=use.sha256,
        state=state_on(span_of(row), on),
        grade=grade_of_edition(edition),
        consented_at=use.consented_at,
    )


def _held(row: Entry, edition: EntryEdition, on: dt.date) -> HeldEntry:
    state, grade = state_on(span_of(row), on), grade_of_edition(edition)
    return HeldEntry(
        id=row.pk,
        register_code=row.register.code,
        title=row.title,
        number=row.number,
        agency=get_agencies([row.agency_id], row.issued_on)[row.agency_id].name,
        holder_name=row.holder_name,
        valid_from=row.valid_from,
        expires_on=row.expires_on,
        state=state,
        why_not=why_not_usable(state, grade),
        grade=grade,
        facts=edition.facts,
        file_id=row.file_id,
        sha256=row.sha256,
        dossier_id=row.source_dossier_id,
    )
