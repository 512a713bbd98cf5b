from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vanlang.sheets.api import Problem, Values


class ImportState(StrEnum):
    """How far an import came."""

    PROPOSED = "proposed"
    """Read and compared; nothing is written."""
    WITHDRAWN = "withdrawn"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowStatus(StrEnum):
    """What a line of the file would do."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    """It is there now, and its group no longer names it: a step of a process, a fee."""
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that nobody bears any more, and who bears its duties now: to be accepted, never assumed."""

    cell: str
    said: str
    code: str
    name: str
    on: str
    """Since when, as ISO text."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One line of the preview."""

    number: int
    """In the file; 0 for what only the database has."""
    group: str
    key: str
    status: RowStatus
    before: Values | None
    after: Values | None
    problems: tuple[Problem, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are written together: one officer, or all steps of one process. Empty before: it is new; after: it goes."""

    key: str
    before: tuple[Values, ...]
    after: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the world says to a line: its values with names made codes, and why it cannot be taken."""

    values: Values
    problems: tuple[Problem, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """How many lines do what."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, status: RowStatus) -> int:
        return self.counts.get(status.value, 0)

    @property
    def to_write(self) -> int:
        return self.of(RowStatus.NEW) + self.of(RowStatus.CHANGED) + self.of(RowStatus.REMOVED)
