"""
What payments asks of others, who register themselves: the drawer at a counter, and ways to pay that lie outside.

A way that is not registered is not offered. What another system must be told is told through `connectors`, never in the
request that begins a payment (ADR 0019).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Protocol

from django.db.backends.utils import CursorWrapper

from vanlang.identity.api import Actor
from vanlang.payments.types import PaymentWay


class Till(Protocol):
    """The cash drawer of an officer's day."""

    def is_open(self, actor: Actor) -> bool:
        """Say whether the officer has an open drawer."""
        ...

    def put_in(
        self,
        *,
        actor: Actor,
        amount_vnd: int,
        what_for: str,
        dossier_id: uuid.UUID,
        entry_id: uuid.UUID,
        at: dt.datetime,
    ) -> None:
        """Write taken cash into the drawer's book, in the caller's transaction. Raises: a DomainError of its own."""
        ...

    def put_in_from(self, cursor: CursorWrapper, question: str, *, until: dt.datetime) -> None:
        """
        Write the drawers of a synthetic province with all the cash that `question` names; as the owner of the tables.

        Days that are over at `until` are counted and handed over. Shapes: `question` has columns entry_id, officer_id, agency_id, dossier_id, amount, what_for, at.
        """
        ...


class OutsideWay(Protocol):
    """A way to pay that another system carries out."""

    def is_open(self, agency_id: int) -> bool:
        """Say whether payers of an agency may be sent there."""
        ...

    def begun(self, *, payment_id: uuid.UUID, at: dt.datetime) -> None:
        """Have the other system told that a payment was begun, in the caller's transaction."""
        ...

    def refund_asked(self, *, refund_id: uuid.UUID, at: dt.datetime) -> None:
        """Have the other system asked to give money back, in the caller's transaction."""
        ...


_till: list[Till] = []
_ways: dict[PaymentWay, OutsideWay] = {}


def register_till(till: Till) -> None:
    """Name the drawer that cash goes into. The last one counts."""
    _till[:] = [till]


def find_till() -> Till | None:
    """Return the drawer, or None where there is no counter."""
    return _till[0] if _till else None


def register_way(way: PaymentWay, outside: OutsideWay) -> None:
    """Name who carries out a way to pay. The last one counts."""
    _ways[way] = outside


def find_way(way: PaymentWay) -> OutsideWay | None:
    """Return who carries out a way, or None when nobody does."""
    return _ways.get(way)


def forget() -> None:
    """Forget everything that was registered. For tests."""
    _till.clear()
    _ways.clear()
