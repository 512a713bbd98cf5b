"""The jobs of `configuration`: writing an import and writing it back, batch after batch, where the last one ended."""

from __future__ import annotations

import uuid

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.configuration.services.deciding import undo_batch, write_batch
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting

log = structlog.get_logger(__name__)


@app.task(
    name="configuration.write", queue="configuration", retry=RetryStrategy(max_attempts=5, exponential_wait=3)
)
def write_import(*, run_id: str) -> None:
    """Write an import that somebody decided on."""
    batches = 0
    with acting(Scope.system()):
        while write_batch(run_id=uuid.UUID(run_id), at=clock.now()):
            batches += 1
    log.info("import_written", run=run_id, batches=batches)


@app.task(
    name="configuration.undo", queue="configuration", retry=RetryStrategy(max_attempts=5, exponential_wait=3)
)
def undo_written(*, run_id: str) -> None:
    """Write an import back."""
    batches = 0
    with acting(Scope.system()):
        while undo_batch(run_id=uuid.UUID(run_id), at=clock.now()):
            batches += 1
    log.info("import_undone", run=run_id, batches=batches)
