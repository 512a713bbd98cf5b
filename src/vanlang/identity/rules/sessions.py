"""When a session ends by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session may live, and how long it may lie still."""

    life: dt.timedelta
    idle: dt.timedelta | None
    """None for those whose session may lie still as long as it lives."""


def has_ended(
    *, signed_in_at: dt.datetime, seen_at: dt.datetime, at: dt.datetime, limits: SessionLimits
) -> bool:
    """Return whether a session begun at `signed_in_at` and last used at `seen_at` is over at the instant `at`."""
    if at - signed_in_at >= limits.life:
        return True
    return limits.idle is not None and at - seen_at >= limits.idle
