"""The jobs of teamwork: carrying out transfers and batches, telling the day's digest."""

from __future__ import annotations

import datetime as dt
import uuid

import structlog
from django.db import DatabaseError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.scope import Scope, acting
from vanlang.teamwork.services.deciding import carry_out_next
from vanlang.teamwork.services.digest import list_due_digests, tell_digest
from vanlang.teamwork.services.transferring import carry_out_batch

log = structlog.get_logger(__name__)
_PATIENT = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name="teamwork.transfer", queue="teamwork", retry=_PATIENT)
def carry_out_transfer(*, transfer_id: str) -> None:
    """Move batch after batch until nothing waits. A worker that dies is followed by one that goes on."""
    key = uuid.UUID(transfer_id)
    while carry_out_batch(transfer_id=key, at=clock.now()):
        pass
    log.info("transfer_carried_out", transfer_id=transfer_id)


@app.task(name="teamwork.batch", queue="teamwork", retry=_PATIENT)
def carry_out_marked(*, batch_id: str) -> None:
    """Carry out a leader's marks one by one; a worker that dies is followed by one that goes on."""
    key = uuid.UUID(batch_id)
    while carry_out_next(batch_id=key, at=clock.now()):
        pass
    log.info("batch_carried_out", batch_id=batch_id)


@app.periodic(cron="*/20 * * * *")
@app.task(name="teamwork.digests", queue="teamwork", queueing_lock="teamwork.digests")
def tell_digests(timestamp: int) -> None:
    """Tell the officers whose hour has come; who was told today is not told again."""
    at = clock.now()
    with acting(Scope.system()):
        due = list_due_digests(at=at)
    told = sum(_told(appointment_id, account_id, at) for appointment_id, account_id in due)
    log.info("digests_told", due=len(due), told=told)


def _told(appointment_id: int, account_id: int, at: dt.datetime) -> bool:
    """Tell one officer; one who cannot be told is tried again with the next round, and keeps nobody else waiting."""
    try:
        return tell_digest(appointment_id=appointment_id, account_id=account_id, at=at)
    except (DomainError, DatabaseError) as error:
        log.warning("digest_not_told", appointment_id=appointment_id, error=type(error).__name__)
        return False
