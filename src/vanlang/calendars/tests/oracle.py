"""
A second opinion: the same due dates, found by walking.

Written from docs/explanation/deadlines.md alone. It imports nothing of the app, reads the table of days by
itself, keeps no prefix sums and no arrays of halves: it lists the minutes of one day after the other and
counts them off. It is slow on purpose and simple on purpose; when it and the rules differ, read the page.

An instant is a count of minutes: (day number of Python's calendar) x 1440 + minute of the day, Vietnam time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

Hours = tuple[tuple[int, int], ...]
"""(opens, closes) of the halves of one day, in order; () = closed."""

Week = tuple[Hours, ...]
"""Monday first. A half that begins at noon or later is an afternoon."""

NOON = 12 * 60


@dataclass
class Office:
    """One office, by date."""

    week_on: Callable[[date], Week]
    """The week's hours that hold on a date."""

    table: dict[date, tuple[str, date | None]]
    """Kind and, of a make-up day, the day that it replaces."""

    decreed_years: set[int]
    forecast_rows: set[date]
    same_day_minute: int = 15 * 60
    seen: dict[date, Hours] = field(default_factory=dict)
    listed: dict[Hours, list[int]] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        """Section 1."""
        if day not in self.seen:
            self.seen[day] = self._hours(day)
        return self.seen[day]

    def _hours(self, day: date) -> Hours:
        week = self.week_on(day)
        kind, replaces = self.table.get(day, ("", None))
        usual = week[day.weekday()]
        if kind == "off":
            return ()
        if kind == "make_up":
            assert replaces is not None
            return week[replaces.weekday()]
        if kind == "off_morning":
            return tuple(half for half in usual if half[0] >= NOON)
        if kind == "off_afternoon":
            return tuple(half for half in usual if half[0] < NOON)
        return usual

    def is_forecast(self, day: date) -> bool:
        """Section 6."""
        return day.year not in self.decreed_years or day in self.forecast_rows


@dataclass(frozen=True)
class Asked:
    """A time limit, or an extension."""

    unit: str
    halves_or_count: int
    """Halves of working days, minutes of hours, days or months."""


