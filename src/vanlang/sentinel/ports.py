"""
What an upper app gives to be compared: our side, the way to the other one, who owns what, and how to heal.

Registered in the `ready` of the app that knows the other system. Everything is asked for many codes at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from vanlang.sentinel.types import DifferenceKind, Lens, Node, Path, Record, StateOwner, Traffic, Way


class Other(Protocol):
    """The other side while a comparison lasts. All raise OutsideSystemError when it does not answer."""

    def children(self, paths: Sequence[Path]) -> Mapping[Path, Mapping[str, Node]]:
        """Return what lies one step below each path. Not asked of a side that only lists."""

    def records(self, paths: Sequence[Path]) -> Sequence[Record]:
        """Return every record below the paths, doubles included. Not asked of a side that only lists."""

    def list_day(self, on: dt.date) -> Sequence[Record]:
        """Return every record received on a day."""

    def find(self, codes: Collection[str]) -> Sequence[Record]:
        """Return the records of some codes, wherever in the tree they lie."""

    def traffic(self) -> Traffic:
        """Return what was asked of it so far."""


class Comparison(Protocol):
    """One system that holds copies of our records, or we of its."""

    @property
    def system(self) -> str:
        """Code of the system, as `connectors` knows it."""

    @property
    def name(self) -> str:
        """Vietnamese, for pages."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """How it can be asked, the cheapest first."""

    @property
    def reference_lens(self) -> Lens:
        """What of a record is compared whose state is theirs: no more than a reference to it holds here."""

    def here(self, first_on: dt.date, last_on: dt.date) -> Iterable[Record]:
        """Yield our records received from a day to a day, both included, in any order; memory stays small."""

    def find_here(self, codes: Collection[str]) -> Sequence[Record]:
        """Return our records of some codes."""

    def there(self) -> AbstractContextManager[Other]:
        """Open the way to the other side."""

    def owners_of(self, codes: Collection[str]) -> Mapping[str, StateOwner]:
        """Return who owns the state of each; a code that is left out is theirs."""

    def earlier_states(self, codes: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return the states that records had here before the present one."""

    def under_way(self, codes: Collection[str], since: dt.datetime) -> frozenset[str]:
        """Return those of which a message still waits, or which moved or were told since: they are no differences yet."""

    def send(self, codes: Mapping[str, frozenset[DifferenceKind]], at: dt.datetime) -> frozenset[str]:
        """
        Have the other side told once more what is true here; return the codes that it will be told of.

        Called in a transaction, with the kinds in which each differs: what is lost must be told whole.
        """

    def fetch(self, found: Mapping[str, Record], at: dt.datetime) -> frozenset[str]:
        """Take over what was found there; return the codes that were taken. Called in a transaction."""


@runtime_checkable
class CountsItself(Protocol):
    """A comparison that knows beforehand how many records it has: then progress can be shown."""

    def count_here(self, first_on: dt.date, last_on: dt.date) -> int:
        """Return how many records `here` will yield, about."""


_comparisons: dict[str, Comparison] = {}


def register_comparison(comparison: Comparison) -> None:
    """Let a system be compared."""
    _comparisons[comparison.system] = comparison


def forget(system: str) -> None:
    """Take a system out again: for tests that bring their own."""
    _comparisons.pop(system, None)


def comparisons() -> Iterator[Comparison]:
    """Yield what can be compared, in the order of registration."""
    yield from list(_comparisons.values())


def get_comparison(system: str) -> Comparison:
    """Return how a system is compared. Raises: LookupError."""
    return _comparisons[system]
