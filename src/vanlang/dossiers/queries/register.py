"""
The register of dossiers (form 07): one query, whatever draws from it, in the order of receipt.

The screen shows a masked page of it; print and table are exports, each a logged read with its purpose (`services/registers.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from vanlang.documents.api import RegisterRow
from vanlang.dossiers import labels
from vanlang.dossiers.models import Movement, Seat
from vanlang.dossiers.rules import masking
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lateness import Timeliness, timeliness
from vanlang.dossiers.rules.states import FINAL, State
from vanlang.dossiers.types import Channel, RegisterPart
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agencies

CHUNK = 1000
"""Rows fetched at a time, so that a year of a busy agency is never held at once."""
VOLUME = 500
"""Rows of one printed volume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What a register is asked for."""

    agency_id: int
    from_on: dt.date
    to_on: dt.date
    """The first day after the period."""
    part: RegisterPart = RegisterPart.ALL
    taken_in: bool = True
    """What the agency took in; else what it settles."""
    procedure_code: str = ""


def count_register(asked: RegisterFilter, *, at: dt.datetime) -> int:
    """Return how many dossiers a register holds."""
    return _rows(asked, at).count()


def list_register(
    asked: RegisterFilter, *, at: dt.datetime, offset: int = 0, limit: int = 50
) -> list[RegisterRow]:
    """Return a page of the register with names, addresses and numbers masked: no read of personal data."""
    found = _values(asked, at)[offset : offset + limit]
    return list(_drawn(found, at, start=offset, masked=True))


def iter_register(
    asked: RegisterFilter, *, at: dt.datetime, offset: int = 0, limit: int | None = None
) -> Iterator[RegisterRow]:
    """Yield the rows of the register, a chunk in memory at a time. Whoever calls has written the read."""
    rows = _values(asked, at)
    found = rows[offset : offset + limit] if limit is not None else rows
    yield from _drawn(found, at, start=offset, masked=False)


def _rows(asked: RegisterFilter, at: dt.datetime) -> QuerySet[Seat]:
    rows = Seat.objects.filter(
        Q(intakes=True) if asked.taken_in else Q(decides=True),
        agency_id=asked.agency_id,
        arrived_at__gte=_midnight(asked.from_on),
        arrived_at__lt=_midnight(asked.to_on),
        code__isnull=False,
    )
    if asked.procedure_code:
        rows = rows.filter(procedure_code=asked.procedure_code)
    match asked.part:
        case RegisterPart.ALL:
            return rows
        case RegisterPart.OPEN:
            return rows.exclude(state__in=sorted(FINAL))
        case RegisterPart.FINISHED:
            return rows.filter(state__in=sorted(FINAL))
        case RegisterPart.LATE:
            return rows.filter(
                Q(finished_at__gt=F("due_at")) | Q(finished_at__isnull=True, paused=False, due_at__lt=at)
            )


_FIELDS = (
    "code", "procedure_name", "applicant_name", "dossier__applicant_address", "dossier__applicant_phone",
    "dossier__competent_agency_id", "dossier__received_at", "dossier__due_at", "dossier__delivered_at",
    "dossier__finished_at", "dossier__corrections", "state", "paused", "delivery",
)  # fmt: skip


def _values(asked: RegisterFilter, at: dt.datetime) -> QuerySet[Any, Any]:
    delivered = Movement.objects.filter(dossier_id=OuterRef("dossier_id"), act=Act.DELIVER).order_by(
        "-number"
    )
    rows = _rows(asked, at).annotate(delivery=Subquery(delivered.values("facts")[:1]))
    found: QuerySet[Any, Any] = rows.order_by("arrived_at", "dossier_id").values(*_FIELDS)
    return found


def _drawn(found: QuerySet[Any, Any], at: dt.datetime, *, start: int, masked: bool) -> Iterator[RegisterRow]:
    names: dict[int, str] = {}
    rows = found if masked else found.iterator(chunk_size=CHUNK)
    for number, row in enumerate(rows, start=start + 1):
        agency_id = row["dossier__competent_agency_id"]
        if agency_id not in names:
            names[agency_id] = get_agencies([agency_id], at.astimezone(VIETNAM).date())[agency_id].short_name
        yield _row(row, number, names[agency_id], at, masked=masked)


def _row(row: dict[str, Any], number: int, agency: str, at: dt.datetime, *, masked: bool) -> RegisterRow:
    handed = row["delivery"] or {}
    contact = ", ".join(filter(None, (row["dossier__applicant_address"], row["dossier__applicant_phone"])))
    return RegisterRow(
        number=number,
        code=row["code"],
        procedure=row["procedure_name"],
        owner=masking.mask_name(row["applicant_name"]) if masked else row["applicant_name"],
        contact="" if masked else contact,
        agency=agency,
        received_on=_day(row["dossier__received_at"]),
        due_on=_day(row["dossier__due_at"]),
        returned_on=_day(row["dossier__delivered_at"]),
        method=labels.CHANNELS[Channel(handed["channel"])] if handed.get("channel") else "",
        receiver="" if masked else str(handed.get("receiver", "")),
        note=_note(row, at),
    )


def _note(row: dict[str, Any], at: dt.datetime) -> str:
    how = timeliness(
        due_at=row["dossier__due_at"], finished_at=row["dossier__finished_at"], at=at, paused=row["paused"]
    )
    said = [labels.TIMELINESS[how]] if how is not Timeliness.RUNNING else []
    state = State(row["state"])
    if state not in {State.DELIVERED, State.RELEASED}:
        said.insert(0, labels.STATES[state])
    if row["dossier__corrections"]:
        said.append(f"đính chính {row['dossier__corrections']} lần")
    return "; ".join(said)


def _day(at: dt.datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y}" if at is not None else ""


def _midnight(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(), tzinfo=VIETNAM)
