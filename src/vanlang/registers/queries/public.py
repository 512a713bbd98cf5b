"""What anybody may know of an entry who holds its code. Asked as the system, for exactly one entry."""

from __future__ import annotations

import datetime as dt
import uuid

from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.registers.models import Entry
from vanlang.registers.queries.entries import span_of
from vanlang.registers.rules.masking import initials
from vanlang.registers.rules.states import state_on
from vanlang.registers.types import Standing


def find_standing(token: str, *, on: dt.date) -> Standing | None:
    """Return what may be said of the entry whose document bears `token`, or None."""
    with acting(Scope.system()):
        row = Entry.objects.filter(token=token).order_by("-registered_at").first() if token else None
        return _standing(row, on) if row else None


def find_standing_of_dossier(dossier_id: uuid.UUID, *, on: dt.date) -> Standing | None:
    """Return what may be said of the latest entry that came from a dossier, or None; the caller sees the dossier."""
    with acting(Scope.system()):
        row = Entry.objects.filter(source_dossier_id=dossier_id).order_by("-registered_at", "-id").first()
        return _standing(row, on) if row else None


def find_standing_by_number(
    agency_id: int, number: str, issued_on: dt.date, *, on: dt.date
) -> Standing | None:
    """Return what may be said of the entry that an agency registered under a number and day, or None."""
    with acting(Scope.system()):
        rows = Entry.objects.filter(agency_id=agency_id, number=number, issued_on=issued_on)
        row = rows.order_by("-registered_at", "-id").first()
        return _standing(row, on) if row else None


def list_ended(*, on: dt.date) -> list[tuple[str, str, dt.date, dt.date, str]]:
    """Return (agency code, number, issued on, ended on, how) of every document that ended before its time: no personal data."""
    with acting(Scope.system()):
        rows = list(
            Entry.objects.filter(ended_on__lte=on)
            .order_by("ended_on", "id")
            .values_list("agency_id", "number", "issued_on", "ended_on", "ended_as")
        )
        codes = {int(card.id): card.code for card in get_agencies({row[0] for row in rows}, on).values()}
    return [(codes[row[0]], row[1], row[2], row[3], row[4]) for row in rows if row[3] is not None]


def _standing(row: Entry, on: dt.date) -> Standing:
    after = Entry.objects.filter(replaces=row).values_list("number", flat=True).first()
    return Standing(
        entry_id=row.pk,
        title=row.title,
        number=row.number,
        agency_id=row.agency_id,
        agency=get_agencies([row.agency_id], row.issued_on)[row.agency_id].name,
        holder_initials=initials(row.organisation_name or row.holder_name),
        valid_from=row.valid_from,
        expires_on=row.expires_on,
        ended_on=row.ended_on,
        ended_reason=row.ended_reason,
        replaced_by_number=after or "",
        state=state_on(span_of(row), on),
        file_id=row.file_id,
        sha256=row.sha256,
    )
