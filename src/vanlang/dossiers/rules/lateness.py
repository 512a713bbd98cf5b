"""
On time or late: a fact about a dossier that is counted and shown. No act asks for it.

The day decides, as on the printed appointment: an outcome finished on the promised day is on time, whatever
the hour. Law: unverified
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from vanlang.kernel.clock import VIETNAM


class Timeliness(StrEnum):
    """How a dossier stands towards its appointment."""

    NO_LIMIT = "no_limit"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    """Open and past its day."""
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    """Finished after its day."""


SOON = timedelta(days=2)
"""How many calendar days ahead a list warns: a warning, not a time limit."""


def overdue_before(at: datetime) -> datetime:
    """Return the instant before which an open dossier's `due_at` is overdue at `at`: the start of that day."""
    return at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


def due_soon_before(at: datetime) -> datetime:
    """Return the instant before which an open dossier that is not overdue is due soon."""
    return overdue_before(at) + SOON + timedelta(days=1)


def timeliness(*, due_at: datetime | None, finished_at: datetime | None, at: datetime) -> Timeliness:
    """Return how a dossier stands at the instant `at`."""
    if due_at is None:
        return Timeliness.NO_LIMIT
    if finished_at is not None:
        finished_on, due_on = finished_at.astimezone(VIETNAM).date(), due_at.astimezone(VIETNAM).date()
        if finished_on > due_on:
            return Timeliness.LATE
        return Timeliness.EARLY if finished_on < due_on else Timeliness.ON_TIME
    if due_at < overdue_before(at):
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due_at < due_soon_before(at) else Timeliness.RUNNING


def days_late(*, due_at: datetime | None, until: datetime) -> int:
    """Return by how many calendar days `until` is past the appointment; 0 when it is not."""
    if due_at is None:
        return 0
    return max(0, (until.astimezone(VIETNAM).date() - due_at.astimezone(VIETNAM).date()).days)
