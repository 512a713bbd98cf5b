"""
One form for the whole chain: what one leg answers is not asked again by the next.

The first leg's questions keep their names; those of the others are called "leg__field", unless the plan takes the
answer from another leg, or the field means the same in every form: who files (`applicant_…`), that it is true.
"""

from __future__ import annotations

from vanlang.chains.types import Plan

SHARED = ("applicant_", "truthful")
BETWEEN = "__"


def is_shared(name: str) -> bool:
    """Tell whether a field means the same in every form."""
    return name.startswith(SHARED)


def source_of(plan: Plan, leg: str, name: str) -> tuple[str, str]:
    """Return the leg and field that really answer a leg's field, following answers that pass on; circles end somewhere."""
    seen: set[tuple[str, str]] = set()
    while (leg, name) not in seen:
        seen.add((leg, name))
        source = plan.leg(leg).answers.get(name)
        if source is None:
            break
        leg, _, name = source.partition(".")
    return leg, name


def question_of(plan: Plan, leg: str, name: str) -> str:
    """Return the name under which the joined form asks for a leg's field."""
    owner, name = source_of(plan, leg, name)
    return name if owner == plan.first.key or is_shared(name) else f"{owner}{BETWEEN}{name}"
