"""
Random questions for the rules and the oracle, each built twice from plain numbers: once in the values of the
app, once in the oracle's. Nothing computed by one side is given to the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from vanlang.calendars.rules.reading import read_days
from vanlang.calendars.rules.work_calendar import VIETNAM, WorkCalendar, compile_calendar
from vanlang.calendars.types import (
    Day,
    DayHours,
    DayKind,
    DayStatus,
    DayTable,
    DueDate,
    Extension,
    HoursPeriod,
    LimitUnit,
    OfficeHours,
    Pause,
    Span,
    TimeLimit,
)

from .oracle import Asked, Hours, Office, Week, read_table

DAYS_FILE = Path(__file__).resolve().parents[4] / "reference" / "calendar" / "days.toml"
FIRST_ON, LAST_ON = date(2024, 1, 1), date(2031, 12, 31)
EPOCH = datetime(2024, 1, 1, tzinfo=VIETNAM)
EPOCH_MINUTE = FIRST_ON.toordinal() * 1440

_STANDARD: Hours = ((420, 690), (810, 1020))
_WEEKS: dict[str, Week] = {
    "standard": (*((_STANDARD,) * 5), (), ()),
    "saturday morning": (*((_STANDARD,) * 5), ((450, 690),), ()),
    "without a break": (*((((480, 720), (720, 960)),) * 5), (), ()),
    "wednesday afternoon closed": (_STANDARD, _STANDARD, ((420, 690),), _STANDARD, _STANDARD, (), ()),
    "mornings only": (*((((435, 675),),) * 6), ()),
    "two days a week": ((), ((480, 700), (785, 990)), (), ((840, 1050),), (), (), ()),
    "every day, late": (*((((600, 719), (780, 1200)),) * 7),),
}
_WINTER: Week = (*((((450, 705), (780, 1005)),) * 5), (), ())
_SEASONS = [date(year, month, 16) for year in range(2024, 2032) for month in (4, 10)]


@dataclass(frozen=True)
class Bench:
    """One office, on both sides."""

    name: str
    calendar: WorkCalendar
    office: Office
    edges: tuple[int, ...]
    """Minutes of the day at which something changes, and their neighbours."""


@dataclass(frozen=True)
class Case:
    """One question, on both sides."""

    bench: Bench
    received_at: datetime
    limit: TimeLimit
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    plain: tuple[int, Asked, tuple[tuple[int, int | None], ...], tuple[Asked, ...]]


def benches(seed: int = 20261124) -> list[Bench]:
    """Return every week with the table of the reference file, and with tables that have been disturbed."""
    made = []
    for number in range(4):
        rng = random.Random(seed + number)
        extra = _disturbance(rng) if number else {}
        made += [
            _bench(f"{name} / table {number}", [(FIRST_ON, week)], extra, rng)
            for name, week in _WEEKS.items()
        ]
        seasons = [(FIRST_ON, _WINTER)] + [
            (on, _WEEKS["standard"] if on.month == 4 else _WINTER) for on in _SEASONS
        ]
        made.append(_bench(f"summer and winter / table {number}", seasons, extra, rng))
    return made


def cases(count: int, seed: int, among: list[Bench]) -> Iterator[Case]:
    """Yield so many random questions; the same seed asks the same."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _case(rng, rng.choice(among))


def from_plain(due: int | None) -> datetime | None:
    """Return an oracle's answer as an instant."""
    return None if due is None else EPOCH + timedelta(minutes=due - EPOCH_MINUTE)


def differs(case: Case, answer: DueDate, second: tuple[int | None, bool]) -> bool:
    """Say whether the two opinions differ."""
    return answer.due_at != from_plain(second[0]) or answer.forecast != second[1]


# --- offices ----------------------------------------------------------------------------------

Extra = dict[date, tuple[str, date | None]]


def _bench(name: str, weeks: list[tuple[date, Week]], extra: Extra, rng: random.Random) -> Bench:
    same_day_minute = rng.choice([15 * 60, 15 * 60, 14 * 60 + 30, 10 * 60])
    days, years = read_days(DAYS_FILE.read_text(encoding="utf-8"), where=DAYS_FILE.name)
    decreed = {year for year, (status, _) in years.items() if status is DayStatus.DECREED}
    mine = {day.on: day for day in days} | {
        on: Day(on, DayKind(kind), "Nghỉ theo thông báo", DayStatus.FORECAST, "", replaces)
        for on, (kind, replaces) in extra.items()
    }
    ends = [begins for begins, _ in weeks[1:]] + [None]
    periods = [
        HoursPeriod(_office_hours(week, same_day_minute), begins, ends_on)
        for (begins, week), ends_on in zip(weeks, ends, strict=True)
    ]
    table, oracle_decreed, forecast_rows = read_table(DAYS_FILE)
    return Bench(
        name=name,
        calendar=compile_calendar(
            periods, DayTable.of(mine.values(), decreed_years=decreed), first_on=FIRST_ON, last_on=LAST_ON
        ),
        office=Office(
            week_on=lambda day: next(week for begins, week in reversed(weeks) if begins <= day),
            table=table | extra,
            decreed_years=oracle_decreed,
            forecast_rows=(forecast_rows - set(extra)) | set(extra),
            same_day_minute=same_day_minute,
        ),
        edges=_edges(weeks, same_day_minute),
    )


