"""
From receipt to due date, in minutes.

The specification is docs/explanation/deadlines.md; the numbers in brackets below are its sections.
Law: unverified, except where a section says what was seen.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from vanlang.calendars.types import DueDate, Extension, LimitUnit, Pause, TimeLimit
from vanlang.calendars.types.hours import MINUTES_A_DAY

from .pausing import Stretch, stretches_of
from .work_calendar import WorkCalendar


def due(
    calendar: WorkCalendar,
    *,
    received_at: datetime,
    limit: TimeLimit,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> DueDate:
    """
    Return when the outcome must be delivered.

    Raises: CalendarGapError when the count leaves the calendar.
    """
    received = calendar.minute_of(received_at)
    if pauses or extensions:
        minute = _last_due(calendar, received, limit, pauses, extensions)
        if minute is None:
            return DueDate(None, False, calendar.version)
    else:
        minute = begin(calendar, received, limit)[3]
    forecast = calendar.has_forecast(received // MINUTES_A_DAY, minute // MINUTES_A_DAY)
    return DueDate(calendar.instant_of(minute), forecast, calendar.version)


def receive(calendar: WorkCalendar, minute: int) -> tuple[int, int]:
    """Return day of receipt and start of a dossier handed in at `minute` (§2)."""
    day = minute // MINUTES_A_DAY
    if minute <= calendar.closes[day]:
        return day, minute
    day = calendar.working_day_from(day + 1)
    return day, day * MINUTES_A_DAY


def begin(calendar: WorkCalendar, received: int, limit: TimeLimit) -> tuple[int, int, int, int]:
    """Return day of receipt, first minute of the clock, run-out and due date when nothing pauses (§3)."""
    day, start = receive(calendar, received)
    unit = limit.unit
    if unit is LimitUnit.WORKING_DAY:
        if limit.quantity:
            run_out = calendar.half_close(calendar.halves_before[day + 1] + limit.quantity - 1)
            return day, (day + 1) * MINUTES_A_DAY, run_out, run_out
        return _within_the_day(calendar, day, start)
    if unit is LimitUnit.HOUR:
        run_out = calendar.worked_out_at(calendar.worked_until(start) + limit.quantity)
        return day, start, run_out, run_out
    last = day + limit.quantity if unit is LimitUnit.DAY else _months_later(calendar, day, limit.quantity)
    due_minute = calendar.closes[calendar.working_day_from(last)]
    return day, (day + 1) * MINUTES_A_DAY, (last + 1) * MINUTES_A_DAY, due_minute


def _within_the_day(calendar: WorkCalendar, day: int, start: int) -> tuple[int, int, int, int]:
    if start > calendar.same_day_until(day):
        day_due = calendar.working_day_from(day + 1)
        closes = calendar.closes[day_due]
        return day, day_due * MINUTES_A_DAY, closes, closes
    closes = calendar.closes[day]
    return day, start, closes, closes


def _months_later(calendar: WorkCalendar, day: int, months: int) -> int:
    on = calendar.date_of(day)
    year, month_index = divmod(on.year * 12 + on.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(on.day, monthrange(year, month)[1])).toordinal() - calendar.first_ordinal


# --- with pauses and extensions ---------------------------------------------------------------


class Run(NamedTuple):
    """One count: of the limit itself, or of one extension. All in minutes of the calendar."""

    limit: TimeLimit
    """What was counted."""
    begins: int
    """When the dossier was received, or the previous due date."""
    day: int
    """Day of receipt."""
    clock_from: int
    """First minute in which the clock may run."""
    run_out: int
    """End of the last minute of the limit, as far as it is known."""
    due: int | None
    """The due date; None while a pause is open."""
    paused: tuple[Stretch, ...]
    """The pauses that moved it, or that hold it."""


def runs_of(
    calendar: WorkCalendar,
    received: int,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
) -> list[Run]:
    """Return the count of the limit and of each extension (§5); it ends early at an open pause."""
    stretches = stretches_of(calendar, pauses)
    runs = [_run(calendar, received, limit, stretches)]
    for extension in extensions:
        previous = runs[-1].due
        if previous is None:
            break
        runs.append(_run(calendar, previous, extension.limit, stretches))
    return runs


def _last_due(
    calendar: WorkCalendar,
    received: int,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
) -> int | None:
    return runs_of(calendar, received, limit, pauses, extensions)[-1].due


def _run(calendar: WorkCalendar, begins: int, limit: TimeLimit, stretches: Sequence[Stretch]) -> Run:
    day, clock_from, run_out, due_minute = begin(calendar, begins, limit)
    move = _move_days if limit.unit is LimitUnit.DAY or limit.unit is LimitUnit.MONTH else _move_working_time
    paused: list[Stretch] = []
    for paused_from, paused_to in stretches:
        if paused_from >= due_minute:
            break
        if paused_to is None:
            paused.append((paused_from, None))
            return Run(limit, begins, day, clock_from, run_out, None, tuple(paused))
        if paused_to > clock_from:
            first = max(paused_from, clock_from)
            paused.append((first, paused_to))
            run_out, due_minute = move(calendar, run_out, first, paused_to)
    return Run(limit, begins, day, clock_from, run_out, due_minute, tuple(paused))


def _move_working_time(
    calendar: WorkCalendar, run_out: int, paused_from: int, paused_to: int
) -> tuple[int, int]:
    lost = calendar.worked_until(paused_to) - calendar.worked_until(paused_from)
    moved = calendar.worked_out_at(calendar.worked_until(run_out) + lost) if lost else run_out
    return moved, moved


def _move_days(calendar: WorkCalendar, run_out: int, paused_from: int, paused_to: int) -> tuple[int, int]:
    moved = run_out + paused_to - paused_from if paused_from < run_out else paused_to
    day = calendar.working_day_from((moved - 1) // MINUTES_A_DAY)
    if calendar.closes[day] < paused_to:
        day = calendar.working_day_from(day + 1)
    return moved, calendar.closes[day]
