"""What makes an internal process whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vanlang.catalogue.types import StepRole
from vanlang.kernel.errors import Refusal

WHOLE = 100


def is_process(roles: Sequence[StepRole], shares: Sequence[int]) -> Refusal | None:
    """Return why these steps are no process: somebody examines, somebody else decides, and time is shared out."""
    if StepRole.SPECIALIST not in roles or StepRole.LEADER not in roles:
        return Refusal("catalogue.process_empty")
    if any(share < 0 for share in shares) or sum(shares) <= 0:
        return Refusal("catalogue.process_shares")
    return None


def are_phases(roles: Sequence[StepRole], phases: Sequence[int]) -> Refusal | None:
    """
    Return why these are no phases: they go on one by one from 1, in each somebody examines, and a specialist ends
    each but the last, by telling the citizen what is owed.
    """
    follows = all(phase - before in {0, 1} for before, phase in pairwise((1, *phases)))
    if not follows:
        return Refusal("catalogue.process_phases_order")
    for phase in range(1, max(phases) + 1):
        found = [role for role, number in zip(roles, phases, strict=True) if number == phase]
        if StepRole.SPECIALIST not in found:
            return Refusal("catalogue.process_phase_unexamined", {"phase": phase})
        if phase < max(phases) and found[-1] is not StepRole.SPECIALIST:
            return Refusal("catalogue.process_phase_end", {"phase": phase})
    return None


def percentages(weights: Sequence[int]) -> tuple[int, ...]:
    """Return weights as whole percentages that sum to 100: the largest remainders are rounded up."""
    total = sum(weights)
    if total <= 0:
        return tuple(0 for _ in weights)
    floors = [weight * WHOLE // total for weight in weights]
    rests = [weight * WHOLE % total for weight in weights]
    missing = WHOLE - sum(floors)
    for index in sorted(range(len(weights)), key=lambda one: (-rests[one], one))[:missing]:
        floors[index] += 1
    return tuple(floors)
