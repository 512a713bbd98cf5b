"""The office of phường Việt Trì and the short hand that the tables of the tests are written in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from vanlang.calendars.rules.reading import read_days
from vanlang.calendars.rules.work_calendar import VIETNAM, WorkCalendar, compile_calendar
from vanlang.calendars.types import (
    DayHours,
    DayStatus,
    DayTable,
    HoursPeriod,
    LimitUnit,
    OfficeHours,
    Pause,
    Span,
    TimeLimit,
)

from .cases import DAYS_FILE, FIRST_ON, LAST_ON

FULL_DAY = DayHours(Span.between("07:00", "11:30"), Span.between("13:30", "17:00"))
USUAL = OfficeHours.monday_to_friday(FULL_DAY)
WITH_SATURDAY = OfficeHours.monday_to_friday(FULL_DAY, saturday=DayHours(Span.between("07:00", "11:30")))

_UNITS = {
    "giờ": LimitUnit.HOUR,
    "ngày": LimitUnit.DAY,
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "tháng": LimitUnit.MONTH,
}


@lru_cache
def table() -> DayTable:
    """Return the table of the reference file."""
    days, years = read_days(DAYS_FILE.read_text(encoding="utf-8"), where=DAYS_FILE.name)
    return DayTable.of(
        days, decreed_years=[year for year, (status, _) in years.items() if status is DayStatus.DECREED]
    )


@lru_cache
def viet_tri(hours: OfficeHours = USUAL) -> WorkCalendar:
    """Return the calendar of the ward, 2024 to 2031."""
    return compile_calendar(
        [HoursPeriod(hours, FIRST_ON)], table(), first_on=FIRST_ON, last_on=LAST_ON, version=7
    )


def at(text: str) -> datetime:
    """Return the instant written "20/11/2026 16:59"."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def on(text: str) -> date:
    """Return the day written "20/11/2026"."""
    return at(f"{text} 00:00").date()


def limit(text: str) -> TimeLimit:
    """Return the limit written "5 ngày làm việc" or "trong ngày"."""
    if text == "trong ngày":
        return TimeLimit(0, LimitUnit.WORKING_DAY)
    amount, unit = text.split(" ", 1)
    return TimeLimit(Decimal(amount.replace(",", ".")), _UNITS[unit])


def pause(text: str) -> Pause:
    """Return the pause written "25/11/2026 09:00 – 26/11/2026 10:00"; without an end it is open."""
    begins, _, ends = text.partition(" – ")
    return Pause(at(begins), at(ends) if ends else None)
