"""A whole shared out by weights, in whole parts, so that the parts add up to it."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(whole: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """
    Return one part for each weight: none below `least`, all together `whole`, the rest as the weights say.

    What rounding leaves goes to those that lost most by it, the earlier first.
    Raises: ValueError when `least` for each is more than the whole.
    """
    free = whole - least * len(weights)
    if free < 0:
        msg = "The least for each is more than the whole."
        raise ValueError(msg)
    total = sum(weights)
    exact = [free * weight / total if total else 0.0 for weight in weights]
    parts = [int(one) for one in exact]
    by_loss = sorted(range(len(exact)), key=lambda index: (parts[index] - exact[index], index))
    left = free - sum(parts)
    for turn in range(left):
        parts[by_loss[turn % len(by_loss)]] += 1
    return [least + part for part in parts]
