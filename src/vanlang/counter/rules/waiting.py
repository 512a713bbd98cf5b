"""How long people wait: the estimate on a ticket, and the day in figures. Pure. Units: minutes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 5
"""Served tickets from which on the day itself says how long one takes."""
STEP = 5
"""An estimate is rounded up to this many minutes: it promises no more than it knows."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A ticket's instants."""

    issued_at: dt.datetime
    called_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    is_no_show: bool = False

    @property
    def waited(self) -> float | None:
        return None if self.called_at is None else (self.called_at - self.issued_at).total_seconds() / 60

    @property
    def took(self) -> float | None:
        if self.called_at is None or self.finished_at is None or self.is_no_show:
            return None
        return (self.finished_at - self.called_at).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One line of the day: of a service, or of all of them."""

    issued: int
    served: int
    no_show: int
    waiting: int
    median_wait: float | None
    """None while nobody was called."""
    long_wait: float | None
    """Nine of ten waited no longer."""
    longest_wait: float | None
    median_took: float | None


def minutes_each(planned: int, took: Sequence[float]) -> float:
    """Return how long one visitor takes: the day's median once enough were served, until then what was planned."""
    return median(took) or float(planned) if len(took) >= ENOUGH else float(planned)


def estimate(*, ahead: int, each: float, windows: int) -> int:
    """Return the estimated wait, rounded up to `STEP`; with no window open it is counted as if one were."""
    return math.ceil(ahead * each / max(windows, 1) / STEP) * STEP


def figures(visits: Sequence[Visit]) -> DayFigures:
    """Return the figures of a day's visits."""
    waits = [waited for visit in visits if (waited := visit.waited) is not None]
    took = [minutes for visit in visits if (minutes := visit.took) is not None]
    no_show = sum(visit.is_no_show for visit in visits)
    return DayFigures(
        issued=len(visits),
        served=len(took),
        no_show=no_show,
        waiting=sum(visit.called_at is None for visit in visits),
        median_wait=median(waits),
        long_wait=quantile(waits, 0.9),
        longest_wait=max(waits, default=None),
        median_took=median(took),
    )


def by_hour(visits: Sequence[Visit], hours: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (hour, issued, served) for each of `hours`; the instants are in the zone they are given in."""
    issued = [visit.issued_at.hour for visit in visits]
    served = [visit.finished_at.hour for visit in visits if visit.finished_at and visit.took is not None]
    return [(hour, issued.count(hour), served.count(hour)) for hour in hours]


def median(values: Sequence[float]) -> float | None:
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least `share` of all do not exceed; None of nothing."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]
