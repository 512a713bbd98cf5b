"""The same callback, many at once: real connections, real commits."""

from __future__ import annotations

import contextvars
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from vanlang.kernel.errors import DomainError
from vanlang.payments import api, ports
from vanlang.payments.api import Arriving, PaymentWay
from vanlang.payments.models import Entry, Payment, Stray
from vanlang.payments.tests.conftest import Money, make_money

pytestmark = pytest.mark.django_db(transaction=True)
TELLERS = 12


@pytest.fixture
def money(at: dt.datetime, transactional_db: None) -> Money:
    ports.forget()
    return make_money(at)


def at_once(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """Run tasks in threads that start together, each on its own connection and in the caller's scope."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            return task()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        futures = [pool.submit(contextvars.copy_context().run, run, task) for task in tasks]
        return [future.result(timeout=120) for future in futures]


def test_one_callback_told_by_many_at_once_is_booked_once(money: Money) -> None:
    demand = money.demand()
    at = money.world.at
    payment = api.get_payment(
        api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=money.world.lan, at=at)
    )

    def tell() -> object:
        return api.confirm(
            way=PaymentWay.BANK_QR,
            reference=payment.reference,
            transaction_id="FT1",
            amount_vnd=58_000,
            at=at,
        ).arriving

    answers = at_once([tell] * TELLERS)
    assert sorted(map(str, answers)) == sorted(["book", *["repeated"] * (TELLERS - 1)])
    assert Entry.objects.filter(source="bank_qr:FT1").count() == 1
    assert api.prove_books().holds


def test_many_transactions_for_one_demand_settle_it_once(money: Money) -> None:
    """Cash, and several transfers, at one instant: one covers it, every other đồng lies aside."""
    demand, at = money.demand(), money.world.at
    payment = api.get_payment(
        api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=money.world.lan, at=at)
    )

    def tell(number: int) -> Callable[[], object]:
        return lambda: (
            api.confirm(
                way=PaymentWay.BANK_QR,
                reference=payment.reference,
                transaction_id=f"FT{number // 2}",
                amount_vnd=58_000,
                at=at,
            ).arriving
        )

    def take() -> object:
        return api.take_cash(
            demand_id=demand.id, amount_vnd=58_000, what_for="Phí", actor=money.world.hung, at=at
        )

    answers = at_once([take, *(tell(number) for number in range(8))])
    covering = Payment.objects.filter(demand_id=demand.id, booked_at__isnull=False)
    assert covering.count() == 1
    assert Arriving.CONTRADICTED not in answers
    strays = 4 if covering.get().way == PaymentWay.CASH else 3
    assert Stray.objects.count() == strays
    assert Entry.objects.filter(source__startswith="bank_qr:").count() == 4
    assert api.prove_books().holds
