"""The jobs of `files`: ask the scanner again, sweep what nothing refers to."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.files import ports
from vanlang.files.services.store import rescan, sweep
from vanlang.files.types import ScanState
from vanlang.kernel import clock
from vanlang.kernel.errors import OutsideSystemError
from vanlang.kernel.scope import Scope, acting

log = structlog.get_logger(__name__)

_HASH = re.compile(r"[0-9a-f]{64}")
SWEEP_AFTER = timedelta(hours=24)
"""Content is written before its row commits; a day is longer than any transaction."""


@app.task(name="files.scan", queue="files", retry=RetryStrategy(max_attempts=12, exponential_wait=4))
def scan_file(*, file_id: str) -> None:
    """Ask the virus scanner about one file; try again later when it does not answer."""
    with acting(Scope.system()):
        state = rescan(file_id=UUID(file_id), at=clock.now())
    if state is ScanState.UNSCANNED:
        raise OutsideSystemError("clamd", retryable=True)


@app.periodic(cron="17 2 * * *")
@app.task(name="files.sweep", queue="files", queueing_lock="files.sweep")
def sweep_contents(timestamp: int) -> None:
    """Delete content whose rows never came or are gone, once a night."""
    with acting(Scope.system()):
        old = [
            name for name in ports.contents().list_older(clock.now() - SWEEP_AFTER) if _HASH.fullmatch(name)
        ]
        swept = sum(sweep(sha256=sha256) for sha256 in old)
    log.info("contents_swept", looked_at=len(old), swept=swept)
