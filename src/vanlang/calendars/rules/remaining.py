"""How far away a due date is, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from vanlang.calendars.types import Remaining, Timeliness
from vanlang.calendars.types.hours import MINUTES_A_DAY

from .counting import receive
from .work_calendar import VIETNAM, WorkCalendar


def remaining(calendar: WorkCalendar, *, due_at: datetime, at: datetime) -> Remaining:
    """
    Return the working time between `at` and the due date, or since it.

    `working_days` is the number of working days after the earlier of the two days, up to the later one: 0 on
    the due day itself, 1 on the working day before it.
    Raises: CalendarGapError when either lies outside the calendar.
    """
    due_minute, minute = calendar.minute_of(due_at), calendar.minute_of(at)
    first, last = sorted((due_minute, minute))
    return Remaining(
        is_late=is_late(due_at=due_at, at=at),
        working_days=_working_days_between(calendar, first // MINUTES_A_DAY, last // MINUTES_A_DAY),
        working_minutes=calendar.worked_until(last) - calendar.worked_until(first),
    )


def is_late(*, due_at: datetime, at: datetime) -> bool:
    """Say whether `at` is after the due date. The due minute itself, to its last second, is in time."""
    return at.replace(second=0, microsecond=0) > due_at


def timeliness(*, due_at: datetime, finished_at: datetime) -> Timeliness:
    """Return how a finished dossier stands to its due date: early means on an earlier day."""
    if is_late(due_at=due_at, at=finished_at):
        return Timeliness.LATE
    if finished_at.astimezone(VIETNAM).date() < due_at.astimezone(VIETNAM).date():
        return Timeliness.EARLY
    return Timeliness.ON_TIME


def add_working_days(calendar: WorkCalendar, on: date, working_days: int) -> date:
    """
    Return the day that is so many working days after `on` (before it, when negative).

    For clocks that are no time limit, such as a reminder two working days ahead. A half-day counts as a day here.
    Raises: CalendarGapError when the calendar ends before.
    """
    day = calendar.day_of(on)
    step = 1 if working_days >= 0 else -1
    for _ in range(abs(working_days)):
        day = calendar.working_day_from(day + 1) if step > 0 else _working_day_before(calendar, day)
    return calendar.date_of(day)


def effective_receipt_on(calendar: WorkCalendar, received_at: datetime) -> date:
    """Return the working day on which a dossier counts as received."""
    return calendar.date_of(receive(calendar, calendar.minute_of(received_at))[0])


def rests_on(received_at: datetime, due_at: datetime, days: Iterable[date]) -> bool:
    """Say whether a change of any of these days can move this due date (docs/explanation/deadlines.md, §6)."""
    first, last = received_at.astimezone(VIETNAM).date(), due_at.astimezone(VIETNAM).date()
    return any(first <= day <= last for day in days)


def _working_days_between(calendar: WorkCalendar, first: int, last: int) -> int:
    return sum(calendar.is_working(day) for day in range(first + 1, last + 1))


def _working_day_before(calendar: WorkCalendar, day: int) -> int:
    before = day - 1
    while before >= 0 and not calendar.is_working(before):
        before -= 1
    if before < 0:
        raise calendar.gap()
    return before
