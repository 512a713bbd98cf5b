"""Pauses as stretches of minutes: apart from each other, and in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vanlang.calendars.types import Pause

from .work_calendar import WorkCalendar

Stretch = tuple[int, int | None]
"""From (included), to (excluded); None = still open."""


def stretches_of(calendar: WorkCalendar, pauses: Iterable[Pause]) -> list[Stretch]:
    """Return the pauses in minutes, joined where they overlap or touch, in order."""
    minutes: list[Stretch] = [
        (calendar.minute_of(pause.from_at), None if pause.to_at is None else calendar.minute_of(pause.to_at))
        for pause in pauses
    ]
    if len(minutes) < 2:
        return minutes
    joined: list[Stretch] = []
    for begins, ends in sorted(minutes, key=lambda stretch: stretch[0]):
        if joined and _reaches(joined[-1], begins):
            joined[-1] = (joined[-1][0], _later(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def working_minutes_outside(
    calendar: WorkCalendar, begins: int, ends: int, stretches: Sequence[Stretch]
) -> int:
    """Return the working minutes of `[begins, ends)` that lie in no stretch."""
    minutes = calendar.worked_until(ends) - calendar.worked_until(begins)
    for paused_from, paused_to in stretches:
        first = max(begins, paused_from)
        last = ends if paused_to is None else min(ends, paused_to)
        if first < last:
            minutes -= calendar.worked_until(last) - calendar.worked_until(first)
    return minutes


def _reaches(stretch: Stretch, begins: int) -> bool:
    return stretch[1] is None or begins <= stretch[1]


def _later(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)
