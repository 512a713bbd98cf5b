"""
Compare two replicas: ask level by level, go down only where digests differ, fetch records only where few are left.

    root ─▶ day ─▶ digit of the key ─▶ … ─▶ records, as soon as at most `FEW` lie below

A digest of sixteen twigs is about as long as three records: with more below, asking on is cheaper than fetching.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from vanlang.sentinel.rules.differences import kinds_of
from vanlang.sentinel.rules.trees import KEY_BYTES, PLACE, differing, holds, row_of
from vanlang.sentinel.types import EMPTY, DayPair, Descent, Difference, Findings, Node, Path, Record, Replica

FEW = 3
"""Up to so many records are fetched whole instead of asking for sixteen more digests."""
BATCH = 500
"""Paths asked in one question."""
DEEPEST = PLACE + KEY_BYTES * 2
Earlier = Callable[[str], frozenset[str]]
"""The states that a record had here before its present one."""
Wanted = Callable[[str], bool]
"""Whether a day is compared."""


def compare(here: Replica, there: Replica, *, earlier: Earlier, roots: Iterable[Path] = ((),)) -> Findings:
    """
    Return every record below `roots` about which the sides differ.

    A record that moved to another day shows in two branches; it is joined by its code. Whoever compares says
    which records are still under way and leaves them out on both sides.
    """
    found = descend(here, there, roots=roots)
    fetched = sum(len(versions) for versions in found.there.values())
    return Findings(differences_in(found, earlier), found.compared, found.asked_paths, fetched)


def descend(
    here: Replica, there: Replica, *, roots: Iterable[Path] = ((),), wanted: Wanted = lambda day: True
) -> Descent:
    """Return what both sides hold in the branches that differ, by code. Of the root only `wanted` days are compared."""
    narrowed = _Narrowed()
    level = list(roots)
    narrowed.compared = _count(here, level, wanted)
    while level:
        level = [path for paths in _batches(level) for path in narrowed.ask(here, there, paths, wanted)]
    mine, theirs = _fetch(here, narrowed.few), _fetch(there, narrowed.few)
    return Descent(
        here={code: tuple(found) for code, found in mine.items()},
        there={code: tuple(found) for code, found in theirs.items()},
        days=narrowed.days,
        compared=narrowed.compared,
        asked_paths=narrowed.asked,
        riddles=_riddles(narrowed.few, mine, theirs),
    )


def differences_in(found: Descent, earlier: Earlier) -> tuple[Difference, ...]:
    """Return what differs among the records of the branches that differ."""
    return tuple(
        Difference(code, kinds, mine, theirs)
        for code in found.codes
        for mine, theirs in [(found.here.get(code, ()), found.there.get(code, ()))]
        if (kinds := kinds_of(mine, theirs, earlier))
    )


class _Narrowed:
    """What the questions have shown so far."""

    def __init__(self) -> None:
        self.few: list[Path] = []
        """Paths below which records must be fetched."""
        self.days: dict[str, DayPair] = {}
        self.asked = self.compared = 0

    def ask(self, here: Replica, there: Replica, paths: Sequence[Path], wanted: Wanted) -> list[Path]:
        """Ask for what lies below `paths`; return where to ask on."""
        self.asked += len(paths)
        mine, theirs = here.children(paths), there.children(paths)
        below: list[Path] = []
        for path in paths:
            ours, other = mine.get(path, {}), theirs.get(path, {})
            if not path:
                ours, other = _only(ours, wanted), _only(other, wanted)
                self.days |= {
                    day: DayPair(ours.get(day, EMPTY), other.get(day, EMPTY))
                    for day in ours.keys() | other.keys()
                }
            for name, count in differing(ours, other):
                found = (*path, name)
                goes_on = count > FEW and len(found) < DEEPEST
                (below if goes_on else self.few).append(found)
        return below


def _count(here: Replica, roots: Sequence[Path], wanted: Wanted) -> int:
    return sum(
        node.count
        for path, below in here.children(roots).items()
        for name, node in below.items()
        if path or wanted(name)
    )


def _only(nodes: Mapping[str, Node], wanted: Wanted) -> dict[str, Node]:
    return {day: node for day, node in nodes.items() if wanted(day)}


def _fetch(replica: Replica, paths: Sequence[Path]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for some in _batches(paths):
        for record in replica.records(some):
            found[record.code].append(record)
    return found


def _riddles(
    few: Sequence[Path], mine: Mapping[str, Sequence[Record]], theirs: Mapping[str, Sequence[Record]]
) -> tuple[Path, ...]:
    """Return the branches whose digests differ while the very same records lie in them."""
    differs = {
        code
        for code in mine.keys() | theirs.keys()
        if _rows(mine.get(code, ())) != _rows(theirs.get(code, ()))
    }
    places: defaultdict[Path, list[Record]] = defaultdict(list)
    for code in differs:
        for record in (*mine.get(code, ()), *theirs.get(code, ())):
            places[record.day,].append(record)
    return tuple(path for path in few if not any(holds(path, one) for one in places[path[:PLACE]]))


def _rows(records: Iterable[Record]) -> Counter[bytes]:
    return Counter(row_of(record) for record in records)


def _batches(paths: Sequence[Path]) -> Iterable[Sequence[Path]]:
    return (paths[start : start + BATCH] for start in range(0, len(paths), BATCH))
