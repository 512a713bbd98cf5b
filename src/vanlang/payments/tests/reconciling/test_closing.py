"""Days and months closed for good, cash counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from vanlang.payments import api
from vanlang.payments.api import PaymentWay
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotPossible
from vanlang.payments.models import DayClose, MoneyDifference, StatementImport
from vanlang.payments.rules import reconciliation as rules
from vanlang.payments.services import reconciling
from vanlang.payments.tests.reconciling.conftest import CASH, DAY, PLATFORM, Books
from vanlang.payments.types import (
    DifferenceState,
    Match,
)


def test_nothing_comes_into_a_closed_day(books: Books) -> None:
    books.pay("GD1")
    books.state(books.taken)
    books.close()
    with pytest.raises(MoneyNotPossible, match="day_is_closed"):
        books.state([])
    with pytest.raises(MoneyNotPossible, match="day_is_closed"):
        books.close()
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        books.pay("GD2")
    books.pay("GD2", at=books.at + DAY)
    books.pay("FT1", PaymentWay.BANK_QR)
    assert not api.prove_books().faults


@pytest.mark.parametrize(
    "statement", ["UPDATE payments_dayclose SET ours_vnd = 0", "DELETE FROM payments_dayclose"]
)
def test_a_closed_day_stands(books: Books, statement: str) -> None:
    books.pay("GD1")
    books.state(books.taken)
    books.close()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_itself_refuses_an_unexplained_day(books: Books) -> None:
    books.pay("GD1")
    books.state([])
    told = {
        "agency_id": books.agency, "way": PLATFORM, "on": books.on, "statement": StatementImport.objects.get(),
        "ours_vnd": 0, "theirs_vnd": 0, "explained": 0, "closed_at": books.next_day,
        "closed_by_id": books.hanh.appointment_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="nobody explained"), transaction.atomic():
        DayClose.objects.create(**told)
    MoneyDifference.objects.update(state=DifferenceState.HEALED, settled_at=books.at)
    with pytest.raises(IntegrityError, match="not over"), transaction.atomic():
        DayClose.objects.create(**told | {"closed_at": books.at})


def test_a_day_is_closed_after_it_is_over_and_only_with_a_statement(books: Books) -> None:
    books.pay("GD1")
    with pytest.raises(MoneyNotPossible, match="no_statement"):
        books.close()
    books.state(books.taken)
    with pytest.raises(MoneyNotPossible, match="day_is_not_over"):
        books.close(at=books.at)


def test_a_month_is_closed_when_its_days_are(books: Books) -> None:
    books.pay("GD1")
    books.state(books.taken)
    december = dt.datetime(2026, 12, 1, 9, 0, tzinfo=books.at.tzinfo)

    def close_month(at: dt.datetime = december) -> None:
        reconciling.close_month(agency_id=books.agency, month=books.on, actor=books.hanh, at=at)

    with pytest.raises(MoneyNotPossible, match="month_is_not_over"):
        close_month(books.next_day)
    with pytest.raises(MoneyNotPossible, match="month_has_open_days"):
        close_month()
    books.close()
    close_month()
    with pytest.raises(MoneyNotPossible, match="month_is_closed"):
        close_month()
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        books.pay("FT1", PaymentWay.BANK_QR)


# --- cash ------------------------------------------------------------------------------------------------


def test_a_day_of_cash_is_counted(books: Books) -> None:
    hung = books.money.world.hung
    for _ in range(2):
        demand = books.money.demand()
        api.take_cash(demand_id=demand.id, amount_vnd=58_000, what_for="Lệ phí", actor=hung, at=books.at)
    reconciling.count_cash(
        agency_id=books.agency, on=books.on, vnd=115_000, actor=books.hanh, at=books.next_day
    )
    assert list(books.differences().values()) == [(Match.AMOUNT, DifferenceState.OPEN)]
    reconciling.count_cash(
        agency_id=books.agency, on=books.on, vnd=116_000, actor=books.hanh, at=books.next_day
    )
    assert list(books.differences().values()) == [(Match.AMOUNT, DifferenceState.HEALED)]
    books.close(CASH)
    with pytest.raises(MoneyNotAcceptable):
        reconciling.count_cash(agency_id=books.agency, on=books.on, vnd=-1, actor=books.hanh, at=books.at)


def test_no_cash_where_the_books_have_some_is_nobodys_waiting(books: Books) -> None:
    demand = books.money.demand()
    api.take_cash(
        demand_id=demand.id, amount_vnd=58_000, what_for="Lệ phí", actor=books.money.world.hung, at=books.at
    )
    reconciling.count_cash(agency_id=books.agency, on=books.on, vnd=0, actor=books.hanh, at=books.next_day)
    assert list(books.differences().values()) == [(Match.MISSING_THERE, DifferenceState.OPEN)]


# --- the rule by itself -----------------------------------------------------------------------------------

days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@given(days, days, st.booleans(), st.booleans(), st.integers(0, 3))
def test_a_day_closes_once_over_told_and_explained(
    on: dt.date, today: dt.date, is_closed: bool, has_statement: bool, unresolved: int
) -> None:
    refusal = rules.may_close(
        on, today, is_closed=is_closed, has_statement=has_statement, unresolved=unresolved
    )
    assert (refusal is None) == (not is_closed and on < today and has_statement and unresolved == 0)


@given(days)
def test_a_month_ends_where_the_next_begins(on: dt.date) -> None:
    first = on.replace(day=1)
    following = rules.next_month(first)
    assert (following.day, (following - dt.timedelta(days=1)).month) == (1, first.month)
