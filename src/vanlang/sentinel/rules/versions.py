"""Records as they are kept with a difference: lists of strings, and one hash over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vanlang.sentinel.rules.trees import row_of
from vanlang.sentinel.types import Record


def packed(record: Record) -> list[object]:
    """Return a record as a list. `unpacked` is its inverse."""
    return [
        record.code, record.agency, record.state, record.received, record.due, record.finished, record.returned,
        [list(result) for result in record.results],
    ]  # fmt: skip


def unpacked(fields: Sequence[Any]) -> Record:
    code, agency, state, received, due, finished, returned, results = fields
    return Record(
        code, agency, state, received, due, finished, returned, tuple((str(kind), str(number)) for kind, number in results)
    )  # fmt: skip


def versions_of(here: Iterable[Record], there: Iterable[Record]) -> dict[str, list[list[object]]]:
    """Return both sides' versions, ready to be kept."""
    return {"here": [packed(one) for one in here], "there": [packed(one) for one in there]}


def sides_of(
    versions: Mapping[str, Sequence[Sequence[Any]]],
) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """Return what was kept as records: here, there."""
    here, there = (tuple(unpacked(one) for one in versions[side]) for side in ("here", "there"))
    return here, there


def digest_over(here: Iterable[Record], there: Iterable[Record]) -> bytes:
    """Return one hash over all versions: the same difference has the same."""
    rows = [b"".join(sorted(row_of(one) for one in side)) for side in (here, there)]
    return hashlib.sha256(b"|".join(rows)).digest()
