"""
Days, compared and closed.

A statement is taken in, compared with the books, and what does not fit becomes a row that is healed when both sides fit
at last, or explained by a person. A day is closed by a person when nothing is left; the database refuses what comes
later. What was explained and not healed stands on the account of differences until it is cleared, so that what the
provider holds for us comes to nothing and the bank has what the statements transferred.
"""

from vanlang.payments.services.reconciling.carrying import clear_difference
from vanlang.payments.services.reconciling.closing import close_day, close_month
from vanlang.payments.services.reconciling.comparing import compare_day, count_cash, take_statement
from vanlang.payments.services.reconciling.healing import book_missing, explain
from vanlang.payments.services.reconciling.holding import hold_statement, take_held

__all__ = [
    "book_missing",
    "clear_difference",
    "close_day",
    "close_month",
    "compare_day",
    "count_cash",
    "explain",
    "hold_statement",
    "take_held",
    "take_statement",
]
