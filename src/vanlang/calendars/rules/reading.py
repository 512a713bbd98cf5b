"""Reference files as values: days off with the years that are settled, and office hours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from vanlang.calendars.errors import DaysNotReadableError
from vanlang.calendars.types import CLOSED, Day, DayHours, DayKind, DayStatus, HoursPeriod, OfficeHours, Span
from vanlang.calendars.types.hours import SAME_DAY_UNTIL
from vanlang.kernel.vietnamese import normalise

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_days(text: str, *, where: str) -> tuple[list[Day], dict[int, tuple[DayStatus, str]]]:
    """
    Return the days of a reference file, and per year its status and source.

    Raises: DaysNotReadableError, naming the file as `where`.
    """
    try:
        content = tomllib.loads(text)
        days = [_read_day(row) for row in content["days"]]
        years = {row["year"]: (DayStatus(row["status"]), row["source"]) for row in content["years"]}
    except (KeyError, ValueError, TypeError) as problem:
        raise DaysNotReadableError(where=where, what=str(problem)) from problem
    if len({day.on for day in days}) != len(days):
        raise DaysNotReadableError(where=where, what="một ngày được nêu hai lần")
    return days, years


def read_office_hours(text: str, *, where: str) -> list[tuple[str, HoursPeriod, str]]:
    """
    Return the periods of a reference file, each with the agency's code ("" = default) and its source.

    Raises: DaysNotReadableError, naming the file as `where`.
    """
    try:
        content = tomllib.loads(text)
        return [(row.get("agency", ""), _read_period(row), row["source"]) for row in content["periods"]]
    except (KeyError, ValueError, TypeError) as problem:
        raise DaysNotReadableError(where=where, what=str(problem)) from problem


def _read_day(row: Mapping[str, Any]) -> Day:
    return Day(
        on=row["on"],
        kind=DayKind(row["kind"]),
        name=normalise(row["name"]),
        status=DayStatus(row["status"]),
        source=row["source"],
        make_up_for=row.get("make_up_for"),
    )


def _read_period(row: Mapping[str, Any]) -> HoursPeriod:
    usual = DayHours(morning=_read_span(row, "morning"), afternoon=_read_span(row, "afternoon"))
    saturday = DayHours(morning=_read_span(row, "saturday_morning"))
    week = [usual if name in row["weekdays"] else CLOSED for name in _WEEKDAYS]
    if saturday.halves:
        week[5] = saturday
    until = Span.between("00:00", row["same_day_until"]).closes if "same_day_until" in row else SAME_DAY_UNTIL
    return HoursPeriod(OfficeHours(tuple(week), until), row["from_on"], row.get("to_on"))


def _read_span(row: Mapping[str, Any], part: str) -> Span | None:
    return Span.between(*row[part]) if part in row else None
