"""
Our books and a provider's statement, transaction by transaction: what fits, how the rest does not, and when a day is over.

    statement ──▶ compare ──▶ EQUAL, DAY                                          nothing to do
                         └──▶ MISSING_HERE, AMOUNT, DOUBLED ──▶ open              healed by booking, or explained
                         └──▶ MISSING_THERE ──▶ waits for the next statement ──▶ open
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from vanlang.kernel.errors import Refusal
from vanlang.payments.types import (
    Comparison,
    DifferenceState,
    Match,
    Occasion,
    PaymentWay,
    StatementLine,
)

FITS = frozenset({Match.EQUAL, Match.DAY})
"""The same money on both sides; the day may differ by the hour at which a day is closed."""
CAME = {
    PaymentWay.PLATFORM: (Occasion.PAID_BY_PLATFORM, Occasion.STRAY_BY_PLATFORM),
    PaymentWay.BANK_QR: (Occasion.PAID_BY_BANK, Occasion.STRAY_BY_BANK),
}
IN_THE_DRAWER = {
    Occasion.PAID_IN_CASH: 1,
    Occasion.DRAWER_OVER: 1,
    Occasion.REFUNDED_IN_CASH: -1,
    Occasion.DRAWER_SHORT: -1,
}
"""Cash has no transactions on a statement: a day of it is one sum, and one count."""


def compare(ours: Iterable[StatementLine], theirs: Iterable[StatementLine]) -> tuple[Comparison, ...]:
    """
    Return one comparison for each transaction of either side, by transaction.

    Days may differ by the hour at which a day is closed; that is said (`DAY`) and no difference in money. Several lines of
    one transaction are one when their sum is ours: a line that stood twice, and was taken back.
    """
    mine = {line.transaction: line for line in ours}
    told: defaultdict[str, list[StatementLine]] = defaultdict(list)
    for line in theirs:
        told[line.transaction].append(line)
    return tuple(
        _compared(mine.get(transaction), told[transaction])
        for transaction in sorted(mine.keys() | told.keys())
    )


def _compared(ours: StatementLine | None, theirs: list[StatementLine]) -> Comparison:
    if not theirs:
        return Comparison(Match.MISSING_THERE, ours, None)
    first, again = theirs[0], sum(line.vnd for line in theirs[1:])
    if ours is not None and ours.vnd == first.vnd + again:
        return Comparison(Match.EQUAL if ours.on == first.on else Match.DAY, ours, first, again)
    if len(theirs) > 1:
        return Comparison(Match.DOUBLED, ours, first, again)
    if ours is None:
        return Comparison(Match.MISSING_HERE, None, first)
    return Comparison(Match.AMOUNT, ours, first)


def begins_as(match: Match, way: PaymentWay, *, next_is_there: bool) -> DifferenceState:
    """Return how a difference stands: what the next statement may still bring is waited for, one day and no more."""
    waits = match is Match.MISSING_THERE and way is not PaymentWay.CASH and not next_is_there
    return DifferenceState.WAITING if waits else DifferenceState.OPEN


def counted(way: PaymentWay, on: dt.date) -> str:
    """Return under which name a day of cash is compared."""
    return f"{way}:{on:%Y-%m-%d}"


def may_close(
    on: dt.date,
    today: dt.date,
    *,
    is_closed: bool,
    has_statement: bool,
    unresolved: int,
    is_held: bool = False,
) -> Refusal | None:
    """Return what stands against closing a day."""
    if is_closed:
        return Refusal("payments.day_is_closed", {"on": f"{on:%d/%m/%Y}"})
    if on >= today:
        return Refusal("payments.day_is_not_over", {"on": f"{on:%d/%m/%Y}"})
    if is_held:
        return Refusal("payments.statement_is_held", {"on": f"{on:%d/%m/%Y}"})
    if not has_statement:
        return Refusal("payments.no_statement", {"on": f"{on:%d/%m/%Y}"})
    if unresolved:
        return Refusal("payments.day_is_unexplained", {"left": unresolved})
    return None


def may_close_month(month: dt.date, today: dt.date, *, is_closed: bool, open_days: int) -> Refusal | None:
    """Return what stands against closing a month, named by its first day."""
    if is_closed:
        return Refusal("payments.month_is_closed", {"month": f"{month:%m/%Y}"})
    if next_month(month) > today:
        return Refusal("payments.month_is_not_over", {"month": f"{month:%m/%Y}"})
    if open_days:
        return Refusal("payments.month_has_open_days", {"days": open_days})
    return None


def day_key(agency_id: int, on: dt.date) -> str:
    """Return under which key a day is held: by entries together, by whoever closes it alone (migration 0007)."""
    return f"{agency_id}:{on:%Y-%m-%d}"


def month_key(agency_id: int, month: dt.date) -> str:
    """Return the same of a month."""
    return f"{agency_id}:{month:%Y-%m}"


def next_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
