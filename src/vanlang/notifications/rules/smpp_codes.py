"""What a text message centre's status says (SMPP 3.4 §5.1.3): whose fault it is, and whether to try again."""

from __future__ import annotations

from vanlang.notifications.types import ProviderVerdict

THROTTLED, QUEUE_FULL = 0x58, 0x14
BAD_DESTINATION = {0x0B, 0x50, 0x51}
"""ESME_RINVDSTADR, and type or plan of the number."""
TEMPORARY = {0x08, 0x0D, 0x64}
"""ESME_RSYSERR, ESME_RBINDFAIL, ESME_RX_T_APPN."""


def verdict_of(status: int) -> ProviderVerdict:
    """Return what a refusal of a submission means."""
    if status in {THROTTLED, QUEUE_FULL}:
        return ProviderVerdict.THROTTLED
    if status in BAD_DESTINATION:
        return ProviderVerdict.BAD_ADDRESS
    return ProviderVerdict.TEMPORARY if status in TEMPORARY else ProviderVerdict.REFUSED
