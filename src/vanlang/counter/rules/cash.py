"""The cash book: what must be in the drawer, what is in it, and what one entry takes back. Pure. Units: đồng."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vanlang.kernel.errors import Refusal

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
"""Notes in use, the largest first. Law: unverified."""
MOST = 1_000_000_000
"""No single amount over a counter is larger; a slip of the finger is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as the rule sees it."""

    number: int
    amount: int
    corrects: int | None = None
    """Number of the entry that it takes back."""


def expected(opening: int, entries: Iterable[Entry]) -> int:
    """Return what must be in the drawer."""
    return opening + sum(entry.amount for entry in entries)


def counted(notes: Mapping[int, int]) -> int:
    """Return what the counted notes are worth."""
    return sum(value * count for value, count in notes.items())


def may_correct(number: int, entries: Iterable[Entry]) -> Refusal | None:
    """Return why an entry cannot be taken back, or None: only what was taken, and only once."""
    known = list(entries)
    found = next((entry for entry in known if entry.number == number), None)
    if found is None or found.corrects is not None:
        return Refusal("counter.entry_not_correctable", {"number": number})
    if any(entry.corrects == number for entry in known):
        return Refusal("counter.entry_corrected", {"number": number})
    return None


def counter_entry(number: int, entries: Iterable[Entry]) -> Entry:
    """
    Return the entry that takes `number` back in full.

    Raises: StopIteration when there is none; ask `may_correct` first.
    """
    known = list(entries)
    found = next(entry for entry in known if entry.number == number)
    return Entry(number=len(known) + 1, amount=-found.amount, corrects=number)
