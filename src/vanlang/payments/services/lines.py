"""What a demand's lines are in the books, and how a demand goes out of them."""

from __future__ import annotations

import datetime as dt

from vanlang.identity.api import Actor
from vanlang.payments.models import Demand, DemandLine
from vanlang.payments.services.authority import record
from vanlang.payments.services.booking import book
from vanlang.payments.types import DemandState, Occasion, PaymentState


def void(row: Demand, *, actor: Actor, at: dt.datetime) -> None:
    """Take a locked demand, of which nothing is paid, out of the books."""
    for line in row.lines.order_by("position"):
        if line.owed_vnd:
            book_line(row, line, -line.owed_vnd, at, change=line.changes + 1)
    row.state, row.settled_at = DemandState.CANCELLED, at
    row.save(update_fields=["state", "settled_at"])
    end_attempts(row, at)
    record("cancel_demand", actor, "demand", row.pk, at)


def end_attempts(row: Demand, at: dt.datetime) -> None:
    """Attempts at another amount lead nowhere; money that comes by them all the same is kept aside."""
    row.payments.filter(state=PaymentState.BEGUN).update(state=PaymentState.EXPIRED, ended_at=at)


def book_line(row: Demand, line: DemandLine, vnd: int, at: dt.datetime, *, change: int = 0) -> None:
    """Book that a line asks for `vnd` more, or, below nothing, for less."""
    if vnd == 0:
        return
    more, less = (
        (Occasion.DEMAND_CHARGE, Occasion.CANCEL_CHARGE)
        if line.is_charge
        else (Occasion.DEMAND_FEE, Occasion.CANCEL_FEE)
    )
    book(
        agency_id=row.agency_id,
        occasion=more if vnd > 0 else less,
        source=f"line:{line.pk}:{change}",
        vnd=abs(vnd),
        at=at,
        demand=row,
    )
