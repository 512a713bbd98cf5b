"""What is compared, and what the comparison finds."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

Path = tuple[str, ...]
"""Where in the tree: (), (day,), and then one hexadecimal digit of the key at a time."""


@dataclass(frozen=True, slots=True)
class Record:
    """
    What both sides must agree on about one dossier, as it stands on the wire.

    Shapes: instants are `YYYYMMDDhhmmss` in Vietnam's time, or empty; `state` is a national code; `results` are
    (code of the kind of result, SHA-256 of its file or its number), in any order.
    """

    code: str
    agency: str
    state: str
    received: str
    due: str = ""
    finished: str = ""
    returned: str = ""
    results: tuple[tuple[str, str], ...] = ()

    @property
    def day(self) -> str:
        """The day it was received, `YYYYMMDD`: the first branch of the tree."""
        return self.received[:8]


@dataclass(frozen=True, slots=True)
class Node:
    """How many records lie below a path, and the digest of all of them."""

    count: int
    digest: bytes


EMPTY = Node(0, b"")


class Replica(Protocol):
    """One side of a comparison. Every question is asked for many paths at once: a round trip is dear."""

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        """Return what lies one step below each path, by the name of the step."""

    def records(self, paths: Sequence[Path]) -> Sequence[Record]:
        """Return every record below the paths, doubles included."""


class DifferenceKind(StrEnum):
    """How the two sides differ about one record."""

    LOST = "lost"
    """It is here and not there."""
    STRANGE = "strange"
    """It is there and not here."""
    DOUBLED = "doubled"
    """One side has it more than once."""
    BEHIND = "behind"
    """Their state is one that the record had here before: a message did not arrive."""
    STATE = "state"
    """Their state is one that it never had here."""
    DATES = "dates"
    RESULTS = "results"
    PLACE = "place"
    """They count it for another agency."""


class StateOwner(StrEnum):
    """Which side owns the state of a record. Exactly one does."""

    HERE = "here"
    THERE = "there"


class Remedy(StrEnum):
    """What is done about a difference."""

    SEND = "send"
    """Send what is true here once more, as an update."""
    FETCH = "fetch"
    """Ask for what is true there and take it in."""
    PERSON = "person"
    """Show both versions side by side to somebody who decides."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One record about which the sides differ, with every version that was found."""

    code: str
    kinds: frozenset[DifferenceKind]
    here: tuple[Record, ...]
    there: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class DayPair:
    """One day of receipt as both sides count and hash it."""

    here: Node
    there: Node

    @property
    def is_equal(self) -> bool:
        return self.here == self.there


@dataclass(frozen=True, slots=True)
class Descent:
    """What lies in the branches that differ, and what it cost to get there."""

    here: Mapping[str, tuple[Record, ...]]
    there: Mapping[str, tuple[Record, ...]]
    days: Mapping[str, DayPair]
    compared: int
    """Records here that lie under a compared root, equal or not."""
    asked_paths: int
    riddles: tuple[Path, ...] = ()
    """Branches whose digests differ while their records are the same: somebody hashes otherwise, or changed meanwhile."""

    @property
    def codes(self) -> list[str]:
        return sorted(self.here.keys() | self.there.keys())


@dataclass(frozen=True, slots=True)
class Findings:
    """What one comparison found, and what it cost."""

    differences: tuple[Difference, ...]
    compared: int
    """Records here that lie under a compared root, equal or not."""
    asked_paths: int
    fetched_records: int


class Way(StrEnum):
    """How the other side is asked."""

    DIGESTS = "digests"
    """It answers the questions of the tree."""
    LIST = "list"
    """It only lists what it has, day by day."""
    EXPORT = "export"
    """A person handed in what it exported."""


class RunState(StrEnum):
    """How a comparison stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """It could not be carried through; nothing was concluded from it."""


class RunStep(StrEnum):
    """What a running comparison does."""

    READING = "reading"
    """Our own records are read and hashed."""
    COMPARING = "comparing"
    WRITING = "writing"
    HEALING = "healing"


class DifferenceState(StrEnum):
    """What has become of a difference."""

    OPEN = "open"
    """A person must look at it."""
    HEALING = "healing"
    """The remedy was given; the next comparison says whether it helped."""
    SETTLED = "settled"
    """A later comparison did not find it any more."""
    EXPLAINED = "explained"
    """A person looked, and said why it may stay as it is."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was asked of the other side so far. Units: bytes of questions and answers, without headers."""

    questions: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Lens:
    """
    What both sides can be compared by: a plain export may lack columns, or know days where we know seconds.

    Looked through on both sides, so that what one of them cannot say makes no difference.
    """

    without: frozenset[str] = frozenset()
    """Fields of a record that are not compared."""
    digits: tuple[tuple[str, int], ...] = ()
    """Instants of which fewer than fourteen digits are compared: 8 know the day, 12 the minute."""

    @property
    def is_clear(self) -> bool:
        """Whether everything is compared as it stands."""
        return not self.without and not self.digits


CLEAR = Lens()


@dataclass(frozen=True, slots=True)
class SystemCard:
    """A system that we are compared with."""

    code: str
    name: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class RunCard:
    """One comparison, as it is shown."""

    id: uuid.UUID
    system: str
    way: Way
    first_on: dt.date
    last_on: dt.date
    state: RunState
    step: RunStep
    asked_by: str
    """Empty for the nightly one."""
    asked_at: dt.datetime
    finished_at: dt.datetime | None
    done: int
    total: int
    compared: int
    differing: int
    under_way: int
    settled: int
    given_remedy: int
    riddles: int
    fetched: int
    questions: int
    wire_bytes: int
    full_bytes: int
    reason: str
    held_back: bool
    """So much differed that nothing was healed by itself."""
    lens: Lens = CLEAR

    @property
    def share(self) -> float:
        """What was asked, in percent of what a full transfer would carry at least."""
        return 100 * self.wire_bytes / self.full_bytes if self.full_bytes else 0.0


@dataclass(frozen=True, slots=True)
class DifferenceCard:
    """One difference in a list."""

    id: uuid.UUID
    system: str
    code: str
    agency_id: int | None
    kinds: tuple[DifferenceKind, ...]
    remedy: Remedy
    state: DifferenceState
    owner: StateOwner
    found_at: dt.datetime
    seen_at: dt.datetime
    settled_at: dt.datetime | None
    remedies_given: int


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """One difference with everything that is known of it."""

    card: DifferenceCard
    here: tuple[Record, ...]
    there: tuple[Record, ...]
    given_at: dt.datetime | None
    why: str = ""
    explained_by: str = ""
    explained_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DayCard:
    """One day of receipt, as the last comparison that covered it found it."""

    on: dt.date
    here: int
    there: int
    is_equal: bool
    differing: int
    digest: str
    compared_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MonthProof:
    """Whether both sides held the same about the records received in one month."""

    system: SystemCard
    first_on: dt.date
    days: tuple[DayCard, ...] = ()
    explained: int = field(default=0)
    """Differences of the month that a person explained."""

    @property
    def is_equal(self) -> bool:
        return bool(self.days) and all(day.is_equal for day in self.days)

    @property
    def records(self) -> int:
        return sum(day.here for day in self.days)
