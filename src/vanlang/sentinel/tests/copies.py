"""A system in memory that can be compared: two sides, and a memory of what was told and fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from vanlang.kernel.errors import OutsideSystemError
from vanlang.sentinel.rules.replicas import Held
from vanlang.sentinel.types import CLEAR, Lens, Node, Path, Record, StateOwner, Traffic, Way

SYSTEM = "tower"


@dataclass
class Sides:
    """Both sides of a comparison, and whether the other one answers."""

    mine: list[Record] = field(default_factory=list)
    theirs: list[Record] = field(default_factory=list)
    ways: tuple[Way, ...] = (Way.DIGESTS, Way.LIST)
    owners: dict[str, StateOwner] = field(default_factory=dict)
    earlier: dict[str, frozenset[str]] = field(default_factory=dict)
    moving: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    is_silent: bool = False
    delivers: bool = True
    """Whether what is told again arrives."""
    questions: int = 0
    system: str = SYSTEM
    name: str = "Tháp thử"
    reference_lens: Lens = CLEAR

    def here(self, first_on: dt.date, last_on: dt.date) -> Iterator[Record]:
        return (one for one in self.mine if f"{first_on:%Y%m%d}" <= one.day <= f"{last_on:%Y%m%d}")

    def find_here(self, codes: Collection[str]) -> list[Record]:
        return [one for one in self.mine if one.code in codes]

    @contextmanager
    def there(self) -> Iterator[Sides]:
        if self.is_silent:
            raise OutsideSystemError(self.system, retryable=True)
        yield self

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        self.questions += 1
        return Held(self.theirs).children(paths)

    def records(self, paths: Sequence[Path]) -> list[Record]:
        self.questions += 1
        return Held(self.theirs).records(paths)

    def list_day(self, on: dt.date) -> list[Record]:
        self.questions += 1
        return [one for one in self.theirs if one.day == f"{on:%Y%m%d}"]

    def find(self, codes: Collection[str]) -> list[Record]:
        return [one for one in self.theirs if one.code in codes]

    def traffic(self) -> Traffic:
        return Traffic(self.questions, 100 * self.questions)

    def owners_of(self, codes: Collection[str]) -> Mapping[str, StateOwner]:
        known = {one.code for one in self.mine}
        return {
            code: self.owners.get(code, StateOwner.HERE)
            for code in codes
            if code in known | self.owners.keys()
        }

    def earlier_states(self, codes: Collection[str]) -> Mapping[str, frozenset[str]]:
        return {code: self.earlier[code] for code in codes if code in self.earlier}

    def under_way(self, codes: Collection[str], since: dt.datetime) -> frozenset[str]:
        return frozenset(self.moving & set(codes))

    def send(self, codes: Collection[str], at: dt.datetime) -> frozenset[str]:
        self.sent += sorted(codes)
        if self.delivers:
            told = [one for one in self.mine if one.code in codes]
            self.theirs = [one for one in self.theirs if one.code not in codes] + told
        return frozenset(codes)

    def fetch(self, found: Mapping[str, Record], at: dt.datetime) -> frozenset[str]:
        self.fetched += sorted(found)
        if self.delivers:
            self.mine = [one for one in self.mine if one.code not in found] + list(found.values())
        return frozenset(found)

    def alter(self, code: str, **changed: object) -> None:
        """Change a record on the other side."""
        self.theirs = [replace(one, **changed) if one.code == code else one for one in self.theirs]  # type: ignore[arg-type]

    def lose(self, code: str) -> None:
        self.theirs = [one for one in self.theirs if one.code != code]


def a_record(number: int, *, day: int = 3, agency: str = "H44.801", **changed: object) -> Record:
    plain = Record(
        code=f"{agency}-2608{day:02}-{number:04}", agency=agency, state="9", received=f"202608{day:02}081500",
        due=f"202608{day + 7:02}170000", finished=f"202608{day + 4:02}100000",
        results=(("KQ.G02.000001", f"{number}/GP-UBND"),),
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]
