from __future__ import annotations

import datetime as dt
import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.payments.adapters import platform
from vanlang.payments.adapters.asking import ask_round
from vanlang.payments.adapters.statements import fetch_day
from vanlang.payments.queries import list_incomplete, list_payments_to_expire
from vanlang.payments.services import complete_receipt, expire

_PATIENT = RetryStrategy(max_attempts=8, exponential_wait=3)
"""A database that starts again is back long before the last try."""


@app.task(name="payments.complete_receipt", queue="events", retry=_PATIENT)
def complete(*, receipt_id: str) -> None:
    """Print a receipt and seal its data."""
    with acting(Scope.system()):
        complete_receipt(receipt_id=uuid.UUID(receipt_id), at=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="payments.complete_receipts", queue="events")
def complete_receipts(timestamp: int) -> None:
    """Come back to receipts that could not be printed or sealed."""
    with acting(Scope.system()):
        for receipt_id in list_incomplete():
            complete_receipt(receipt_id=receipt_id, at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="payments.expire", queue="events")
def expire_attempts(timestamp: int) -> None:
    """Stop waiting for attempts whose time is over."""
    at = clock.now()
    with acting(Scope.system()):
        for payment_id in list_payments_to_expire(at):
            expire(payment_id=payment_id, at=at)


@app.periodic(cron="* * * * *")
@app.task(name="payments.ask", queue="connectors", queueing_lock="payments.ask")
def ask_platform(timestamp: int) -> None:
    """Every minute: ask what became of payments that the platform has not called back about."""
    if not platform.is_named():
        return
    with acting(Scope.system()):
        ask_round(at=clock.now())


@app.periodic(cron="40 18 * * *")
@app.task(name="payments.fetch_yesterday", queue="connectors", queueing_lock="payments.fetch_yesterday")
def fetch_yesterday(timestamp: int) -> None:
    """Every night, after midnight in Vietnam: the statement of the day that is over."""
    if platform.is_named():
        at = clock.now()
        with acting(Scope.system()):
            fetch_day(at.date() - dt.timedelta(days=1), at=at)


@app.task(name="payments.fetch_day", queue="connectors", retry=_PATIENT)
def fetch_one_day(*, on: str) -> None:
    """Fetch the statement of a day again, because a person asked for it."""
    with acting(Scope.system()):
        fetch_day(dt.date.fromisoformat(on), at=clock.now())
