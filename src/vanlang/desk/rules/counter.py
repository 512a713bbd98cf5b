"""What the counter has in hand when a dossier is brought, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A line of the procedure's papers, as the counter ticks it off."""

    id: int
    name: str
    is_required: bool
    only_shown: bool
    """Presented and given back (an identity card), not kept."""
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over for one line: ticked, with how many originals and copies, and whether it was scanned."""

    paper_id: int
    is_there: bool
    originals: int
    copies: int
    is_scanned: bool


def missing_papers(
    asked: Sequence[AskedPaper], handed: Sequence[Handed], by_reference: Set[int] = frozenset()
) -> tuple[AskedPaper, ...]:
    """
    Return the required papers that were not ticked, in the order of the list.

    `by_reference` are those for which the person lets a result of a register be used: they are there.
    """
    there = {one.paper_id for one in handed if one.is_there} | by_reference
    return tuple(paper for paper in asked if paper.is_required and paper.id not in there)


def uncounted_papers(asked: Sequence[AskedPaper], handed: Sequence[Handed]) -> tuple[AskedPaper, ...]:
    """Return the papers ticked as handed over of which there is neither original, copy nor scan."""
    empty = {
        one.paper_id for one in handed if one.is_there and not (one.originals or one.copies or one.is_scanned)
    }
    return tuple(paper for paper in asked if paper.id in empty and not paper.only_shown)
