"""
On time or late: a fact about a dossier that is counted and shown. No act asks for it.

The comparison is that of `calendars`, which owns all deadline arithmetic (a test holds the two equal); here it is
also turned into bounds, so that a list filters by the very rule that colours its cards.
Law: unverified
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from vanlang.kernel.zone import VIETNAM


class Timeliness(StrEnum):
    """How a dossier stands towards its appointment."""

    NO_LIMIT = "no_limit"
    """Not received yet."""
    RUNNING = "running"
    PAUSED = "paused"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    """Open and past its appointment."""
    EARLY = "early"
    """Finished on a day before."""
    ON_TIME = "on_time"
    LATE = "late"
    """Finished after its appointment."""


SOON = timedelta(days=2)
"""How many calendar days ahead a list warns: a warning, not a time limit."""


def overdue_before(at: datetime) -> datetime:
    """Return the bound of overdue: an open dossier due before it is late. The due minute itself is in time."""
    return at.replace(second=0, microsecond=0)


def due_soon_before(at: datetime) -> datetime:
    """Return the bound of due soon: an open dossier due before it, and not overdue, is due today or in `SOON`."""
    midnight = at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + SOON + timedelta(days=1)


def end_of_days(at: datetime, days: int) -> datetime:
    """Return the bound of "due within so many calendar days": 0 is today."""
    midnight = at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=max(0, min(days, 3650)) + 1)


def timeliness(
    *, due_at: datetime | None, finished_at: datetime | None, at: datetime, paused: bool = False
) -> Timeliness:
    """Return how a dossier stands at the instant `at`."""
    if due_at is None:
        return Timeliness.NO_LIMIT
    if finished_at is not None:
        if due_at < overdue_before(finished_at):
            return Timeliness.LATE
        early = finished_at.astimezone(VIETNAM).date() < due_at.astimezone(VIETNAM).date()
        return Timeliness.EARLY if early else Timeliness.ON_TIME
    if paused:
        return Timeliness.PAUSED
    if due_at < overdue_before(at):
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due_at < due_soon_before(at) else Timeliness.RUNNING
