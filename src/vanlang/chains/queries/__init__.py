"""Questions about chains. Every answer is a frozen value."""

from vanlang.chains.queries.chains import (
    access_chain,
    get_chain,
    get_chain_by_token,
    leg_of,
    list_chains,
    list_for_citizen,
)
from vanlang.chains.queries.plans import (
    AskedPaper,
    Ground,
    asked_papers,
    get_plan,
    ground_of,
    joined_form,
    list_plans,
    plan_of_row,
)

__all__ = [
    "AskedPaper",
    "Ground",
    "access_chain",
    "asked_papers",
    "get_chain",
    "get_chain_by_token",
    "get_plan",
    "ground_of",
    "joined_form",
    "leg_of",
    "list_chains",
    "list_for_citizen",
    "list_plans",
    "plan_of_row",
]