def _edges(weeks: list[tuple[date, Week]], same_day_minute: int) -> tuple[int, ...]:
    changes = {bound for _, week in weeks for hours in week for half in hours for bound in half}
    near = {change + step for change in changes | {same_day_minute} for step in (-1, 0, 1)}
    return (0, 1, *sorted(near), 1439)


def _office_hours(week: Week, same_day_minute: int) -> OfficeHours:
    return OfficeHours(tuple(_day_hours(hours) for hours in week), same_day_minute)


def _day_hours(hours: Hours) -> DayHours:
    morning = [Span(*half) for half in hours if half[0] < 720]
    afternoon = [Span(*half) for half in hours if half[0] >= 720]
    return DayHours(*(morning or [None]), *(afternoon or [None]))


def _disturbance(rng: random.Random) -> Extra:
    """Return days off, half-days off and make-up days in places where no decree put them."""
    extra: Extra = {}
    for _ in range(250):
        on = FIRST_ON + timedelta(days=rng.randrange((LAST_ON - FIRST_ON).days))
        kind = rng.choice(["off", "off_morning", "off_afternoon", "make_up"])
        replaces = on + timedelta(days=rng.randrange(-9, 10)) if kind == "make_up" else None
        extra[on] = (kind, replaces)
    return extra


# --- questions --------------------------------------------------------------------------------


def _case(rng: random.Random, bench: Bench) -> Case:
    received = _minute(rng, bench, rng.randrange(60, 365 * 5))
    limit = _limit(rng)
    reach = max(4, _reach_days(limit))
    pauses = _pauses(rng, bench, received, reach)
    extensions = tuple(_extension(rng) for _ in range(rng.choice([0, 0, 0, 0, 1, 2])))
    return Case(
        bench=bench,
        received_at=_instant(rng, received),
        limit=_time_limit(limit),
        pauses=tuple(
            Pause(_instant(rng, begins), None if ends is None else _instant(rng, ends, seconds=59))
            for begins, ends in pauses
        ),
        extensions=tuple(Extension(_time_limit(extension)) for extension in extensions),
        plain=(
            EPOCH_MINUTE + received,
            limit,
            tuple((EPOCH_MINUTE + begins, None if ends is None else EPOCH_MINUTE + ends) for begins, ends in pauses),
            extensions,
        ),
    )  # fmt: skip


def _minute(rng: random.Random, bench: Bench, day: int) -> int:
    return day * 1440 + (rng.choice(bench.edges) if rng.random() < 0.4 else rng.randrange(1440))


def _instant(rng: random.Random, minute: int, *, seconds: int | None = None) -> datetime:
    second = rng.randrange(60) if seconds is None else seconds
    at = EPOCH + timedelta(minutes=minute, seconds=second)
    return at.astimezone(UTC) if rng.random() < 0.2 else at


def _limit(rng: random.Random) -> Asked:
    unit = rng.choice(["working_day", "working_day", "working_day", "day", "hour", "month", "same_day"])
    match unit:
        case "same_day":
            return Asked("working_day", 0)
        case "working_day":
            return Asked(unit, rng.choice([1, 2, 3, 6, 10, 14, 20, 30, 60, 180, rng.randrange(1, 120)]))
        case "hour":
            return Asked(unit, rng.choice([1, 30, 60, 120, 240, 480, 1440, rng.randrange(1, 5000)]))
        case "day":
            return Asked(unit, rng.choice([1, 5, 7, 10, 15, 30, 60, 300, rng.randrange(1, 100)]))
        case _:
            return Asked(unit, rng.choice([1, 2, 3, 4, 6, 12]))


def _extension(rng: random.Random) -> Asked:
    while True:
        asked = _limit(rng)
        if asked.halves_or_count:
            return asked


def _reach_days(limit: Asked) -> int:
    days = {"working_day": limit.halves_or_count, "hour": limit.halves_or_count // 240}
    days |= {"day": limit.halves_or_count, "month": 31 * limit.halves_or_count}
    return days[limit.unit]


def _pauses(
    rng: random.Random, bench: Bench, received: int, reach: int
) -> tuple[tuple[int, int | None], ...]:
    """Return up to three pauses in any order; some touch the one before, some end just after the receipt."""
    pauses: list[tuple[int, int | None]] = []
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3])):
        before = pauses[-1][1] if pauses else None
        if before is not None and rng.random() < 0.3:
            pauses.append((before, before + rng.randrange(3000)))
        elif rng.random() < 0.05:
            pauses.append((received - rng.randrange(2000), received + rng.randrange(3)))
        else:
            pauses.append(_pause(rng, bench, received, reach))
    rng.shuffle(pauses)
    return tuple(pauses)


def _pause(rng: random.Random, bench: Bench, received: int, reach: int) -> tuple[int, int | None]:
    begins = _minute(rng, bench, received // 1440 + rng.randrange(-2, reach + 6))
    if rng.random() < 0.06:
        return begins, None
    if rng.random() < 0.3:
        return begins, begins + rng.randrange(600)
    return begins, max(begins, _minute(rng, bench, begins // 1440 + rng.randrange(1, 20)))


def _time_limit(asked: Asked) -> TimeLimit:
    parts = {"working_day": 2, "hour": 60}.get(asked.unit, 1)
    return TimeLimit(Fraction(asked.halves_or_count, parts), LimitUnit(asked.unit))
