"""Around every job: counted and noted by name, queue, outcome and duration. Never by its arguments."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import procrastinate
import structlog

from vanlang.operations.adapters.metrics.instruments import JOB_DURATION, JOBS

log = structlog.get_logger(__name__)


def attach(app: procrastinate.App) -> None:
    """Have every worker of `app` observed. Named by the setting PROCRASTINATE_ON_APP_READY."""
    defaults = app.worker_defaults
    defaults["worker_middleware"] = [*(defaults.get("worker_middleware") or []), observe]


async def observe(
    call_next: Callable[[], Awaitable[Any]], context: procrastinate.JobContext, worker: object
) -> Any:
    """Run a job; count it and write its line."""
    job = context.job
    began = time.perf_counter()
    outcome, error = "succeeded", None
    try:
        return await call_next()
    except BaseException as raised:
        outcome, error = "failed", raised
        raise
    finally:
        seconds = time.perf_counter() - began
        JOBS.labels(job.task_name, outcome).inc()
        JOB_DURATION.labels(job.task_name).observe(seconds)
        said = log.info if error is None else log.error
        said(
            "job", job=job.task_name, queue=job.queue, attempt=job.attempts + 1, outcome=outcome,
            ms=round(seconds * 1000, 1), exc_info=error,
        )  # fmt: skip
