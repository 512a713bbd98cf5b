"""The jobs of `dossiers`: counting again after a change of the calendar, the watch over what lies still, apologies."""

from __future__ import annotations

import datetime as dt

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.dossiers.rules.periods import CalendarChange
from vanlang.dossiers.services.apologies import close_moot, draft_apologies
from vanlang.dossiers.services.recounting import recount
from vanlang.dossiers.services.watching import watch
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting

log = structlog.get_logger(__name__)


@app.task(name="dossiers.recount", queue="dossiers", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def recount_dossiers(*, version: int, periods: list[tuple[str, str]], agency_id: int | None) -> None:
    """Count every dossier again that rests on these days, batch after batch; run twice, it finds nothing left."""
    change = CalendarChange(
        version=version,
        periods=tuple(
            (dt.date.fromisoformat(begins), dt.date.fromisoformat(ends)) for begins, ends in periods
        ),
        agency_id=agency_id,
    )
    moved = 0
    with acting(Scope.system()):
        done = recount(change=change, at=clock.now())
        while done.last is not None:
            moved += done.moved
            done = recount(change=change, after=done.last, at=clock.now())
    log.info("dossiers_recounted", calendar_version=version, agency_id=agency_id, moved=moved)


@app.periodic(cron="11 * * * *")
@app.task(name="dossiers.watch", queue="dossiers", queueing_lock="dossiers.watch")
def watch_dossiers(timestamp: int) -> None:
    """Find what is stuck, each hour; what stands for more than a working day is an alarm."""
    with acting(Scope.system()):
        watched = watch(at=clock.now())
    log.info("dossiers_watched", found=watched.found, raised=watched.raised, closed=watched.closed)


@app.periodic(cron="41 * * * *")
@app.task(name="dossiers.apologise", queue="dossiers", queueing_lock="dossiers.apologise")
def draft_due_apologies(timestamp: int) -> None:
    """Draft an apology for each dossier a working day before its appointment, batch after batch."""
    total = 0
    with acting(Scope.system()):
        moot = close_moot(at=clock.now())
        done = draft_apologies(at=clock.now())
        total += done.drafted
        while done.last is not None:
            done = draft_apologies(at=clock.now(), after=done.last)
            total += done.drafted
    log.info("apologies_drafted", drafted=total, moot=moot)
