"""
When a procedure is ready: everything its clock, its fee and its papers need is confirmed.

The table says which aspect a reason keeps from being ready. A reason without aspect is asked, and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vanlang.catalogue.rules.content import Content
from vanlang.catalogue.types import Aspect, Channel, Reason

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


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A case for which, filed in a channel, nobody knows what is asked."""

    case: int
    channel: Channel | None
    """None: in none, where no channel is known."""


def unpriced(content: Content) -> tuple[Unpriced, ...]:
    """
    Return where a fee is missing: a dossier of each case, filed in each channel that has a time limit, needs one.

    A fee of the case counts before one of every case, as when a dossier is priced; free of charge is a fee of 0. A version
    without cases is one case.
    """
    channels = tuple(dict.fromkeys(limit.channel for limit in content.limits)) or (None,)
    known = {(fee.case, fee.channel) for fee in content.fees}

    def has_fee(case: int, channel: Channel | None) -> bool:
        return any(
            of_case in {case, None} and (of_channel in {channel, None} or channel is None)
            for of_case, of_channel in known
        )

    return tuple(
        Unpriced(case, channel)
        for case in range(max(len(content.cases), 1))
        for channel in channels
        if not has_fee(case, channel)
    )
