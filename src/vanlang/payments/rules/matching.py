"""
Money came: is it for a demand, is it told a second time, or does it fit nothing?

One transaction is answered once, whatever the order in which things happen. What fits nothing is kept and explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vanlang.payments.types import DemandState, PaymentState, StrayReason


class Arriving(StrEnum):
    """What to do with money that was told of."""

    BOOK = "book"
    REPEATED = "repeated"
    """This transaction is in the books."""
    CONTRADICTED = "contradicted"
    """This transaction is in the books, with another reference or amount: nothing is booked, a person looks."""
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Asked:
    """The attempt to pay that a reference names."""

    state: PaymentState
    vnd: int
    transaction: str
    demand: DemandState


@dataclass(frozen=True, slots=True)
class Known:
    """The transaction, as the books have it."""

    reference: str
    vnd: int


def arriving(
    *, reference: str, vnd: int, asked: Asked | None, known: Known | None
) -> tuple[Arriving, StrayReason | None]:
    """Return what to do with `vnd` that came under `reference`, and why it strays if it does."""
    if known is not None:
        same = (known.reference, known.vnd) == (reference, vnd)
        return (Arriving.REPEATED if same else Arriving.CONTRADICTED), None
    if asked is None:
        return Arriving.STRAY, StrayReason.REFERENCE
    if asked.vnd != vnd:
        return Arriving.STRAY, StrayReason.AMOUNT
    if asked.transaction or asked.demand is DemandState.PAID:
        return Arriving.STRAY, StrayReason.PAID_ALREADY
    if asked.demand is not DemandState.OPEN:
        return Arriving.STRAY, StrayReason.CLOSED
    return Arriving.BOOK, None
