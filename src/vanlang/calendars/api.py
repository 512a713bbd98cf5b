"""
Time: when is it due, and why. The only deadline arithmetic in the house.

A time limit is a promise: whoever hands in a dossier is told a minute, and may ask for the reason. So no
other app adds days to a date. It asks here, with the calendar of the agency that must keep the promise:

    calendar = calendars.calendar_of(agency_id)
    answer = calendars.due(calendar, received_at=at, limit=TimeLimit(5, LimitUnit.WORKING_DAY))
    answer.due_at       # Monday 30/11/2026 17:00; None while the clock stands still
    answer.forecast     # True: show "dự kiến", the list of days off is not published so far ahead

    calendars.explain(calendar, received_at=at, limit=...).lines    # each day, each pause, in Vietnamese
    calendars.remaining(calendar, due_at=..., at=now)               # badge(...) → "còn 2 ngày làm việc"
    calendars.is_late(due_at=..., at=...)
    calendars.split(calendar, ..., planned_minutes=[60, 240, 60])   # steps; they never replace the due date

Keep with a dossier: when it was received, its limit, pauses and extensions, the due date, and the edition
(`calendar_version`). A due date is a function of these and of the calendar, so it can always be computed again:
when a decree changes a day, the event `DaysChanged` names the days, `rests_on` says which dossiers they touch.

How the law is read is written in docs/explanation/deadlines.md; an oracle that was written from that page
alone agrees. Everything is exact: minutes are integers, half days are halves, nothing is a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vanlang.calendars.errors import CalendarGapError, DaysNotReadableError
from vanlang.calendars.events import DaysChanged, OfficeHoursChanged
from vanlang.calendars.labels import TIMELINESS, badge, day_text, instant_text, limit_text, line_of
from vanlang.calendars.queries import calendar_of, get_day_table, get_version, list_days, list_hours_periods
from vanlang.calendars.rules.counting import due
from vanlang.calendars.rules.explaining import steps_of
from vanlang.calendars.rules.remaining import (
    add_working_days,
    effective_receipt_on,
    is_late,
    remaining,
    rests_on,
    timeliness,
)
from vanlang.calendars.rules.sharing import split
from vanlang.calendars.rules.work_calendar import WorkCalendar
from vanlang.calendars.services import (
    change_days,
    drop_office_hours,
    load_days,
    load_office_hours,
    set_office_hours,
)
from vanlang.calendars.types import (
    SAME_DAY,
    Day,
    DayHours,
    DayKind,
    DayStatus,
    DayTable,
    DueDate,
    Explanation,
    ExplanationLine,
    Extension,
    HoursPeriod,
    LimitUnit,
    OfficeHours,
    Pause,
    PauseReason,
    Remaining,
    Span,
    StepKind,
    StepShare,
    TimeLimit,
    Timeliness,
    why_not_countable,
)


def explain(
    calendar: WorkCalendar,
    *,
    received_at: datetime,
    limit: TimeLimit,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Explanation:
    """
    Return the due date with every line that leads to it, in Vietnamese; the last line is the due date.

    Raises: CalendarGapError when the count leaves the calendar.
    """
    answer, steps = steps_of(
        calendar, received_at=received_at, limit=limit, pauses=pauses, extensions=extensions
    )
    return Explanation(answer, tuple(line_of(step) for step in steps))


__all__ = [
    "SAME_DAY",
    "TIMELINESS",
    "CalendarGapError",
    "Day",
    "DayHours",
    "DayKind",
    "DayStatus",
    "DayTable",
    "DaysChanged",
    "DaysNotReadableError",
    "DueDate",
    "Explanation",
    "ExplanationLine",
    "Extension",
    "HoursPeriod",
    "LimitUnit",
    "OfficeHours",
    "OfficeHoursChanged",
    "Pause",
    "PauseReason",
    "Remaining",
    "Span",
    "StepKind",
    "StepShare",
    "TimeLimit",
    "Timeliness",
    "WorkCalendar",
    "add_working_days",
    "badge",
    "calendar_of",
    "change_days",
    "day_text",
    "drop_office_hours",
    "due",
    "effective_receipt_on",
    "explain",
    "get_day_table",
    "get_version",
    "instant_text",
    "is_late",
    "limit_text",
    "list_days",
    "list_hours_periods",
    "load_days",
    "load_office_hours",
    "remaining",
    "rests_on",
    "set_office_hours",
    "split",
    "timeliness",
    "why_not_countable",
]
