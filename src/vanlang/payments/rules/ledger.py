"""
The books: every occasion is one entry, and an entry is a row of this table times an amount.

Debit is positive, credit negative; the legs of an entry sum to nothing, so the books of an agency always do.
"""

from __future__ import annotations

from collections.abc import Iterable

from vanlang.payments.types import LedgerAccount, Leg, Occasion, PaymentWay

_A = LedgerAccount

POSTINGS: dict[Occasion, tuple[LedgerAccount, LedgerAccount]] = {
    Occasion.DEMAND_FEE: (_A.RECEIVABLE, _A.REVENUE_FEE),
    Occasion.DEMAND_CHARGE: (_A.RECEIVABLE, _A.REVENUE_CHARGE),
    Occasion.CANCEL_FEE: (_A.REVENUE_FEE, _A.RECEIVABLE),
    Occasion.CANCEL_CHARGE: (_A.REVENUE_CHARGE, _A.RECEIVABLE),
    Occasion.PAID_BY_PLATFORM: (_A.CLEARING, _A.RECEIVABLE),
    Occasion.PAID_BY_BANK: (_A.BANK, _A.RECEIVABLE),
    Occasion.PAID_IN_CASH: (_A.DRAWER, _A.RECEIVABLE),
    Occasion.STRAY_BY_PLATFORM: (_A.CLEARING, _A.SUSPENSE),
    Occasion.STRAY_BY_BANK: (_A.BANK, _A.SUSPENSE),
    Occasion.STRAY_MATCHED: (_A.SUSPENSE, _A.RECEIVABLE),
    Occasion.SETTLED: (_A.BANK, _A.CLEARING),
    Occasion.BANKED: (_A.BANK, _A.DRAWER),
    Occasion.REFUND_ASKED: (_A.RECEIVABLE, _A.REFUNDS),
    Occasion.REFUND_DECLINED: (_A.REFUNDS, _A.RECEIVABLE),
    Occasion.REFUNDED_BY_PLATFORM: (_A.REFUNDS, _A.CLEARING),
    Occasion.REFUNDED_BY_BANK: (_A.REFUNDS, _A.BANK),
    Occasion.REFUNDED_IN_CASH: (_A.REFUNDS, _A.DRAWER),
}
"""Occasion → what is debited, what is credited."""

PAID = {
    PaymentWay.PLATFORM: Occasion.PAID_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.PAID_BY_BANK,
    PaymentWay.CASH: Occasion.PAID_IN_CASH,
}
REFUNDED = {
    PaymentWay.PLATFORM: Occasion.REFUNDED_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.REFUNDED_BY_BANK,
    PaymentWay.CASH: Occasion.REFUNDED_IN_CASH,
}


def legs(occasion: Occasion, vnd: int) -> tuple[Leg, Leg]:
    """Return the two lines of an entry. Raises: ValueError for an amount that is not positive."""
    if vnd <= 0:
        msg = f"an entry of {vnd}"
        raise ValueError(msg)
    debit, credit = POSTINGS[occasion]
    return Leg(debit, vnd), Leg(credit, -vnd)


def balances(entries: Iterable[Leg]) -> dict[LedgerAccount, int]:
    """Return the balance of every account that was touched."""
    found: dict[LedgerAccount, int] = {}
    for leg in entries:
        found[leg.account] = found.get(leg.account, 0) + leg.vnd
    return found
