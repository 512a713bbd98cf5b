"""What both sides look through when one of them cannot say everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vanlang.sentinel.types import Lens, Record

INSTANTS = ("received", "due", "finished", "returned")
OPTIONAL = ("due", "finished", "returned", "results")
"""Fields without which records can still be compared."""
SECOND = 14
"""Digits of an instant that knows its second."""


def lens_for(records: Sequence[Record], given: Iterable[str]) -> Lens:
    """Return the lens for an export that has the columns `given`: each instant as exactly as its vaguest cell."""
    known = frozenset(given)
    digits = {name: _vaguest(records, name) for name in INSTANTS if name in known}
    return Lens(frozenset(OPTIONAL) - known, tuple((name, at) for name, at in digits.items() if at < SECOND))


def seen_through(lens: Lens, record: Record) -> Record:
    """Return what of a record is compared."""
    if lens.is_clear:
        return record
    changed: dict[str, Any] = {name: () if name == "results" else "" for name in lens.without}
    changed |= {name: getattr(record, name)[:at] for name, at in lens.digits}
    return replace(record, **changed)


def kept(lens: Lens) -> dict[str, object]:
    """Return a lens as JSON keeps it. `lens_of` is its inverse."""
    return {} if lens.is_clear else {"without": sorted(lens.without), "digits": dict(lens.digits)}


def lens_of(told: Mapping[str, Any]) -> Lens:
    return Lens(
        frozenset(told.get("without", ())),
        tuple((str(name), int(at)) for name, at in told.get("digits", {}).items()),
    )


def _vaguest(records: Sequence[Record], name: str) -> int:
    return min((len(said) for record in records if (said := getattr(record, name))), default=SECOND)
