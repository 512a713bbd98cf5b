"""
Who may order a mass transfer, and where the work may go.

Leaders and administrators move the work of their own agency; of an agency that is no more, those of an agency that
continues it. Work never leaves the agency otherwise: competence is law, not housekeeping.

Law: unverified
"""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.kernel.errors import Refusal
from vanlang.teamwork.types import SourceKind


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agency from which work is taken, as it stands today."""

    source_id: int
    is_open: bool
    successor_ids: frozenset[int]
    """Who continues it; itself while it is open."""


def may_order(
    kind: SourceKind, agencies: Agencies, *, target_id: int, own_id: int | None, leads: bool
) -> Refusal | None:
    """Return why an officer may not move this work to the target agency, or None. `leads`: a leader or an administrator."""
    if not leads:
        return Refusal("teamwork.transfer_not_yours")
    ours = {agencies.source_id} | (set() if agencies.is_open else set(agencies.successor_ids))
    if own_id not in ours:
        return Refusal("teamwork.transfer_not_yours")
    if kind is SourceKind.AGENCY and agencies.is_open:
        return Refusal("teamwork.transfer_agency_open")
    may_go = {agencies.source_id} if agencies.is_open else set(agencies.successor_ids)
    if target_id not in may_go:
        return Refusal("teamwork.transfer_elsewhere")
    return None
