"""Our books and a provider's statement, transaction by transaction: what fits, and how the rest does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vanlang.payments.types import Comparison, Match, StatementLine


def compare(ours: Iterable[StatementLine], theirs: Iterable[StatementLine]) -> tuple[Comparison, ...]:
    """
    Return one comparison for each transaction of either side, by transaction.

    Days may differ by the hour at which a day is closed; that is said (`DAY`) and no difference in money.
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
    first = theirs[0]
    if len(theirs) > 1:
        return Comparison(Match.DOUBLED, ours, first)
    if ours is None:
        return Comparison(Match.MISSING_HERE, None, first)
    if ours.vnd != first.vnd:
        return Comparison(Match.AMOUNT, ours, first)
    return Comparison(Match.EQUAL if ours.on == first.on else Match.DAY, ours, first)
