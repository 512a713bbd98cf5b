"""
What becomes of a difference from one comparison to the next: one table of cases, no clock, no database.

    found the first time ────────────▶ open, and healing as soon as its remedy was given
    found again after a remedy ──────▶ given once more; after the second one it is a person's
    found again, as it was explained ▶ stays explained; otherwise it is open again
    under way ───────────────────────▶ no difference yet, and no judgement about one that was
    not found any more ──────────────▶ settled
"""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.sentinel.types import DifferenceState, Remedy

MOST_REMEDIES = 2
"""A difference that survives so many is a person's."""
CROWD, CROWD_SHARE = 200, 0.02
"""More than so many, and more than this share of what was compared: that is no lost message, that is another copy."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where a difference that was found goes on."""

    state: DifferenceState
    remedy: Remedy
    is_given: bool
    """Its remedy is given now, by rule."""


def course_of(
    remedy: Remedy,
    *,
    before: DifferenceState | None,
    same_versions: bool,
    given: int,
    holds_back: bool,
) -> Course:
    """Return how a difference goes on that was found with `remedy`, having been in state `before` (None: never met)."""
    if before is DifferenceState.EXPLAINED and same_versions:
        return Course(DifferenceState.EXPLAINED, remedy, is_given=False)
    if remedy is Remedy.PERSON or given >= MOST_REMEDIES:
        return Course(DifferenceState.OPEN, Remedy.PERSON, is_given=False)
    if holds_back:
        return Course(DifferenceState.OPEN, remedy, is_given=False)
    return Course(DifferenceState.HEALING, remedy, is_given=True)


def holds_back(differing: int, compared: int) -> bool:
    """Say whether so much differs that nothing may be healed without a person."""
    return differing > max(CROWD, CROWD_SHARE * compared)
