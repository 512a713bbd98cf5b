"""Words for values of the catalogue that the desk shows."""

from __future__ import annotations

from django import template

from vanlang.catalogue.api import UNITS, LimitCard, LimitUnit
from vanlang.kernel.vietnamese import normalise

register = template.Library()


@register.filter
def limit_words(limit: LimitCard) -> str:
    """Return a time limit as it is said: "3 ngày làm việc", "trong ngày"."""
    if limit.limit.is_same_day:
        return "trong ngày"
    amount = f"{limit.limit.amount.normalize():f}".replace(".", ",")
    return normalise(f"{amount} {UNITS[LimitUnit(limit.limit.unit)].lower()}")
