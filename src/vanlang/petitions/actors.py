"""How a sender shows that a petition is theirs."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from vanlang.identity.api import NOBODY, Actor
from vanlang.kernel.sealing import mark
from vanlang.petitions.rules import codes
from vanlang.petitions.types import PetitionSource, SatisfactionWay


@dataclass(frozen=True, slots=True)
class SenderKey:
    """One of three: signed in; the mark of the secret on the receipt; the system that knows the sender."""

    actor: Actor = NOBODY
    secret_mark: str = field(default="", repr=False)
    source: PetitionSource | None = None

    @property
    def way(self) -> SatisfactionWay:
        if self.source is not None:
            return SatisfactionWay.NATIONAL
        return SatisfactionWay.SIGNED_IN if self.actor.is_citizen else SatisfactionWay.SECRET


def secret_mark(code: str, secret: str) -> str:
    """Return what is kept of a secret: its keyed hash, bound to its petition."""
    return mark(f"petition {code} {codes.typed_secret(secret)}")


def is_same(one: str, other: str) -> bool:
    """Compare two marks in a time that says nothing."""
    return bool(one) and hmac.compare_digest(one, other)
