"""What a person may do about a difference. Whoever owns the state is believed, by persons too."""

from __future__ import annotations

from vanlang.kernel.errors import Refusal
from vanlang.sentinel.types import DifferenceState, Remedy, StateOwner

_OWNERS = {Remedy.SEND: StateOwner.HERE, Remedy.FETCH: StateOwner.THERE}


def may_give(
    remedy: Remedy, *, owner: StateOwner, state: DifferenceState, is_here: bool, is_there: bool
) -> Refusal | None:
    """Say why `remedy` cannot be given now, None when it can."""
    if state is DifferenceState.SETTLED:
        return Refusal("sentinel.is_settled")
    if owner is not _OWNERS.get(remedy):
        return Refusal("sentinel.owned_by_the_other_side" if remedy is Remedy.SEND else "sentinel.owned_here")
    there_is_one = is_here if remedy is Remedy.SEND else is_there
    return None if there_is_one else Refusal("sentinel.nothing_to_take")


def may_explain(state: DifferenceState) -> Refusal | None:
    """Say why nothing can be explained, None when it can."""
    return Refusal("sentinel.is_settled") if state is DifferenceState.SETTLED else None
