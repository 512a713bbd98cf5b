"""The jobs of `nationalportal`: once a night, what the portal's code lists and its catalogue say otherwise than ours."""

from __future__ import annotations

import uuid
from contextlib import suppress

import structlog
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.adapters.client import is_named
from vanlang.nationalportal.adapters.feed import pull_feed
from vanlang.nationalportal.adapters.lists import pull_lists
from vanlang.nationalportal.errors import FeedNotPossibleError, PortalError
from vanlang.nationalportal.services.feed import PULL, ask_feed

log = structlog.get_logger(__name__)


@app.periodic(cron="10 3 * * *")
@app.task(name="nationalportal.lists", queue="connectors", queueing_lock="nationalportal.lists")
def compare_lists(timestamp: int) -> None:
    """Compare code lists; a portal that does not answer is asked the next night."""
    if not is_named():
        return
    with acting(Scope.system()):
        try:
            found = pull_lists(at=clock.now())
        except PortalError as failure:
            log.warning("lists_not_compared", code=failure.portal_code)
        else:
            log.info("lists_compared", **{kind.value: count for kind, count in found.items()})


@app.task(name=PULL, queue="connectors")
def read_feed(*, run_id: str) -> None:
    """Read the portal's catalogue for a run that somebody asked for, and its code lists before."""
    with acting(Scope.system()):
        with suppress(PortalError):  # the run says it, too
            pull_lists(at=clock.now())
        pull_feed(uuid.UUID(run_id), clock=clock.now)


@app.periodic(cron="30 3 * * *")
@app.task(name="nationalportal.feed_nightly", queue="connectors", queueing_lock="nationalportal.feed_nightly")
def read_feed_nightly(timestamp: int) -> None:
    """Read the portal's catalogue; a run that goes on already is enough."""
    if not is_named():
        return
    with acting(Scope.system()), suppress(FeedNotPossibleError):
        pull_feed(ask_feed(actor=None, at=clock.now(), defer=False), clock=clock.now)
