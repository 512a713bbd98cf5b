"""
A forest of hashes over records: equal digests mean equal records, so only what differs is ever looked at.

Day, then the hexadecimal digits of the key, which is the hash of the code alone: a record that was altered stays in its
place, unless it moved to another day. A record is one row of 24 bytes: its key and the hash of what both sides must agree on. The digest
of any branch is the hash of the sorted rows below it, doubles included. So the shape of the tree is nobody's secret and
nobody's choice: whoever can sort rows can answer, and a side that only exports a list is compared in the same way.

The specification with its test vector: docs/reference/sentinel.md
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from vanlang.sentinel.types import EMPTY, Node, Path, Record

KEY_BYTES = 8
ROW_BYTES = 24
DIGEST_BYTES = 16
DIGITS = "0123456789abcdef"
_FIELD, _ITEM, _PART = "\x1f", "\x1e", "\x1d"
PLACE = 1
"""How many steps name a place: the day. Deeper steps are digits of the key."""


def key_of(code: str) -> bytes:
    """Return the 8 bytes by which a code is sorted and found."""
    return hashlib.sha256(_composed(code).encode()).digest()[:KEY_BYTES]


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
    """The rows of one side, 24 bytes a record, sorted within each day."""

    def __init__(self, records: Iterable[Record]) -> None:
        gathered: dict[str, bytearray] = {}
        self.canonical_bytes = 0
        """How long all records are in canonical form: the least that a full transfer carries."""
        for record in records:
            told = canonical(record)
            self.canonical_bytes += len(told)
            rows = gathered.setdefault(record.day, bytearray())
            rows += key_of(record.code) + hashlib.sha256(told).digest()[:DIGEST_BYTES]
        self._days = {day: _sorted(gathered.pop(day)) for day in sorted(gathered)}

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._days.values()) // ROW_BYTES

    def node(self, path: Path) -> Node:
        """Return the count and digest of a path; `EMPTY` where nothing lies."""
        rows = self._rows(path)
        return Node(len(rows) // ROW_BYTES, digest_of(rows)) if rows else EMPTY

    def children(self, paths: Sequence[Path]) -> dict[Path, dict[str, Node]]:
        """Return what lies one step below each path; steps with nothing below are left out."""
        return {path: dict(self._children(path)) for path in paths}

    def _children(self, path: Path) -> Iterator[tuple[str, Node]]:
        for name in DIGITS if path else self._days:
            node = self.node((*path, name))
            if node.count:
                yield name, node

    def _rows(self, path: Path) -> bytes:
        if not path:
            return b"".join(self._days.values())
        return _between(self._days.get(path[0], b""), "".join(path[PLACE:]))


def holds(path: Path, record: Record) -> bool:
    """Say whether a record lies below a path."""
    return path[:PLACE] in {(), (record.day,)} and key_of(record.code).hex().startswith("".join(path[PLACE:]))


def differing(
    here: Mapping[str, Node], there: Mapping[str, Node]
) -> Iterator[tuple[str, int]]:  # fmt: skip
    """Yield the steps at which the sides differ, each with the greater count."""
    for name in sorted(here.keys() | there.keys()):
        mine, theirs = here.get(name, EMPTY), there.get(name, EMPTY)
        if mine != theirs:
            yield name, max(mine.count, theirs.count)


def _sorted(rows: bytearray) -> bytes:
    return b"".join(sorted(bytes(rows[at : at + ROW_BYTES]) for at in range(0, len(rows), ROW_BYTES)))


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
    return _composed(field).translate(_CONTROLS)


def _composed(field: str) -> str:
    return field if field.isascii() else normalize("NFC", field)


_CONTROLS = {ord(mark): None for mark in (_FIELD, _ITEM, _PART)}
