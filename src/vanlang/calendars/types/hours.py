"""When an office is open: spans of minutes, a morning and an afternoon for each weekday."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MINUTES_A_DAY = 24 * 60
SAME_DAY_UNTIL = 15 * 60
"""Last minute of the day at which a same-day procedure is still received for today: 15:00."""

WORKING_HOURS_A_DAY = 8
"""What "one working day" means when a step is planned in hours."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """
    A stretch of office time within one day, half-open `[opens, closes)`.

    Units: minutes after midnight.
    """

    opens: int
    """First minute of work."""

    closes: int
    """First minute after work."""

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            msg = f"A span opens before it closes, within one day: {self.opens}-{self.closes}."
            raise ValueError(msg)

    @classmethod
    def between(cls, opens: str, closes: str) -> Span:
        """Return the span written as on a door: `Span.between("07:00", "11:30")`."""
        return cls(_minute(opens), _minute(closes))


@dataclass(frozen=True, slots=True)
class DayHours:
    """Office time of one day. Each part that exists counts as half a working day; neither = a day off."""

    morning: Span | None = None
    """The half before the midday break."""

    afternoon: Span | None = None
    """The half after it; an office that works without a break names both, touching."""

    def __post_init__(self) -> None:
        if self.morning and self.afternoon and self.afternoon.opens < self.morning.closes:
            msg = "The afternoon begins before the morning has ended."
            raise ValueError(msg)

    @property
    def halves(self) -> tuple[Span, ...]:
        """The halves that are worked, in order."""
        return tuple(span for span in (self.morning, self.afternoon) if span is not None)


CLOSED = DayHours()


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The week of one office."""

    week: tuple[DayHours, ...]
    """Seven days, Monday first."""

    same_day_until: int = SAME_DAY_UNTIL
    """Minute of the day after which a same-day procedure is due on the next working day."""

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            msg = "A week has seven days, Monday first."
            raise ValueError(msg)
        if not any(day.halves for day in self.week):
            msg = "An office that never opens has no deadlines."
            raise ValueError(msg)

    @classmethod
    def monday_to_friday(cls, day: DayHours, *, saturday: DayHours = CLOSED) -> OfficeHours:
        """Return a week of five equal days, and Saturday when it is worked."""
        return cls(week=(day,) * 5 + (saturday, CLOSED))


@dataclass(frozen=True, slots=True)
class HoursPeriod:
    """Office hours and the days on which they hold (summer and winter hours are two periods)."""

    hours: OfficeHours
    """The week."""

    from_on: date
    """First day."""

    to_on: date | None = None
    """First day on which they no longer hold; None = until further notice."""

    def holds_on(self, day: date) -> bool:
        """Say whether these hours hold on `day`."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


def hours_on(periods: Iterable[HoursPeriod], day: date) -> OfficeHours | None:
    """Return the hours that hold on `day`: the first period that covers it wins."""
    return next((period.hours for period in periods if period.holds_on(day)), None)


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
