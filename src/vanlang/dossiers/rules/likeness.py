"""
How alike two dossiers are, counted so that anybody can count it again.

The likeness is the number of fields answered alike, out of the fields answered in either. No weights, nothing learned:
a reader sees which fields agree, and decides.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Which fields two dossiers answer alike."""

    shared: tuple[str, ...]
    """Keys of fields, in alphabetical order."""
    compared: int
    """Fields answered in at least one of the two."""

    @property
    def share(self) -> float:
        return len(self.shared) / self.compared if self.compared else 0.0


def likeness(one: Mapping[str, object], other: Mapping[str, object]) -> Likeness:
    """Return how alike two sets of answers are. Symmetric; whole for equal ones."""
    mine, theirs = _answered(one), _answered(other)
    shared = sorted(key for key in mine.keys() & theirs.keys() if mine[key] == theirs[key])
    return Likeness(tuple(shared), len(mine.keys() | theirs.keys()))


def masked(text: str, names: Iterable[str], mask: str = "…") -> str:
    """Return a reason without the names and numbers of the dossier's people."""
    for name in sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True):
        text = text.replace(name, mask)
    return text


def _answered(answers: Mapping[str, object]) -> dict[str, object]:
    return {key: _plain(value) for key, value in answers.items() if value not in _EMPTY}


def _plain(value: object) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value
