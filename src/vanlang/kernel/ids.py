"""Ids that can be shown in a URL: not countable, ordered in time so that indexes stay dense."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import threading
import time
import uuid

_NANOSECONDS_IN_A_MILLISECOND = 1_000_000
_one_at_a_time = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """
    Return a UUID of version 7: 48 bits of milliseconds, 12 of their fraction, 62 random ones.

    What one process makes is in the order in which it was made, within a millisecond too: rows that are written together
    can be read in their order. Source: RFC 9562 §5.7, §6.2 method 3.
    """
    tick = _next_tick()
    value = (tick >> 12 & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (tick & 0xFFF) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def id_at(at: dt.datetime, what: str) -> uuid.UUID:
    """Return an id of version 7 that only the instant and `what` decide; `database.loading.FUNCTIONS` makes the same."""
    milliseconds = f"{int(at.timestamp() * 1000):012x}"
    digest = hashlib.md5(what.encode(), usedforsecurity=False).hexdigest()
    return uuid.UUID(f"{milliseconds}7{digest[13:16]}8{digest[17:]}")


def _next_tick() -> int:
    """Return the time in 1/4096 of a millisecond, or one more than the last answer when the clock did not move on."""
    global _last  # noqa: PLW0603 - the last id of this process is a fact of the process
    with _one_at_a_time:
        _last = max((time.time_ns() << 12) // _NANOSECONDS_IN_A_MILLISECOND, _last + 1)
        return _last
