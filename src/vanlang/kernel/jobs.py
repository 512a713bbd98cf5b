"""The jobs of the kernel: delivering events. Everything slow or outside happens in a job, after the commit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from vanlang.kernel import events
from vanlang.kernel.scope import Scope, acting


@app.task(
    name="kernel.deliver_event",
    queue="events",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def deliver_event(*, name: str, payload: dict[str, Any], to: str) -> None:
    """Hand one stored event to one subscriber, in one transaction."""
    with acting(Scope.system()), transaction.atomic():
        events.dispatch(name, payload, to)


@app.periodic(cron="* * * * *")
@app.task(name="kernel.sweep_stalled", queue="events", pass_context=True)
async def sweep_stalled(context: JobContext, timestamp: int) -> None:
    """
    Every minute: put back jobs whose worker died while doing them.

    A job of which only one may wait, and one waits already, is let go: the one that waits does the same. It must not
    keep the others from being put back.
    """
    await put_back(context.app.job_manager)


async def put_back(manager: JobManager) -> None:
    """Put back every stalled job, each by itself."""
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, Status.ABORTED, delete_job=False)
