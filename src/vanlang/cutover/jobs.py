"""The job of `cutover`: dossiers enter, batch after batch, where the last one ended."""

from __future__ import annotations

import uuid

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.cutover.services.running import take_over_batch
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting

log = structlog.get_logger(__name__)


@app.task(name="cutover.take_over", queue="cutover", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def take_over_export(*, run_id: str) -> None:
    """Let the dossiers of an export enter that somebody decided on."""
    batches = 0
    with acting(Scope.system()):
        while take_over_batch(run_id=uuid.UUID(run_id), at=clock.now()):
            batches += 1
    log.info("export_taken_over", run=run_id, batches=batches)
