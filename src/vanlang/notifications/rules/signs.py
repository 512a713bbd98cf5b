"""What a provider's verdict on one parcel says of its own health."""

from __future__ import annotations

from vanlang.kernel.circuit import Sign
from vanlang.notifications.types import ProviderVerdict

FAULTS = frozenset({ProviderVerdict.TEMPORARY, ProviderVerdict.UNREACHABLE, ProviderVerdict.UNCLEAR})
"""Verdicts that are the provider's own fault. Nobody behind an address, or a plea to go slower, is none."""


def sign_of(verdict: ProviderVerdict) -> Sign:
    """Return what the verdict says of the provider."""
    if verdict is ProviderVerdict.UNREACHABLE:
        return Sign.CUT
    return Sign.FAULT if verdict in FAULTS else Sign.WELL
