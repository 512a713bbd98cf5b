"""What a fee comes to."""

from __future__ import annotations

from vanlang.catalogue.types import Money


def amount_for(money: Money, units: int = 1) -> int:
    """
    Return what `units` cost.

    Units: đồng. The tier and the ceiling apply to one copy, or one act: ask once per copy.
    """
    first = units if money.first_units is None else min(units, money.first_units)
    rest = units - first
    total = first * money.amount_vnd + rest * (money.amount_vnd if money.then_vnd is None else money.then_vnd)
    return total if money.most_vnd is None else min(total, money.most_vnd)
