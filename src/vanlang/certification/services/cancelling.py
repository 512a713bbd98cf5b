"""Striking a line out of the book: by a dated note, and never by deleting."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.certification.errors import NotCancelledError
from vanlang.certification.models import CertificationEntry
from vanlang.certification.queries import access_entry, entry_card
from vanlang.certification.types import EntryCard
from vanlang.documents import api as documents
from vanlang.identity.api import Actor
from vanlang.kernel.ids import new_id
from vanlang.kernel.vietnamese import normalise

_KEPT = ("request_id", "agency_id", "position", "name", "document_number", "issuer", "pages", "copies", "electronic",
         "scan_id", "fee_vnd", "dossier_id")  # fmt: skip


@transaction.atomic
def cancel(
    *, entry_id: uuid.UUID, note: str, actor: Actor, at: dt.datetime, again: bool = False
) -> EntryCard:
    """
    Cancel an original of a visit with a note; its number, if it has one, stays in the book with the note and the day.

    With `again` the original waits anew, for a number of its own.
    Raises: NotCancelledError, NoSuchEntryError.
    """
    row = access_entry(entry_id, actor=actor, for_update=True)
    said = normalise(note)
    if not said:
        raise NotCancelledError("certification.note_missing")
    if row.cancelled_at is not None:
        raise NotCancelledError
    if row.electronic and row.number is not None:
        raise NotCancelledError("certification.electronic_is_returned")
    if row.register_entry is not None:
        documents.void_number(entry_id=row.register_entry, reason=said[:300], actor=actor, at=at)
    strike_out(row, note=said, by=actor.appointment_id, at=at)
    if again:
        renewed(row).save(force_insert=True)
    record_act(
        act="certification.cancel",
        actor=actor,
        object_type="certification.entry",
        object_id=row.pk,
        at=at,
        facts={"number": row.number, "again": again},
    )
    return entry_card(row)


def strike_out(row: CertificationEntry, *, note: str, by: int | None, at: dt.datetime) -> None:
    """Write the note and the day on a line."""
    row.cancelled_at, row.cancel_note, row.cancelled_by_id = at, note[:300], by
    row.save(update_fields=["cancelled_at", "cancel_note", "cancelled_by"])


def renewed(row: CertificationEntry) -> CertificationEntry:
    """Return the same original, waiting for a number."""
    return CertificationEntry(id=new_id(), **{name: getattr(row, name) for name in _KEPT})
