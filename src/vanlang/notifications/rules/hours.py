"""Quiet hours: from 21:00 to 07:00 nobody's telephone makes a sound for the state, unless it is urgent."""

from __future__ import annotations

import datetime as dt

from vanlang.notifications.types import NoticeChannel

QUIET_FROM, QUIET_TO = dt.time(21), dt.time(7)
LOUD = frozenset({NoticeChannel.SMS, NoticeChannel.PUSH, NoticeChannel.MESSENGER})
"""An e-mail waits silently; these make a sound."""


def is_quiet(at: dt.datetime) -> bool:
    """Return whether `at`, in its own zone, lies in the quiet hours [21:00, 07:00)."""
    return at.time() >= QUIET_FROM or at.time() < QUIET_TO


def may_sound_at(at: dt.datetime, *, channel: NoticeChannel, urgent: bool) -> dt.datetime:
    """Return the first instant from `at` on at which a message may go by `channel`."""
    if urgent or channel not in LOUD or not is_quiet(at):
        return at
    return next_morning(at)


def next_morning(at: dt.datetime) -> dt.datetime:
    """Return the next end of the quiet hours after `at`."""
    morning = at.replace(hour=QUIET_TO.hour, minute=QUIET_TO.minute, second=0, microsecond=0)
    return morning if morning > at else morning + dt.timedelta(days=1)
