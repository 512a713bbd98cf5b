from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class CutoverKind(StrEnum):
    """Why another system's export was handed in."""

    TAKE_OVER = "take_over"
    """Its dossiers are to be handled here."""
    PARALLEL = "parallel"
    """Both systems run; the two are compared."""


class CutoverState(StrEnum):
    READ = "read"
    """Read and compared; nothing is written."""
    APPLYING = "applying"
    APPLIED = "applied"


class LineStatus(StrEnum):
    """What becomes of a line of an export that is taken over."""

    READY = "ready"
    HERE = "here"
    """Taken over before: it is not entered twice."""
    FAULTY = "faulty"
    ENTERED = "entered"


class Difference(StrEnum):
    """How a dossier differs between the two systems."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    STATE = "state"
    DUE = "due"
    FINISHED = "finished"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Wording:
    """How another system's words become ours."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Our field → the title of their column."""
    states: Mapping[str, str] = field(default_factory=dict)
    """Their word for a state, folded → our state."""
    acts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one dossier stands in one system: what both can be compared by."""

    external_code: str
    state: str
    """Our state."""
    national: str
    """National code of the state: finer differences inside processing are no difference between two systems."""
    agency: str
    due_on: str
    """ISO day, "" when unknown."""
    finished_on: str


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment as it was written: a day alone has no hour, and none is invented."""

    at: datetime
    has_time: bool
