"""
The books: every occasion is one entry, and an entry is a row of this table times an amount.

Debit is positive, credit negative; the legs of an entry sum to nothing, so the books of an agency always do.
"""

from __future__ import annotations

from collections.abc import Iterable

from vanlang.payments.types import Clearing, LedgerAccount, Leg, Occasion, PaymentWay

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
    Occasion.STRAY_RETURNED: (_A.SUSPENSE, _A.REFUNDS),
    Occasion.STRAY_KEPT: (_A.REFUNDS, _A.SUSPENSE),
    Occasion.DRAWER_SHORT: (_A.SUSPENSE, _A.DRAWER),
    Occasion.DRAWER_OVER: (_A.DRAWER, _A.SUSPENSE),
    Occasion.SETTLED: (_A.BANK, _A.CLEARING),
    Occasion.BANKED: (_A.BANK, _A.DRAWER),
    Occasion.REFUND_ASKED: (_A.RECEIVABLE, _A.REFUNDS),
    Occasion.REFUND_DECLINED: (_A.REFUNDS, _A.RECEIVABLE),
    Occasion.REFUNDED_BY_PLATFORM: (_A.REFUNDS, _A.CLEARING),
    Occasion.REFUNDED_BY_BANK: (_A.REFUNDS, _A.BANK),
    Occasion.REFUNDED_IN_CASH: (_A.REFUNDS, _A.DRAWER),
    Occasion.SHORT_BY_PLATFORM: (_A.DIFFERENCES, _A.CLEARING),
    Occasion.SHORT_BY_BANK: (_A.DIFFERENCES, _A.BANK),
    Occasion.SHORT_IN_CASH: (_A.DIFFERENCES, _A.DRAWER),
    Occasion.OVER_BY_PLATFORM: (_A.CLEARING, _A.DIFFERENCES),
    Occasion.OVER_BY_BANK: (_A.BANK, _A.DIFFERENCES),
    Occasion.OVER_IN_CASH: (_A.DRAWER, _A.DIFFERENCES),
    Occasion.DIFFERENCE_BROUGHT: (_A.BANK, _A.DIFFERENCES),
    Occasion.DIFFERENCE_FETCHED: (_A.DIFFERENCES, _A.BANK),
    Occasion.DIFFERENCE_BORNE: (_A.COSTS, _A.DIFFERENCES),
    Occasion.DIFFERENCE_KEPT: (_A.DIFFERENCES, _A.COSTS),
}
"""Occasion → what is debited, what is credited."""

PAID = {
    PaymentWay.PLATFORM: Occasion.PAID_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.PAID_BY_BANK,
    PaymentWay.CASH: Occasion.PAID_IN_CASH,
}
STRAYED = {
    PaymentWay.PLATFORM: Occasion.STRAY_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.STRAY_BY_BANK,
}
"""Cash cannot stray: it is taken for one demand, exactly, or not at all."""
CAME_IN = (
    Occasion.PAID_BY_BANK, Occasion.PAID_BY_PLATFORM, Occasion.PAID_IN_CASH, Occasion.STRAY_BY_BANK,
    Occasion.STRAY_BY_PLATFORM,
)  # fmt: skip
"""Occasions of money that came: one transaction is the source of one of them, once."""
REFUNDED = {
    PaymentWay.PLATFORM: Occasion.REFUNDED_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.REFUNDED_BY_BANK,
    PaymentWay.CASH: Occasion.REFUNDED_IN_CASH,
}
SHORT = {
    PaymentWay.PLATFORM: Occasion.SHORT_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.SHORT_BY_BANK,
    PaymentWay.CASH: Occasion.SHORT_IN_CASH,
}
OVER = {
    PaymentWay.PLATFORM: Occasion.OVER_BY_PLATFORM,
    PaymentWay.BANK_QR: Occasion.OVER_BY_BANK,
    PaymentWay.CASH: Occasion.OVER_IN_CASH,
}
CLEARED = {
    Clearing.BANK: (Occasion.DIFFERENCE_BROUGHT, Occasion.DIFFERENCE_FETCHED),
    Clearing.COST: (Occasion.DIFFERENCE_BORNE, Occasion.DIFFERENCE_KEPT),
}
"""How a person clears a difference → of one that is owed to us, of one that we owe."""


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
