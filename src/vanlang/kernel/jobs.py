"""The jobs of the kernel: delivering events. Everything slow or outside happens in a job, after the commit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

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


@app.periodic(cron="*/5 * * * *")
@app.task(name="kernel.sweep_stalled", queue="events", pass_context=True)
async def sweep_stalled(context: JobContext, timestamp: int) -> None:
    """Put back jobs whose worker died while doing them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
