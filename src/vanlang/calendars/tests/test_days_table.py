"""The reference file against sources that do not come from it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from vanlang.calendars.rules.reading import read_office_hours
from vanlang.calendars.rules.work_calendar import WorkCalendar
from vanlang.calendars.types import DayKind, DayStatus

from .cases import DAYS_FILE
from .world import USUAL, on, table, viet_tri

# What the package `holidays` does not know, or knows only in later releases: swaps by letter of the Government Office, and the
# day off that 2026 added. Nothing else may differ.
KNOWN_DIFFERENCES = {
    on("26/04/2025"): "worked, in exchange for 02/05/2025",
    on("02/05/2025"): "off, in exchange for 26/04/2025",
    on("02/01/2026"): "off, in exchange for 10/01/2026",
    on("10/01/2026"): "worked, in exchange for 02/01/2026",
    on("22/08/2026"): "worked, in exchange for 31/08/2026",
    on("31/08/2026"): "off, in exchange for 22/08/2026",
    on("24/11/2026"): "Ngày Văn hóa Việt Nam, new in 2026",
}


def working_days(calendar: WorkCalendar, year: int) -> set[date]:
    first = calendar.day_of(date(year, 1, 1))
    return {calendar.date_of(day) for day in range(first, first + 365) if calendar.is_working(day)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_table_agrees_with_the_holidays_package_but_for_named_days(year: int) -> None:
    library = holidays.country_holidays("VN", years=year)
    days = (date(year, 1, 1) + timedelta(days=day) for day in range(365))
    theirs = {day for day in days if library.is_working_day(day)}
    different = working_days(viet_tri(), year) ^ theirs
    assert different - KNOWN_DIFFERENCES.keys() == set()


def test_named_days() -> None:
    working = working_days(viet_tri(), 2026)
    for off in (
        "01/01/2026",
        "02/01/2026",
        "17/02/2026",
        "27/04/2026",
        "31/08/2026",
        "02/09/2026",
        "24/11/2026",
    ):
        assert on(off) not in working
    for worked in ("10/01/2026", "22/08/2026"):
        assert on(worked) in working
    assert len(working) == 249  # 261 weekdays, 14 of them off, 2 Saturdays worked
    assert len(working_days(viet_tri(), 2025)) == 250  # 261 weekdays, 12 of them off, 1 Saturday worked


def test_each_row_says_where_it_was_read_and_what_is_firm() -> None:
    assert all(day.source for day in table().rows.values())
    assert table().decreed_years == {2024, 2025, 2026}
    for day in table().rows.values():
        assert day.status is (DayStatus.DECREED if day.on.year <= 2026 else DayStatus.FORECAST)
    unsure = {day.on for day in table().rows.values() if "to be verified" in day.source}
    assert unsure == {on("02/01/2026"), on("10/01/2026")}


def test_a_make_up_day_and_its_day_off_are_a_pair() -> None:
    for day in table().rows.values():
        if day.kind is DayKind.MAKE_UP:
            assert day.make_up_for is not None
            assert table().rows[day.make_up_for].kind is DayKind.OFF
            assert day.on.weekday() >= 5 > day.make_up_for.weekday()


def test_the_usual_hours_are_those_of_the_reference_file() -> None:
    [(code, period, source)] = read_office_hours(
        DAYS_FILE.with_name("office-hours.toml").read_text(encoding="utf-8"), where=""
    )
    assert (code, period.hours) == ("", USUAL)
    assert source


@pytest.mark.shared_data
def test_the_collected_facts_are_in_the_table(shared: Path) -> None:
    with (shared / "data" / "calendar" / "vn_holidays_2025_2027.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kinds = {"off": DayKind.OFF, "make_up_workday": DayKind.MAKE_UP}
    collected = {date.fromisoformat(row["date"]): kinds[row["kind"]] for row in rows}
    ours = {day.on: day.kind for day in table().rows.values() if 2025 <= day.on.year <= 2027}
    assert ours == collected
