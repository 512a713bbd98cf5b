"""
When a dossier is stuck: nobody can move it on, or nobody did.

The first six reasons are what the proof of ownership finds; the last one is a dossier that has everything and lies
still all the same. A finding becomes an alarm after more than one working day, so that a morning's change of people
wakes nobody.

Law: unverified
"""

from __future__ import annotations

from enum import StrEnum


class StuckReason(StrEnum):
    """Why a dossier could lie still, the gravest first."""

    AGENCY_GONE = "agency_gone"
    """The agency at which it lies was merged away."""
    NO_OWNER = "no_owner"
    """Its row does not say who must act next, or says it wrongly."""
    NO_CLOCK = "no_clock"
    HOLDER_GONE = "holder_gone"
    """It is held by name by an officer whose appointment ended."""
    NOBODY_CAN_ACT = "nobody_can_act"
    """Nobody at the agency has the role that it waits for."""
    STANDS_STILL = "stands_still"
    """Nothing moved for `STILL_DAYS` beyond the planned end of its step."""


GRAVITY = {reason: rank for rank, reason in enumerate(StuckReason)}

LACKS = {
    StuckReason.AGENCY_GONE: "owner",
    StuckReason.NO_OWNER: "owner",
    StuckReason.NO_CLOCK: "clock",
    StuckReason.HOLDER_GONE: "owner",
    StuckReason.NOBODY_CAN_ACT: "next_step",
}
"""What of owner, clock and next step a reason takes away; lying still takes none of them."""

STILL_DAYS = 3
"""Working days beyond a planned end after which a dossier that did not move is stuck. A warning, not a time limit."""

ALARM_AFTER_DAYS = 1
"""Working days for which a finding may stand before it is an alarm."""
