"""
A forest of hashes over records: equal digests mean equal records, so only what differs is ever looked at.

Day, agency, then the hexadecimal digits of the key, which is the hash of the code alone: a record that was altered
stays in its place. A record is one row of 24 bytes: its key and the hash of what both sides must agree on. The digest
of any branch is the hash of the sorted rows below it, doubles included. So the shape of the tree is nobody's secret and
nobody's choice: whoever can sort rows can answer, and a side that only exports a list is compared in the same way.

The specification with its test vector: docs/reference/sentinel.md
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vanlang.sentinel.types import EMPTY, Node, Path, Record

KEY_BYTES = 8
ROW_BYTES = 24
DIGEST_BYTES = 16
DIGITS = "0123456789abcdef"
_FIELD, _ITEM, _PART = "\x1f", "\x1e", "\x1d"
PLACE = 2
"""How many steps name a place: the day and the agency. Deeper steps are digits of the key."""


def key_of(code: str) -> bytes:
    """Return the 8 bytes by which a code is sorted and found."""
    return hashlib.sha256(code.encode()).digest()[:KEY_BYTES]


def canonical(record: Record) -> bytes:
    """Return what is hashed of a record: every field, in a fixed order, with separators that no field can hold."""
    results = _ITEM.join(sorted(_PART.join(_clean(part) for part in result) for result in record.results))
    told = (
        record.code, record.agency, record.state, record.received, record.due, record.finished, record.returned,
    )  # fmt: skip
    return _FIELD.join([*(_clean(field) for field in told), results]).encode()


def row_of(record: Record) -> bytes:
    """Return the 24 bytes that stand for a record: its key, then the first 16 of the hash of its canonical form."""
    return key_of(record.code) + hashlib.sha256(canonical(record)).digest()[:DIGEST_BYTES]


def digest_of(rows: bytes) -> bytes:
    """Return the digest of sorted rows."""
    return hashlib.sha256(rows).digest()[:DIGEST_BYTES]


class Forest:
    """The rows of one side, 24 bytes a record, sorted within each day and agency."""

    def __init__(self, records: Iterable[Record]) -> None:
        gathered: dict[str, dict[str, list[bytes]]] = {}
        for record in records:
            gathered.setdefault(record.day, {}).setdefault(record.agency, []).append(row_of(record))
        self._days = {
            day: {agency: b"".join(sorted(rows)) for agency, rows in sorted(agencies.items())}
            for day, agencies in sorted(gathered.items())
        }

    def __len__(self) -> int:
        return sum(len(rows) for cells in self._days.values() for rows in cells.values()) // ROW_BYTES

    def node(self, path: Path) -> Node:
        """Return the count and digest of a path; `EMPTY` where nothing lies."""
        rows = self._rows(path)
        return Node(len(rows) // ROW_BYTES, digest_of(rows)) if rows else EMPTY

    def children(self, paths: Sequence[Path]) -> dict[Path, dict[str, Node]]:
        """Return what lies one step below each path; steps with nothing below are left out."""
        return {path: dict(self._children(path)) for path in paths}

    def _children(self, path: Path) -> Iterator[tuple[str, Node]]:
        match path:
            case ():
                names: Iterable[str] = self._days
            case (day,):
                names = self._days.get(day, {})
            case _:
                names = DIGITS
        for name in names:
            node = self.node((*path, name))
            if node.count:
                yield name, node

    def _rows(self, path: Path) -> bytes:
        if not path:
            return b"".join(rows for cells in self._days.values() for rows in cells.values())
        cells = self._days.get(path[0], {})
        if len(path) < PLACE:
            return b"".join(cells.values())
        return _between(cells.get(path[1], b""), "".join(path[PLACE:]))


def holds(path: Path, record: Record) -> bool:
    """Say whether a record lies below a path."""
    place = (record.day, record.agency)
    return place[: len(path)] == path[:PLACE] and key_of(record.code).hex().startswith("".join(path[PLACE:]))


def differing(
    here: Mapping[str, Node], there: Mapping[str, Node]
) -> Iterator[tuple[str, int]]:  # fmt: skip
    """Yield the steps at which the sides differ, each with the greater count."""
    for name in sorted(here.keys() | there.keys()):
        mine, theirs = here.get(name, EMPTY), there.get(name, EMPTY)
        if mine != theirs:
            yield name, max(mine.count, theirs.count)


def _between(rows: bytes, prefix: str) -> bytes:
    """Return the rows whose key begins with hexadecimal `prefix`."""
    if not prefix:
        return rows
    places = range(len(rows) // ROW_BYTES)

    def key(place: int) -> str:
        return rows[place * ROW_BYTES : place * ROW_BYTES + KEY_BYTES].hex()[: len(prefix)]

    start, end = bisect_left(places, prefix, key=key), bisect_right(places, prefix, key=key)
    return rows[start * ROW_BYTES : end * ROW_BYTES]


def _clean(field: str) -> str:
    """Drop what separates: no code, date or number has control characters."""
    return field.translate(_CONTROLS)


_CONTROLS = {ord(mark): None for mark in (_FIELD, _ITEM, _PART)}
