from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from vanlang.identity.api import consume, forget_full_allowances, give_back
from vanlang.identity.jobs import forget_what_is_over
from vanlang.identity.models import Allowance
from vanlang.kernel import clock

TEN_MINUTES = dt.timedelta(minutes=10)


def tries(key: str, at: dt.datetime, count: int) -> list[bool]:
    return [consume(key, limit=5, per=TEN_MINUTES, at=at) is None for _ in range(count)]


@pytest.mark.django_db
def test_the_sixth_try_of_five_is_refused_with_how_long_to_wait(at: dt.datetime) -> None:
    assert tries("tra-cuu:203.0.113.7", at, 5) == [True] * 5
    refusal = consume("tra-cuu:203.0.113.7", limit=5, per=TEN_MINUTES, at=at)
    assert refusal is not None
    assert refusal.code == "kernel.too_many_attempts"
    assert refusal.facts == {"minutes": 2, "retry_after_seconds": 120}


@pytest.mark.django_db
def test_keys_do_not_share(at: dt.datetime) -> None:
    tries("a", at, 6)
    assert tries("b", at, 5) == [True] * 5


@pytest.mark.django_db
def test_shares_grow_back_evenly_and_a_refused_try_costs_nothing(at: dt.datetime) -> None:
    tries("a", at, 30)
    assert tries("a", at + dt.timedelta(seconds=119), 1) == [False]
    assert tries("a", at + dt.timedelta(seconds=120), 2) == [True, False]
    assert tries("a", at + dt.timedelta(minutes=20), 6) == [True] * 5 + [False]


@pytest.mark.django_db
def test_no_period_sees_more_than_a_burst_and_what_grew_back(at: dt.datetime) -> None:
    passed = sum(tries("a", at + dt.timedelta(seconds=10 * step), 1)[0] for step in range(60))
    assert passed == 5 + 4  # within ten minutes, trying every ten seconds


@pytest.mark.django_db
def test_the_key_is_not_stored(at: dt.datetime) -> None:
    tries("0912345678", at, 1)
    row = Allowance.objects.get()
    assert len(bytes(row.key)) == 32
    assert b"0912" not in bytes(row.key)


@pytest.mark.django_db
def test_a_success_gives_the_tries_back(at: dt.datetime) -> None:
    tries("a", at, 5)
    give_back("a")
    assert tries("a", at, 5) == [True] * 5


@pytest.mark.django_db
def test_rows_that_say_nothing_are_forgotten(at: dt.datetime) -> None:
    tries("a", at, 1)
    tries("b", at, 5)
    assert forget_full_allowances(at + dt.timedelta(minutes=2)) == 1
    assert tries("b", at + dt.timedelta(minutes=2), 2) == [True, False]


@pytest.mark.django_db(transaction=True)
def test_a_try_cannot_be_undone_by_the_act_it_guards(at: dt.datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tries("a", at, 1)


@pytest.mark.django_db(transaction=True)
def test_processes_never_spend_the_same_share(at: dt.datetime) -> None:
    passed: list[bool] = []
    start = threading.Barrier(8)

    def spend() -> None:
        start.wait(timeout=10)
        try:
            passed.extend(tries("a", at, 4))
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (len(passed), sum(passed)) == (32, 5)


@pytest.mark.django_db
def test_the_nightly_job_forgets_what_is_over_and_keeps_what_is_not(at: dt.datetime) -> None:
    consume("a", limit=5, per=TEN_MINUTES, at=at)
    consume("b", limit=1, per=dt.timedelta(days=2), at=at)
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=at + dt.timedelta(days=days))
    with clock.frozen(at + dt.timedelta(hours=12)):
        forget_what_is_over(timestamp=0)
    assert Allowance.objects.count() == 1
    assert [session.session_key for session in Session.objects.all()] == ["open"]
