"""What an edit of a procedure changes, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One field: where, what it was, what it will be. Empty: it was or will not be there."""

    where: str
    before: str
    after: str


Row = Sequence[tuple[str, str]]
"""One line of a table as (name of the field, value in words)."""


def changes(before: Sequence[Row], after: Sequence[Row], *, noun: str) -> tuple[Change, ...]:
    """Return the fields in which two tables differ, line by line. Empty exactly when both are equal."""
    found = []
    for index in range(max(len(before), len(after))):
        old = dict(before[index]) if index < len(before) else {}
        new = dict(after[index]) if index < len(after) else {}
        for field in dict.fromkeys((*old, *new)):
            was, will = old.get(field, ""), new.get(field, "")
            if was != will:
                found.append(Change(f"{noun} {index + 1}, {field}", was, will))
    return tuple(found)
