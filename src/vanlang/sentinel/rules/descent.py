"""
Compare two replicas: ask level by level, go down only where digests differ, fetch records only where few are left.

    root ─▶ day ─▶ agency ─▶ digit of the key ─▶ … ─▶ records, as soon as at most `FEW` lie below
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from vanlang.sentinel.rules.differences import kinds_of
from vanlang.sentinel.rules.trees import KEY_BYTES, PLACE, differing
from vanlang.sentinel.types import Difference, Findings, Path, Record, Replica

FEW = 24
"""Up to so many records are fetched whole instead of asking for sixteen more digests."""
BATCH = 500
"""Paths asked in one question."""
DEEPEST = PLACE + KEY_BYTES * 2
Earlier = Callable[[str], frozenset[str]]
"""The states that a record had here before its present one."""


def compare(here: Replica, there: Replica, *, earlier: Earlier, roots: Iterable[Path] = ((),)) -> Findings:
    """
    Return every record below `roots` about which the sides differ.

    A record that moved to another day or agency shows in two branches; it is joined by its code. Whoever compares says
    which records are still under way and leaves them out on both sides.
    """
    few, asked = _narrow(here, there, list(roots))
    mine, theirs = _fetch(here, few), _fetch(there, few)
    differences = tuple(
        Difference(code, kinds, tuple(mine[code]), tuple(theirs[code]))
        for code in sorted(mine.keys() | theirs.keys())
        if (kinds := kinds_of(mine[code], theirs[code], earlier))
    )
    compared = sum(
        node.count for below in here.children(list(roots)).values() for node in below.values()
    )  # fmt: skip
    return Findings(differences, compared, asked, sum(len(found) for found in theirs.values()))


def _narrow(here: Replica, there: Replica, level: list[Path]) -> tuple[list[Path], int]:
    """Return the paths below which records must be fetched, and how many paths were asked for."""
    few: list[Path] = []
    asked = 0
    while level:
        below: list[Path] = []
        for paths in _batches(level):
            asked += len(paths)
            mine, theirs = here.children(paths), there.children(paths)
            for path in paths:
                for name, count in differing(mine.get(path, {}), theirs.get(path, {})):
                    found = (*path, name)
                    shallow = len(found) < PLACE
                    (below if shallow or (count > FEW and len(found) < DEEPEST) else few).append(found)
        level = below
    return few, asked


def _fetch(replica: Replica, paths: Sequence[Path]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for some in _batches(paths):
        for record in replica.records(some):
            found[record.code].append(record)
    return found


def _batches(paths: Sequence[Path]) -> Iterable[Sequence[Path]]:
    return (paths[start : start + BATCH] for start in range(0, len(paths), BATCH))
