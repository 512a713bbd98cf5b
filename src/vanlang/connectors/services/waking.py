from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SEND, APPLY = "connectors.send", "connectors.apply"
"""Names of the jobs that empty the boxes (jobs.py)."""


def wake_sender(system: str) -> None:
    """Ask for one run of the sender of a system, unless one waits already. Called after the commit: it can lose nothing."""
    _wake(SEND, f"{SEND}:{system}", system=system)


def wake_receiver() -> None:
    """Ask for one run of what applies arrivals."""
    _wake(APPLY, APPLY)


def _wake(job: str, lock: str, **given: str) -> None:
    if not settings.VANLANG_CONNECTORS_WAKE:
        return
    with suppress(AlreadyEnqueued):
        app.configure_task(job, queue="connectors", queueing_lock=lock).defer(**given)
