from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SEND = "notifications.send"
"""Name of the job that empties the outbox (jobs.py)."""


def wake_sender() -> None:
    """Ask for one run of the sender, unless one is waiting already. Called after the commit: it can lose nothing."""
    if not settings.VANLANG_NOTIFICATIONS_WAKE:
        return
    with suppress(AlreadyEnqueued):
        app.configure_task(SEND, queue="notifications", queueing_lock=SEND).defer()