def read_table(path: Path) -> tuple[dict[date, tuple[str, date | None]], set[int], set[date]]:
    """Return the rows, the decreed years and the rows that are forecasts."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = {row["on"]: (row["kind"], row.get("make_up_for")) for row in content["days"]}
    decreed = {row["year"] for row in content["years"] if row["status"] == "decreed"}
    return rows, decreed, {row["on"] for row in content["days"] if row["status"] == "forecast"}


def due_of(
    office: Office,
    received: int,
    limit: Asked,
    pauses: Sequence[tuple[int, int | None]],
    extensions: Sequence[Asked],
) -> tuple[int | None, bool]:
    """Return the due minute (None: the clock stands) and whether it is a forecast."""
    due: int | None = received
    for asked in (limit, *extensions):
        assert due is not None
        due = _due_of_one(office, due, asked, _joined(pauses))
        if due is None:
            return None, False
    assert due is not None
    day, last = _day(received), _day(due)
    while day <= last:
        if office.is_forecast(day):
            return due, True
        day += timedelta(days=1)
    return due, False


def _due_of_one(
    office: Office, received: int, asked: Asked, pauses: Sequence[tuple[int, int | None]]
) -> int | None:
    receipt_day, start = _receipt(office, received)
    first, budget = _clock(office, receipt_day, start, asked)
    in_office_time = asked.unit in {"hour", "working_day"}
    taken: list[tuple[int, int]] = []
    run_out = _walk(office, first, budget, taken, in_office_time=in_office_time)
    due = run_out if in_office_time else _closing_after(office, run_out, not_before=0)
    for begins, ends in pauses:
        if begins >= due:
            break
        if ends is None:
            return None
        if ends <= first:
            continue
        if in_office_time:
            taken.append((begins, ends))
            due = run_out = _walk(office, first, budget, taken, in_office_time=True)
            continue
        if begins < run_out:
            taken.append((begins, ends))
            run_out = _walk(office, first, budget, taken, in_office_time=False)
        else:
            run_out = ends
        due = _closing_after(office, run_out, not_before=ends)
    return due


def _receipt(office: Office, received: int) -> tuple[date, int]:
    """Section 2."""
    day = _day(received)
    hours = office.hours(day)
    if hours and received % 1440 <= hours[-1][1]:
        return day, received
    day = _next_working_day(office, day)
    return day, _midnight(day)


def _clock(office: Office, receipt_day: date, start: int, asked: Asked) -> tuple[int, int]:
    """Section 3: the first minute of the clock, and the budget."""
    if asked.unit == "hour":
        return start, asked.halves_or_count
    day_after = receipt_day + timedelta(days=1)
    if asked.unit == "day":
        return _midnight(day_after), 1440 * asked.halves_or_count
    if asked.unit == "month":
        return _midnight(day_after), 1440 * (
            _months_on(receipt_day, asked.halves_or_count) - receipt_day
        ).days
    if asked.halves_or_count == 0:
        return _within_the_day(office, receipt_day, start)
    day, halves, budget = day_after, 0, 0
    while True:
        for opens, closes in office.hours(day):
            budget += closes - opens
            halves += 1
            if halves == asked.halves_or_count:
                return _midnight(day_after), budget
        day += timedelta(days=1)


def _within_the_day(office: Office, receipt_day: date, start: int) -> tuple[int, int]:
    if start - _midnight(receipt_day) > office.same_day_minute:
        day = _next_working_day(office, receipt_day)
        return _midnight(day), len(_office_minutes(office, day))
    left = [
        minute for minute in _office_minutes(office, receipt_day) if _midnight(receipt_day) + minute >= start
    ]
    return start, len(left)


def _walk(
    office: Office, first: int, budget: int, paused: Sequence[tuple[int, int]], *, in_office_time: bool
) -> int:
    """Return the end of the minute that uses up the budget."""
    day = _day(first)
    if budget == 0:
        return _nothing_left(office, first, paused)
    while True:
        midnight = _midnight(day)
        minutes: Sequence[int] = _office_minutes(office, day) if in_office_time else range(1440)
        touching = [stretch for stretch in paused if stretch[0] < midnight + 1440 and stretch[1] > midnight]
        if any(begins <= midnight and midnight + 1440 <= ends for begins, ends in touching):
            minutes = []
        elif midnight < first or touching:
            minutes = [
                minute
                for minute in minutes
                if midnight + minute >= first
                and not any(begins <= midnight + minute < ends for begins, ends in touching)
            ]
        if len(minutes) >= budget:
            return midnight + minutes[budget - 1] + 1
        budget -= len(minutes)
        day += timedelta(days=1)


def _nothing_left(office: Office, first: int, paused: Sequence[tuple[int, int]]) -> int:
    """Return the closing at which a budget of nothing is due, moved on by the working minutes of the pauses."""
    day = _day(first)
    lost, midnight = 0, _midnight(day)
    while any(ends > midnight for _, ends in paused):
        lost += sum(
            midnight + minute >= first and any(begins <= midnight + minute < ends for begins, ends in paused)
            for minute in _office_minutes(office, day)
        )
        day += timedelta(days=1)
        midnight += 1440
    if lost:
        return _walk(office, first, lost, [], in_office_time=True)
    return _midnight(_day(first)) + office.hours(_day(first))[-1][1]


def _closing_after(office: Office, run_out: int, *, not_before: int) -> int:
    """Return the first closing of a working day not before the last day, and not before an instant."""
    day = _day(run_out - 1)
    while True:
        hours = office.hours(day)
        if hours and _midnight(day) + hours[-1][1] >= not_before:
            return _midnight(day) + hours[-1][1]
        day += timedelta(days=1)


def _joined(pauses: Sequence[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Section 4: pauses that overlap or touch become one."""
    apart: list[tuple[int, int | None]] = []
    for begins, ends in sorted(pauses, key=lambda pause: pause[0]):
        if apart:
            last_begins, last_ends = apart[-1]
            if last_ends is None:
                continue
            if begins <= last_ends:
                apart[-1] = (last_begins, None if ends is None else max(last_ends, ends))
                continue
        apart.append((begins, ends))
    return apart


def _office_minutes(office: Office, day: date) -> Sequence[int]:
    hours = office.hours(day)
    if hours not in office.listed:
        office.listed[hours] = [minute for opens, closes in hours for minute in range(opens, closes)]
    return office.listed[hours]


def _next_working_day(office: Office, day: date) -> date:
    day += timedelta(days=1)
    while not office.hours(day):
        day += timedelta(days=1)
    return day


def _months_on(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day_of_month in range(day.day, 0, -1):
        try:
            return date(year, month, day_of_month)
        except ValueError:
            continue
    raise AssertionError


def _day(minute: int) -> date:
    return date.fromordinal(minute // 1440)


def _midnight(day: date) -> int:
    return day.toordinal() * 1440
