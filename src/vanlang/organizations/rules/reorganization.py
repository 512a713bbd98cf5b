"""Merging, splitting and renaming agencies: what is refused, and who continues whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vanlang.kernel.errors import Refusal
from vanlang.organizations.types import ChangeKind


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open: from `starts_on`, until `ends_on` without it; None is still running."""

    starts_on: dt.date
    ends_on: dt.date | None

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def may_reorganize(
    kind: ChangeKind, before: Mapping[str, Period], after: Sequence[str], effective_on: dt.date
) -> Refusal | None:
    """Return why the change is refused, or None. `before` are the agencies that exist now, by code."""
    wanted = {ChangeKind.RENAME: (1, 1), ChangeKind.MERGE: (2, 1), ChangeKind.SPLIT: (1, 2)}[kind]
    if len(before) < wanted[0] or len(set(after)) < wanted[1]:
        return Refusal("organizations.needs_two")
    day_before = effective_on - dt.timedelta(days=1)
    for code, period in before.items():
        if not period.covers(day_before):
            return Refusal("organizations.not_open", {"agency": code, "on": f"{day_before:%d/%m/%Y}"})
    return None


def successors(
    code: str, changes: Iterable[tuple[dt.date, Sequence[str], Sequence[str]]], on: dt.date
) -> set[str]:
    """
    Return the codes that stand for `code` on a day: itself, or those that took over, transitively.

    Shapes: `changes` are (effective_on, from codes, to codes), in order of their day.
    """
    present = {code}
    for effective_on, sources, targets in changes:
        if effective_on <= on and present & set(sources):
            present = (present - set(sources)) | set(targets)
    return present
