"""What is compared, and what the comparison finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Path = tuple[str, ...]
"""Where in the tree: (), (day,), (day, agency), and then one hexadecimal digit of the key at a time."""


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
class Findings:
    """What one comparison found, and what it cost."""

    differences: tuple[Difference, ...]
    compared: int
    """Records here that lie under a compared root, equal or not."""
    asked_paths: int
    fetched_records: int
