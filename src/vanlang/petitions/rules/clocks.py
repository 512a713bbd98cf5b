"""
Which clock runs, when it began, and whether it was kept.

Four clocks in working days. That they begin when the petition arrives (publishing: when it was answered) and that the clock
of handling is not begun anew by routing is the house's reading; the source names only the numbers. What the days are is
asked from `calendars`.

Law: unverified
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vanlang.petitions.rules.flow import FINAL
from vanlang.petitions.types import PetitionClock, PetitionState

WORKING_DAYS: Mapping[PetitionClock, int] = MappingProxyType(
    {PetitionClock.DECIDE: 2, PetitionClock.ASK: 5, PetitionClock.HANDLE: 15, PetitionClock.PUBLISH: 2}
)

_S = PetitionState
RUNNING: Mapping[PetitionState, PetitionClock | None] = MappingProxyType(
    {
        _S.FILED: PetitionClock.DECIDE,
        _S.CLASSIFIED: PetitionClock.DECIDE,
        _S.ACCEPTED: PetitionClock.HANDLE,
        _S.AWAITING_SENDER: None,
        _S.PROPOSED: PetitionClock.HANDLE,
        _S.ANSWERED: PetitionClock.PUBLISH,
        **dict.fromkeys(sorted(FINAL)),
    }
)
"""Which clock is looked at in each state; None: none runs."""


@dataclass(frozen=True, slots=True)
class Times:
    """When each clock must be kept, and when it was. A `due` is None while it was never started or stands still."""

    decide_due_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None
    ask_due_at: dt.datetime | None = None
    asked_at: dt.datetime | None = None
    handle_due_at: dt.datetime | None = None
    handled_at: dt.datetime | None = None
    publish_due_at: dt.datetime | None = None
    published_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One clock, looked at."""

    clock: PetitionClock
    due_at: dt.datetime
    done_at: dt.datetime | None
    is_late: bool


def look(times: Times, *, at: dt.datetime) -> tuple[Kept, ...]:
    """Return every clock that runs or ran. Asking is looked at only when somebody asked: nobody must."""
    pairs = (
        (PetitionClock.DECIDE, times.decide_due_at, times.decided_at),
        (PetitionClock.ASK, times.ask_due_at if times.asked_at else None, times.asked_at),
        (PetitionClock.HANDLE, times.handle_due_at, times.handled_at),
        (PetitionClock.PUBLISH, times.publish_due_at, times.published_at),
    )
    return tuple(
        Kept(clock, due, done, is_late=(done or at) > due) for clock, due, done in pairs if due is not None
    )


def is_late(times: Times, *, at: dt.datetime) -> bool:
    """Tell whether any clock was, or is being, missed."""
    return any(kept.is_late for kept in look(times, at=at))


def is_unsatisfied(*, likes: int, dislikes: int, late: bool, repeated: bool) -> bool:
    """Tell whether a petition counts as unsatisfied: more dislikes than likes, or late, or repeated."""
    return dislikes > likes or late or repeated
