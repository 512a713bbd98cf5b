"""The jobs of scanning: looking at new pages, and sweeping what nobody came back to."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.scanning.queries import list_forgotten
from vanlang.scanning.services import examine, sweep

log = structlog.get_logger(__name__)


@app.task(name="scanning.examine", queue="files", retry=RetryStrategy(max_attempts=3, wait=5))
def examine_batch(*, batch_id: str) -> None:
    """Look at the pages of a batch that came in."""
    with acting(Scope.system()):
        examine(batch_id=UUID(batch_id), at=clock.now())


@app.periodic(cron="41 2 * * *")
@app.task(name="scanning.sweep", queue="files", queueing_lock="scanning.sweep")
def sweep_batches(timestamp: int) -> None:
    """Let go, once a night, what nobody has touched for some days."""
    now = clock.now()
    before = now - timedelta(days=settings.VANLANG_SCANS_KEPT_DAYS)
    with acting(Scope.system()):
        swept = sum(sweep(batch_id=key, before=before, at=now) for key in list_forgotten(before))
    log.info("scans_swept", batches=swept)
