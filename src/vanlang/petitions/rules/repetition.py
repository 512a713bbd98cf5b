"""
Whether a petition was brought before: counted so that anybody can count it again.

A text is the set of its three-word shingles, without diacritics and punctuation. The likeness of two texts is the share of
shingles they have in common (Jaccard). Of a long text the shingles with the smallest marks stand for all, as many as
`SKETCH`; up to that length the likeness is exact. Nothing is learned or weighted; the thresholds are the house's.

Law: unverified
"""

from __future__ import annotations

import datetime as dt
import math
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vanlang.petitions.rules.folding import fold
from vanlang.petitions.types import RepeatGround

WORDS = 3
SKETCH = 256
SAME_SENDER_ALIKE = 0.25
"""From this likeness on, the same sender speaks of the same matter."""
SAME_WORDS_ALIKE = 0.6
"""From this likeness on, anybody does."""
LONGEST = 20_000
"""Characters that are compared; a longer text is compared by its beginning."""
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Gist:
    """What of a petition is compared. Marks are keyed hashes: neither words nor addresses can be read from them."""

    id: uuid.UUID
    filed_at: dt.datetime
    senders: frozenset[str]
    sketch: tuple[int, ...]
    """Ascending."""
    dossier_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier petition about the same matter."""

    id: uuid.UUID
    ground: RepeatGround
    likeness: float


def shingles(text: str) -> frozenset[str]:
    """Return the shingles of a text; a text shorter than one shingle is one."""
    words = _WORD.findall(fold(text[:LONGEST]).plain)
    if len(words) < WORDS:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1))


def sketch_of(marks: Iterable[int]) -> tuple[int, ...]:
    """Return the smallest of the marks of all shingles, ascending."""
    return tuple(sorted(set(marks))[:SKETCH])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the share of shingles that two sketches have in common, 0 to 1. Symmetric; 1 for equal ones."""
    mine, theirs = set(one), set(other)
    seen = sorted(mine | theirs)[:SKETCH]
    return sum(mark in mine and mark in theirs for mark in seen) / len(seen) if seen else 0.0


def enough_of(size: int) -> int:
    """Return by how many marks of a sketch, whichever, everything in the same words is met: who is that like lacks fewer."""
    return min(size, math.floor(size * (1 - SAME_WORDS_ALIKE) + 1e-9) + 1)


def compare(new: Gist, earlier: Gist) -> Repeat | None:
    """Return how `earlier` is repeated by `new`, or None."""
    alike = likeness(new.sketch, earlier.sketch)
    same_dossier = new.dossier_id is not None and new.dossier_id == earlier.dossier_id
    if new.senders & earlier.senders and (alike >= SAME_SENDER_ALIKE or same_dossier):
        return Repeat(earlier.id, RepeatGround.SENDER, alike)
    if alike >= SAME_WORDS_ALIKE:
        return Repeat(earlier.id, RepeatGround.WORDS, alike)
    return None


def find_repeats(new: Gist, earlier: Iterable[Gist]) -> tuple[Repeat, ...]:
    """Return the earlier petitions that `new` repeats, the likest first, the oldest of equals first."""
    before = [one for one in earlier if one.id != new.id and one.filed_at <= new.filed_at]
    found = [(repeat, one.filed_at) for one in before if (repeat := compare(new, one)) is not None]
    return tuple(repeat for repeat, _ in sorted(found, key=lambda pair: (-pair[0].likeness, pair[1])))
