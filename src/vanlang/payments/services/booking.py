"""The one place that writes into the books."""

from __future__ import annotations

import datetime as dt

from vanlang.payments.models import Demand, Entry, EntryLeg, Payment
from vanlang.payments.rules import ledger
from vanlang.payments.types import Occasion, PaymentWay


def book(
    *,
    agency_id: int,
    occasion: Occasion,
    source: str,
    vnd: int,
    at: dt.datetime,
    demand: Demand | None = None,
    payment: Payment | None = None,
) -> int:
    """
    Write one balanced entry in the caller's transaction; return its id.

    The caller holds what the source names. Should it come here twice all the same, the database refuses the second.
    """
    entry = Entry(
        agency_id=agency_id, occasion=occasion, source=source, at=at, demand=demand, payment=payment
    )
    entry.save(force_insert=True)
    EntryLeg.objects.bulk_create(
        EntryLeg(entry=entry, agency_id=agency_id, account=leg.account, vnd=leg.vnd)
        for leg in ledger.legs(occasion, vnd)
    )
    return int(entry.pk)


def source_of(way: PaymentWay, transaction: str) -> str:
    """Return under which name money that came stands in the books."""
    return f"{way}:{transaction}"
