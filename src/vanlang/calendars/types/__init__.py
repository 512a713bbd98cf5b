"""The values of this app: hours, days, limits, answers."""

from __future__ import annotations

from .answers import (
    DueDate,
    Explanation,
    ExplanationLine,
    Remaining,
    Step,
    StepKind,
    StepShare,
    Timeliness,
)
from .days import Day, DayKind, DayStatus, DayTable
from .hours import CLOSED, DayHours, HoursPeriod, OfficeHours, Span
from .limits import (
    SAME_DAY,
    Extension,
    LimitUnit,
    Pause,
    PauseReason,
    TimeLimit,
    why_not_countable,
)

__all__ = [
    "CLOSED",
    "SAME_DAY",
    "Day",
    "DayHours",
    "DayKind",
    "DayStatus",
    "DayTable",
    "DueDate",
    "Explanation",
    "ExplanationLine",
    "Extension",
    "HoursPeriod",
    "LimitUnit",
    "OfficeHours",
    "Pause",
    "PauseReason",
    "Remaining",
    "Span",
    "Step",
    "StepKind",
    "StepShare",
    "TimeLimit",
    "Timeliness",
    "why_not_countable",
]
