"""The clocks of a petition, asked from `calendars`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vanlang.calendars.api import LimitUnit, Pause, TimeLimit, calendar_of, due
from vanlang.petitions.models import Petition, PetitionSupplement
from vanlang.petitions.rules.clocks import WORKING_DAYS
from vanlang.petitions.types import PetitionClock


def due_of(
    clock: PetitionClock, *, agency_id: int, from_at: dt.datetime, pauses: tuple[Pause, ...] = ()
) -> dt.datetime | None:
    """Return when a clock that began is due; None while it stands still."""
    limit = TimeLimit(WORKING_DAYS[clock], LimitUnit.WORKING_DAY)
    return due(calendar_of(agency_id), received_at=from_at, limit=limit, pauses=pauses).due_at


def start(row: Petition) -> None:
    """Start the clocks of a petition that has just arrived, or was routed to another agency."""
    start_at(row, pauses_of(row))


def start_at(row: Petition, pauses: Sequence[Pause]) -> None:
    """Start them for a petition whose waits for its sender are known."""
    row.decide_due_at = certain(due_of(PetitionClock.DECIDE, agency_id=row.agency_id, from_at=row.arrived_at))
    row.ask_due_at = certain(due_of(PetitionClock.ASK, agency_id=row.agency_id, from_at=row.arrived_at))
    count_handling_with(row, pauses)


def count_handling(row: Petition) -> None:
    """Count the clock of handling again: from the day the sender sent it, without the time spent waiting for them."""
    count_handling_with(row, pauses_of(row))


def count_handling_with(row: Petition, pauses: Sequence[Pause]) -> None:
    """Count it for a petition whose waits for its sender are known."""
    row.handle_due_at = due_of(
        PetitionClock.HANDLE, agency_id=row.agency_id, from_at=row.filed_at, pauses=tuple(pauses)
    )


def start_publishing(row: Petition, at: dt.datetime) -> None:
    row.publish_due_at = due_of(PetitionClock.PUBLISH, agency_id=row.agency_id, from_at=at)


def pauses_of(row: Petition) -> tuple[Pause, ...]:
    """Return when the sender was waited for."""
    asked = PetitionSupplement.objects.filter(petition=row).order_by("number")
    return tuple(Pause(one.asked_at, one.closed_at) for one in asked)


def certain(due_at: dt.datetime | None) -> dt.datetime:
    """Return the instant of a clock that never stands still."""
    assert due_at is not None  # noqa: S101 - a clock that never pauses
    return due_at
