"""
When a procedure is ready: everything its clock, its fee and its papers need is confirmed.

The table says which aspect a reason keeps from being ready. A reason without aspect is asked, and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from vanlang.catalogue.types import Aspect, Reason

BLOCKS: dict[Reason, Aspect | None] = {
    Reason.LIMIT_MISSING: Aspect.CLOCK,
    Reason.LIMIT_UNIT_MISSING: Aspect.CLOCK,
    Reason.LIMIT_GLUED: Aspect.CLOCK,
    Reason.LIMIT_CONTRADICTED: Aspect.CLOCK,
    Reason.LIMITS_SEVERAL: Aspect.CLOCK,
    Reason.FEE_MISSING: Aspect.FEE,
    Reason.FEE_PROSE: Aspect.FEE,
    Reason.FEE_SET_LOCALLY: Aspect.FEE,
    Reason.FEE_CONTRADICTED: Aspect.FEE,
    Reason.FEE_TOO_SMALL: Aspect.FEE,
    Reason.FEE_FOREIGN_CURRENCY: Aspect.FEE,
    Reason.FEE_SEVERAL: Aspect.FEE,
    Reason.FEE_DATED: Aspect.FEE,
    Reason.PAPERS_MISSING: Aspect.PAPERS,
    Reason.PAPER_COUNT_MISSING: Aspect.PAPERS,
    Reason.PAPER_COUNT_GLUED: Aspect.PAPERS,
    Reason.PAPER_OR_NOTE: Aspect.PAPERS,
    Reason.GROUP_UNCLEAR: Aspect.PAPERS,
    Reason.FORM_NAME_UNCLEAR: None,
    Reason.SOURCE_CHANGED: None,
}


def lacks(
    open_reasons: Iterable[Reason], *, has_limit: bool, has_fee: bool, has_papers: bool
) -> tuple[Reason, ...]:
    """Return what keeps a version from being ready, in the table's order; empty when it is ready."""
    found = {reason for reason in open_reasons if BLOCKS[reason] is not None}
    aspects = {BLOCKS[reason] for reason in found}
    for aspect, there, missing in (
        (Aspect.CLOCK, has_limit, Reason.LIMIT_MISSING),
        (Aspect.FEE, has_fee, Reason.FEE_MISSING),
        (Aspect.PAPERS, has_papers, Reason.PAPERS_MISSING),
    ):
        if not there and aspect not in aspects:
            found.add(missing)
    return tuple(reason for reason in BLOCKS if reason in found)
