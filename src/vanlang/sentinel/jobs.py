"""The jobs of `sentinel`: a comparison that was asked for, and every night one of each system."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import suppress

import structlog
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.sentinel import ports
from vanlang.sentinel.errors import RunGoesOnError
from vanlang.sentinel.services.asking import COMPARE, ask_run
from vanlang.sentinel.services.comparing import carry_out, list_lost

log = structlog.get_logger(__name__)
NIGHTLY = dt.timedelta(days=400)
"""Records received within so many days are compared every night; older ones when somebody asks."""


@app.task(name=COMPARE, queue="sentinel")
def compare(*, run_id: str) -> None:
    """Carry one comparison out."""
    with acting(Scope.system()):
        carry_out(run_id=uuid.UUID(run_id), clock=clock.now)


@app.periodic(cron="20 1 * * *")
@app.task(name="sentinel.nightly", queue="sentinel", queueing_lock="sentinel.nightly")
def nightly(timestamp: int) -> None:
    """Every night: compare what was received up to yesterday, system by system."""
    for comparison in ports.comparisons():
        if comparison.ways:
            with suppress(RunGoesOnError), acting(Scope.system()):
                run_id = compare_recent(comparison.system, clock.now())
                carry_out(run_id=run_id, clock=clock.now)


@app.periodic(cron="*/15 * * * *")
@app.task(name="sentinel.sweep", queue="sentinel", queueing_lock="sentinel.sweep")
def sweep(timestamp: int) -> None:
    """Take over comparisons whose worker died."""
    with acting(Scope.system()):
        for run_id in list_lost(clock.now()):
            log.warning("comparison_taken_over", run=str(run_id))
            carry_out(run_id=run_id, clock=clock.now)


def compare_recent(system: str, at: dt.datetime) -> uuid.UUID:
    """Ask for the nightly comparison of a system. Raises: RunGoesOnError."""
    yesterday = at.astimezone(clock.VIETNAM).date() - dt.timedelta(days=1)
    return ask_run(system=system, first_on=yesterday - NIGHTLY, last_on=yesterday, at=at, defer=False)
