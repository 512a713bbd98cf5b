"""How much is tried next: up by half until a step fails, then between the last that held and the first that did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GROWTH = 1.5
NEAR = 1.12
"""Two steps so close together are one figure."""
MOST_STEPS = 14


@dataclass(frozen=True, slots=True)
class Step:
    """What was tried, and whether it held."""

    slots: int
    """People at work at the same time."""
    holds: bool


def next_slots(done: Sequence[Step], *, first: int) -> int | None:
    """Return how many people the next step has; None when the highest that holds is known."""
    if not done:
        return first
    if len(done) >= MOST_STEPS:
        return None
    held = max((step.slots for step in done if step.holds), default=0)
    failed = min((step.slots for step in done if not step.holds), default=0)
    if not failed:
        return max(round(held * GROWTH), held + 1)
    between = (held + failed) // 2
    if between <= held or (held and failed <= held * NEAR):
        return None
    return between


def highest(done: Sequence[Step]) -> int:
    """Return the most people of a step that held below every one that failed; 0 when none did."""
    failed = min((step.slots for step in done if not step.holds), default=None)
    return max(
        (step.slots for step in done if step.holds and (failed is None or step.slots < failed)), default=0
    )
