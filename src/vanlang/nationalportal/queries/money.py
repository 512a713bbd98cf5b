"""
What dossiers owe and how it was paid, as the books say and nothing else.

Only a booked entry is evidence. Money that came over the national platform is one answer of the field; whether a transfer that a bank
read from our code counts as a gateway of the province is nowhere said, so it is not claimed. A demand that nobody could
raise (an open question of fees) says nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from vanlang.nationalportal.types import Charge, Paid
from vanlang.payments.api import (
    DemandState,
    LineCard,
    PaymentState,
    PaymentWay,
    Settlement,
    get_lines_of,
    get_settlements,
)

OWED = frozenset({DemandState.OPEN, DemandState.PAID})


@dataclass(frozen=True, slots=True)
class Money:
    """The lines that are owed, and the booked entries that settled them; None: nothing owed, or not known."""

    charges: tuple[Charge, ...] = ()
    paid: Paid | None = None


UNKNOWN = Money()


def money_of(dossier_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Money]:
    """Return what is known of the money of some dossiers."""
    settlements = get_settlements(dossier_ids)
    lines = get_lines_of(one.demand_id for one in settlements.values() if one.demand_id)
    return {
        key: Money(tuple(_charge(line) for line in lines.get(one.demand_id, ())), _paid(one))
        for key, one in settlements.items()
        if one.demand_id and one.state in OWED
    }


def count_moves(dossier_id: uuid.UUID) -> int:
    """Return how often money of a dossier moved: asked, came, went back. It only grows."""
    one = get_settlements([dossier_id])[dossier_id]
    back = sum(paid.state is PaymentState.REFUNDED for paid in one.paid_by)
    return (one.demand_id is not None) + len(one.paid_by) + back


def _charge(line: LineCard) -> Charge:
    return Charge(name=line.name, vnd=line.owed_vnd, is_fee=not line.is_charge)


def _paid(one: Settlement) -> Paid:
    kept = [paid for paid in one.paid_by if paid.state is PaymentState.BOOKED]
    national = [paid for paid in kept if paid.way is PaymentWay.PLATFORM]
    other = [paid for paid in kept if paid.way is not PaymentWay.PLATFORM]
    return Paid(
        national=tuple(f"entry:{number}" for paid in national for number in paid.entry_ids),
        offline=tuple(f"entry:{number}" for paid in other for number in paid.entry_ids),
    )
