"""
Money of a synthetic province: what is asked, paid, exempted and given back, planned purely and written all at once.

`rules/purses.py` draws what a payer does; `fee_book.py` prices what can be asked for, by the pricing of every day;
`rows.py` writes one statement for each table, with the postings of `rules/ledger.py`. The statements are the second way
into these tables beside the commands: a test does the same acts with those and compares the rows (ADR 0023).
"""

from vanlang.payments.rules.purses import Owing, Purse
from vanlang.payments.services.generating.accounts import open_accounts
from vanlang.payments.services.generating.fee_book import FeeBook, fee_book_of, plan
from vanlang.payments.services.generating.rows import TABLES, lines_of, write_purses

__all__ = [
    "TABLES",
    "FeeBook",
    "Owing",
    "Purse",
    "fee_book_of",
    "lines_of",
    "open_accounts",
    "plan",
    "write_purses",
]
