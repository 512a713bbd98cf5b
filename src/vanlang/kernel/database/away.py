"""
Telling a database that is away for a moment from a query that is wrong.

It starts again, or another machine takes the lead (docs/adr/0028): who asked just then is told to try again. What was
being written may have been committed or not; what was acknowledged was.
"""

from __future__ import annotations

import psycopg
from django.db import InterfaceError, OperationalError

_CLASSES = ("08",)
"""Connection exceptions."""
_STATES = frozenset({
    "25006",  # read_only_sql_transaction: who led a moment ago follows now
    "53300",  # too_many_connections: everybody came back at once
    "57P01", "57P02", "57P03", "57P05",  # shut down, crashed, not yet up, idle too long
})  # fmt: skip


def is_away(error: BaseException) -> bool:
    """Say whether `error` is about the way to the database, not about what was asked of it."""
    if isinstance(error, InterfaceError):
        return True
    cause = error.__cause__ if isinstance(error.__cause__, psycopg.Error) else error
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return str(state)[:2] in _CLASSES or state in _STATES
    return isinstance(
        error, OperationalError
    )  # a broken connection has no state: nobody was there to tell it
