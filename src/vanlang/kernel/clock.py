"""The one place that knows what time it is. Only mouths (views, jobs, commands) ask; everything below is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from vanlang.kernel.zone import VIETNAM

__all__ = ["VIETNAM", "frozen", "now", "today"]

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """Return the present instant, aware, in Vietnam's zone."""
    return _frozen.get() or datetime.now(VIETNAM)  # noqa: TID251 - this is the clock


def today() -> date:
    """Return the present calendar day in Vietnam."""
    return now().date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Make `now()` answer `at`, for tests and for replays of a past day."""
    if at.tzinfo is None:
        msg = "frozen() takes an aware datetime"
        raise ValueError(msg)
    token = _frozen.set(at.astimezone(VIETNAM))
    try:
        yield
    finally:
        _frozen.reset(token)
