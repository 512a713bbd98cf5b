"""Days off and make-up days, as decrees and notices name them."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


class DayKind(enum.StrEnum):
    """What the table says of a day."""

    OFF = "off"
    OFF_MORNING = "off_morning"
    OFF_AFTERNOON = "off_afternoon"
    MAKE_UP = "make_up"
    """A day of rest on which offices work, in exchange for `Day.make_up_for`."""


class DayStatus(enum.StrEnum):
    """How firm a fact is."""

    DECREED = "decreed"
    FORECAST = "forecast"
    """Nobody has published it yet: a due date that rests on it is "dự kiến"."""


@dataclass(frozen=True, slots=True)
class Day:
    """One row of the table of days."""

    on: date
    """The day itself."""

    kind: DayKind
    """What happens on it."""

    name: str
    """As people say it: "Ngày Văn hóa Việt Nam"."""

    status: DayStatus = DayStatus.DECREED
    """Whether somebody in authority has published it."""

    source: str = ""
    """Where it was read, and whether the text itself was seen."""

    make_up_for: date | None = None
    """The workday that a make-up day replaces: its weekday's office hours are worked."""

    def __post_init__(self) -> None:
        if (self.kind is DayKind.MAKE_UP) != (self.make_up_for is not None):
            msg = f"{self.on}: a make-up day, and only that, names the day it replaces."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class DayTable:
    """All rows, and for which years the list of days off has been published."""

    rows: Mapping[date, Day]
    """By date: at most one row a day."""

    decreed_years: frozenset[int]
    """Every day of any other year is a forecast, named or not: a decree could still move it."""

    @classmethod
    def of(cls, days: Iterable[Day], *, decreed_years: Iterable[int]) -> DayTable:
        """
        Return the table of `days`.

        Raises: ValueError when two rows speak of one day.
        """
        rows: dict[date, Day] = {}
        for day in days:
            if day.on in rows:
                msg = f"Two rows speak of {day.on}."
                raise ValueError(msg)
            rows[day.on] = day
        return cls(rows, frozenset(decreed_years))

    def is_forecast(self, day: date) -> bool:
        """Say whether what the table knows of `day` may still change."""
        row = self.rows.get(day)
        return day.year not in self.decreed_years or (row is not None and row.status is DayStatus.FORECAST)
