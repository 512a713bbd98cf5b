"""A booking that was begun before midnight, and somebody who closes the day: real connections, real commits."""

from __future__ import annotations

import contextvars
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from vanlang.identity.api import Role
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api, ports
from vanlang.payments.errors import MoneyNotPossible
from vanlang.payments.models import DayClose, Entry
from vanlang.payments.tests.conftest import make_money
from vanlang.payments.tests.reconciling.conftest import DAY, PLATFORM, Books
from vanlang.payments.types import StatementLine

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def books(at: dt.datetime, transactional_db: None) -> Iterator[Books]:
    ports.forget()
    money = make_money(at)
    hanh = dataclasses.replace(money.world.thao, roles=frozenset({Role.ACCOUNTANT}))
    with acting(Scope.system()):
        yield Books(money, hanh, at)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def begin(pool: ThreadPoolExecutor, task: Callable[[], object]) -> Future[object]:
    """Run a task on a connection of its own, in the caller's scope."""

    def run() -> object:
        try:
            return task()
        finally:
            connection.close()

    return pool.submit(contextvars.copy_context().run, run)


def waits(task: Future[object]) -> bool:
    """Say whether somebody waits for an advisory lock; or whether the task ended without ever waiting."""
    while not task.done():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return True
    return False


def money_came(books: Books, name: str) -> None:
    api.confirm(
        way=PLATFORM,
        reference="KHAC",
        transaction_id=name,
        amount_vnd=58_000,
        at=books.at,
        agency_id=books.agency,
    )


def test_who_closes_waits_for_what_was_begun_and_then_sees_it(books: Books, pool: ThreadPoolExecutor) -> None:
    money_came(books, "GD1")
    books.state([StatementLine("GD1", 58_000, books.on)])
    is_booked, is_asked = Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            money_came(books, "GD2")
            is_booked.set()
            assert is_asked.wait(PATIENCE)

    booking = begin(pool, slowly)
    assert is_booked.wait(PATIENCE)
    closing = begin(pool, books.close)
    waited = waits(closing)
    is_asked.set()
    booking.result(PATIENCE)
    with pytest.raises(MoneyNotPossible, match="day_is_unexplained"):
        closing.result(PATIENCE)
    assert waited, "otherwise it would have been closed without the money that came"
    assert not DayClose.objects.exists()


def test_what_comes_while_somebody_closes_is_refused(books: Books, pool: ThreadPoolExecutor) -> None:
    money_came(books, "GD1")
    books.state([StatementLine("GD1", 58_000, books.on)])
    is_closed, is_asked = Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            books.close()
            is_closed.set()
            assert is_asked.wait(PATIENCE)

    closing = begin(pool, slowly)
    assert is_closed.wait(PATIENCE)
    booking = begin(pool, lambda: money_came(books, "GD2"))
    waited = waits(booking)
    is_asked.set()
    closing.result(PATIENCE)
    with pytest.raises(IntegrityError, match="closed"):
        booking.result(PATIENCE)
    assert waited, "otherwise it would have been booked into a day that is closed the next moment"
    assert not Entry.objects.filter(source="platform:GD2").exists()
    books.at += DAY
    money_came(books, "GD2")
    assert api.prove_books().holds, "told again, it lies in the day that is open"
