"""
Which days changed, as few periods as there are; and which of them a dossier rests on.

`calendars.api.rests_on` says the same of one due date and single days (a test holds the two equal); periods let the
database choose among all dossiers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

Period = tuple[date, date]
"""Days, half-open: `(1 January, 4 January)` are three."""

FAR = date.max
"""The end of a period that has none."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """A change of working days or office hours, as far as due dates rest on it."""

    version: int
    """Edition of the calendar from then on."""
    periods: tuple[Period, ...]
    """Days that may count differently; at least one."""
    agency_id: int | None = None
    """Whose; None = every agency."""


def periods_of(days: Iterable[date]) -> tuple[Period, ...]:
    """Return days as periods that do not touch, in order."""
    periods: list[Period] = []
    for day in sorted(set(days)):
        if periods and periods[-1][1] == day:
            periods[-1] = (periods[-1][0], day + _A_DAY)
        else:
            periods.append((day, day + _A_DAY))
    return tuple(periods)


def within(periods: Iterable[Period], *, first_on: date, last_on: date) -> tuple[Period, ...]:
    """Return the parts of `periods` that lie between two days, both included: none when nothing rests on them."""
    clipped = ((max(from_on, first_on), min(to_on, last_on + _A_DAY)) for from_on, to_on in periods)
    return tuple((from_on, to_on) for from_on, to_on in clipped if from_on < to_on)
