"""What a signature, and a file with several, is worth: the law of the verdict, as functions of values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vanlang.signing.types import Validity

_WORST_FIRST = (Validity.MODIFIED, Validity.REVOKED, Validity.UNTRUSTED, Validity.EXPIRED, Validity.VALID)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found out about one signature."""

    intact: bool
    changed_after: bool
    trusted: bool
    """A chain to a root of ours, sound at a moment inside the certificate's period."""
    weak: bool
    """Made with an algorithm that can be forged today."""
    valid_from: dt.datetime
    valid_to: dt.datetime
    revoked_at: dt.datetime | None
    existed_at: dt.datetime
    """The earliest moment at which the signature is known to have existed: proven, or now."""


def validity_of(facts: Facts) -> Validity:
    """
    Return what one signature is worth.

    Being changed outweighs everything: whoever reads the file does not read what was signed. A revocation after the
    proven moment of signing does no harm; without a proven moment, the moment is now.
    """
    if not facts.intact or facts.changed_after:
        return Validity.MODIFIED
    if facts.revoked_at is not None and facts.revoked_at <= facts.existed_at:
        return Validity.REVOKED
    if not facts.trusted or facts.weak or facts.existed_at < facts.valid_from:
        return Validity.UNTRUSTED
    if facts.existed_at >= facts.valid_to:
        return Validity.EXPIRED
    return Validity.VALID


def worst_of(validities: Sequence[Validity]) -> Validity:
    """Return what a file is worth: as much as its worst signature, nothing without any."""
    if not validities:
        return Validity.NOT_SIGNED
    return min(validities, key=_WORST_FIRST.index)


def inside(moment: dt.datetime, valid_from: dt.datetime, valid_to: dt.datetime) -> dt.datetime:
    """
    Return the moment nearest to `moment` inside a certificate's period.

    Whether anybody vouches for the signer and whether the period is over are two questions; the first is asked here.
    """
    return max(valid_from, min(moment, valid_to - dt.timedelta(seconds=1)))
