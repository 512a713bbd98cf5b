"""
Our two kinds of replica.

`Streamed` reads its records twice, if at all: once for their hashes, and once more the days that differ. It never holds
more than 24 bytes a record. `Held` has its records in memory: a day of a list, or an export that somebody handed in.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vanlang.sentinel.rules.trees import PLACE, Forest, key_of
from vanlang.sentinel.types import Node, Path, Record

Source = Callable[[dt.date, dt.date], Iterable[Record]]
"""The records received from a day to a day, both included, in any order."""


class Streamed:
    """A replica over something that can be read again."""

    def __init__(self, source: Source, first_on: dt.date, last_on: dt.date) -> None:
        self._source = source
        self.forest = Forest(source(first_on, last_on))

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        return self.forest.children(paths)

    def records(self, paths: Sequence[Path]) -> list[Record]:
        below = Below(paths)
        return [
            record
            for first_on, last_on in spans(below.days())
            for record in self._source(first_on, last_on)
            if below.has(record)
        ]


class Held:
    """A replica over records in memory."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._days: defaultdict[str, list[Record]] = defaultdict(list)
        for record in records:
            self._days[record.day].append(record)
        self.forest = Forest(record for day in self._days.values() for record in day)

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        return self.forest.children(paths)

    def records(self, paths: Sequence[Path]) -> list[Record]:
        below = Below(paths)
        return [record for day in below.days() for record in self._days.get(day, ()) if below.has(record)]


class Below:
    """Which records lie below some paths of at least a day."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._digits: defaultdict[str, list[str]] = defaultdict(list)
        for path in paths:
            self._digits[path[0]].append("".join(path[PLACE:]))

    def days(self) -> list[str]:
        """Return the days that are asked for, in order."""
        return sorted(self._digits)

    def has(self, record: Record) -> bool:
        """Say whether a record lies below one of them."""
        digits = self._digits.get(record.day)
        return digits is not None and key_of(record.code).hex().startswith(tuple(digits))


def spans(days: Iterable[str]) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield sorted days `YYYYMMDD` as runs of days that follow each other; what is no day is passed over."""
    first = last = None
    for on in filter(None, map(day_of, days)):
        if first is not None and last is not None and on == last + dt.timedelta(days=1):
            last = on
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = on
    if first is not None and last is not None:
        yield first, last


def day_of(text: str) -> dt.date | None:
    """Return the day that `YYYYMMDD` names, or None."""
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def days_between(first_on: dt.date, last_on: dt.date) -> Iterator[dt.date]:
    """Yield every day from the first to the last, both included."""
    for number in range((last_on - first_on).days + 1):
        yield first_on + dt.timedelta(days=number)
