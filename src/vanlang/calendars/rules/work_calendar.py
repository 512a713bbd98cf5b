"""
Office hours and the table of days, compiled into arrays.

A due date is asked for hundreds of thousands of times when a province is recomputed, so the question
"which minute is the 14,400th working minute from here?" must not walk. The calendar therefore keeps, for
every day that it covers, how many working minutes and how many halves lie before it; the rest is indexing.

Units: a *minute* is counted from 00:00 of the first day covered, a *day* is an index from that day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from vanlang.calendars.errors import CalendarGapError
from vanlang.calendars.types import CLOSED, Day, DayHours, DayKind, DayTable, HoursPeriod
from vanlang.calendars.types.hours import MINUTES_A_DAY, hours_on

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""The same object as the house clock's; rules do not know the clock."""

NEVER = -1


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One kind of day, minute by minute."""

    worked: tuple[int, ...]
    """Working minutes before each minute of the day, and (last) in the whole day."""

    reached: tuple[int, ...]
    """The minute of the day by which n working minutes have passed, for n = 1, 2, …; index 0 is unused."""

    half_closes: tuple[int, ...]
    """Minute of the day at which each half ends."""

    same_day_until: int
    """Last minute of the day on which a same-day procedure is received for today."""


@lru_cache(maxsize=512)
def _pattern(hours: DayHours, same_day_until: int) -> _Pattern:
    at_work = [0] * MINUTES_A_DAY
    for span in hours.halves:
        at_work[span.opens : span.closes] = [1] * (span.closes - span.opens)
    return _Pattern(
        worked=tuple(accumulate(at_work, initial=0)),
        reached=(0, *(minute + 1 for minute, works in enumerate(at_work) if works)),
        half_closes=tuple(span.closes for span in hours.halves),
        same_day_until=same_day_until,
    )


class WorkCalendar:
    """The working time of one office over a range of years. Immutable; compile with `compile_calendar`."""

    __slots__ = (
        "_forecasts_before",
        "_hours",
        "_patterns",
        "_table",
        "_worked_before",
        "closes",
        "days",
        "first_on",
        "first_ordinal",
        "half_closes",
        "halves_before",
        "next_working",
        "origin",
        "version",
    )

    first_on: date
    """First day covered."""
    days: int
    """How many days are covered."""
    version: int
    """Edition of the rows that it was compiled from."""
    closes: list[int]
    """Per day: the minute of closing, or NEVER on a day off."""
    next_working: list[int]
    """Per day (and one more): the first working day on or after it; `days` when there is none."""
    halves_before: list[int]
    """Per day: halves worked before it."""
    half_closes: list[int]
    """Per half: the minute at which it ends."""

    def __init__(
        self,
        *,
        first_on: date,
        hours: Sequence[DayHours],
        patterns: Sequence[_Pattern],
        table: DayTable,
        version: int,
    ) -> None:
        self.first_on = first_on
        self.first_ordinal = first_on.toordinal()
        self.origin = datetime(first_on.year, first_on.month, first_on.day, tzinfo=VIETNAM)
        self.days = len(patterns)
        self.version = version
        self._table = table
        self._hours = tuple(hours)
        self._patterns = list(patterns)
        self._worked_before = list(accumulate((pattern.worked[-1] for pattern in patterns), initial=0))
        self.halves_before = list(accumulate((len(pattern.half_closes) for pattern in patterns), initial=0))
        self.half_closes = [
            day * MINUTES_A_DAY + closes
            for day, pattern in enumerate(patterns)
            for closes in pattern.half_closes
        ]
        self.closes = [
            day * MINUTES_A_DAY + pattern.half_closes[-1] if pattern.half_closes else NEVER
            for day, pattern in enumerate(patterns)
        ]
        self.next_working = _next_working(self.closes)
        forecast = (table.is_forecast(self.date_of(day)) for day in range(self.days))
        self._forecasts_before = list(accumulate((int(is_forecast) for is_forecast in forecast), initial=0))

    @property
    def last_on(self) -> date:
        """Last day covered."""
        return self.date_of(self.days - 1)

    # --- between the world's dates and the calendar's numbers ---

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return date.fromordinal(self.first_ordinal + day)

    def day_of(self, on: date) -> int:
        """
        Return the day of a date.

        Raises: CalendarGapError when it is not covered.
        """
        day = on.toordinal() - self.first_ordinal
        if not 0 <= day < self.days:
            raise self.gap()
        return day

    def minute_of(self, at: datetime) -> int:
        """
        Return the minute that holds an instant.

        Raises: CalendarGapError when it is not covered; ValueError when it is naive.
        """
        if at.tzinfo is not VIETNAM:
            if at.tzinfo is None:
                msg = "A deadline starts at an aware instant."
                raise ValueError(msg)
            at = at.astimezone(VIETNAM)
        day = at.toordinal() - self.first_ordinal
        if not 0 <= day < self.days:
            raise self.gap()
        return day * MINUTES_A_DAY + at.hour * 60 + at.minute

    def instant_of(self, minute: int) -> datetime:
        """Return the instant at which a minute begins."""
        return self.origin + timedelta(minutes=minute)

    def gap(self) -> CalendarGapError:
        """Return the error that says which days are covered."""
        return CalendarGapError(first_on=self.first_on, last_on=self.last_on)

    # --- working time ---

    def worked_until(self, minute: int) -> int:
        """Return how many working minutes lie before a minute."""
        day, minute_of_day = divmod(minute, MINUTES_A_DAY)
        if day >= self.days:
            return self._worked_before[-1]
        return self._worked_before[day] + self._patterns[day].worked[minute_of_day]

    def worked_out_at(self, worked: int) -> int:
        """
        Return the first minute by which `worked` working minutes have passed: the inverse of `worked_until`.

        Raises: CalendarGapError when the calendar ends before.
        """
        day = bisect_left(self._worked_before, worked) - 1
        if day >= self.days:
            raise self.gap()
        if day < 0:
            return 0
        return day * MINUTES_A_DAY + self._patterns[day].reached[worked - self._worked_before[day]]

    def is_working(self, day: int) -> bool:
        """Say whether any office time lies on a day."""
        return self.closes[day] != NEVER

    def working_day_from(self, day: int) -> int:
        """
        Return the first working day on or after a day.

        Raises: CalendarGapError when the calendar ends before.
        """
        if day >= self.days or (found := self.next_working[day]) == self.days:
            raise self.gap()
        return found

    def half_close(self, half: int) -> int:
        """
        Return the minute at which a half ends.

        Raises: CalendarGapError when the calendar ends before.
        """
        if half >= len(self.half_closes):
            raise self.gap()
        return self.half_closes[half]

    def same_day_until(self, day: int) -> int:
        """Return the last minute at which a same-day procedure is received for that day."""
        return day * MINUTES_A_DAY + self._patterns[day].same_day_until

    # --- what an explanation names ---

    def hours_of(self, day: int) -> DayHours:
        """Return the office hours of a day."""
        return self._hours[day]

    def row_of(self, day: int) -> Day | None:
        """Return what the table says of a day, if anything."""
        return self._table.rows.get(self.date_of(day))

    def has_forecast(self, first_day: int, last_day: int) -> bool:
        """Say whether any day from `first_day` to `last_day`, both included, is a forecast."""
        return self._forecasts_before[last_day + 1] != self._forecasts_before[first_day]

    def forecast_years(self, first_day: int, last_day: int) -> list[int]:
        """Return the years whose forecast days lie from `first_day` to `last_day`, both included."""
        days = (self.date_of(day) for day in range(first_day, last_day + 1))
        return sorted({on.year for on in days if self._table.is_forecast(on)})


def compile_calendar(
    periods: Iterable[HoursPeriod], table: DayTable, *, first_on: date, last_on: date, version: int = 0
) -> WorkCalendar:
    """
    Return the working time from `first_on` to `last_on`, both included.

    Of periods that overlap, the one that comes first holds.
    Raises: CalendarGapError when no period covers one of the days.
    """
    periods = tuple(periods)
    hours: list[DayHours] = []
    patterns: list[_Pattern] = []
    for ordinal in range(first_on.toordinal(), last_on.toordinal() + 1):
        on = date.fromordinal(ordinal)
        office = hours_on(periods, on)
        if office is None:
            raise CalendarGapError("calendars.no_office_hours", on=on)
        hours.append(_hours_on(on, office.week, table.rows.get(on)))
        patterns.append(_pattern(hours[-1], office.same_day_until))
    return WorkCalendar(first_on=first_on, hours=hours, patterns=patterns, table=table, version=version)


def _hours_on(on: date, week: Sequence[DayHours], row: Day | None) -> DayHours:
    usual = week[on.weekday()]
    if row is None:
        return usual
    if row.kind is DayKind.MAKE_UP and row.make_up_for is not None:
        return week[row.make_up_for.weekday()]
    if row.kind is DayKind.OFF_MORNING:
        return DayHours(afternoon=usual.afternoon)
    if row.kind is DayKind.OFF_AFTERNOON:
        return DayHours(morning=usual.morning)
    return CLOSED


def _next_working(closes: Sequence[int]) -> list[int]:
    found = [len(closes)] * (len(closes) + 1)
    for day in range(len(closes) - 1, -1, -1):
        found[day] = day if closes[day] != NEVER else found[day + 1]
    return found
