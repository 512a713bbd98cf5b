"""What only they know is booked; and who may see and do any of it."""

from __future__ import annotations

import dataclasses
import uuid

import pytest

from vanlang.identity.api import SYSTEM as HOUSE
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api
from vanlang.payments.errors import MoneyNotAllowed, MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import Entry, MoneyDifference, Payment, StatementImport, Stray
from vanlang.payments.queries import reconciling as queries
from vanlang.payments.services import reconciling
from vanlang.payments.tests.reconciling.conftest import DAY, PLATFORM, Books
from vanlang.payments.types import (
    DifferenceState,
    LedgerAccount,
    Match,
    Notice,
    NoticeKind,
    Occasion,
    StatementLine,
    StatementSource,
)


def test_money_that_only_they_know_is_booked_for_what_it_was_asked(books: Books) -> None:
    demand = books.money.demand()
    key = begun(books, demand.id)
    reference = Payment.objects.get(pk=key).reference
    books.state([StatementLine("GD9", 58_000, books.on, reference)])
    assert books.differences() == {"GD9": (Match.MISSING_HERE, DifferenceState.OPEN)}
    reconciling.book_missing(difference_id=books.of("GD9"), actor=books.hanh, at=books.next_day)
    assert Payment.objects.get(pk=key).state == api.PaymentState.BOOKED
    assert books.differences()["GD9"][1] is DifferenceState.HEALED
    assert queries.compare_both(books.agency, PLATFORM, books.on)[0].match is Match.DAY
    books.close()


@pytest.mark.parametrize("answered", [True, False])
def test_money_of_nobody_goes_to_suspense(books: Books, answered: bool) -> None:
    books.state([StatementLine("GD9", 58_000, books.on, "KHAC")])
    other = Notice(NoticeKind.PAID, "PT0", "GD8", 1, "00", True, books.at)
    reconciling.book_missing(
        difference_id=books.of("GD9"), actor=books.hanh, at=books.next_day, notice=other if answered else None
    )
    stray = Stray.objects.get()
    assert (stray.transaction, stray.amount_vnd, stray.agency_id) == ("GD9", 58_000, books.agency)
    assert books.balance(LedgerAccount.SUSPENSE) == -58_000
    assert not api.prove_books().faults


def test_only_what_is_missing_here_can_be_booked(books: Books) -> None:
    books.pay("GD1")
    books.state([StatementLine("HT9", -58_000, books.on, "KHAC")])
    for name, code in (("GD1", "not_missing_here"), ("HT9", "refund_unknown")):
        with pytest.raises(MoneyNotPossible, match=code):
            reconciling.book_missing(difference_id=books.of(name), actor=books.hanh, at=books.next_day)


def test_a_refund_of_which_nobody_told_is_confirmed_by_the_statement(books: Books) -> None:
    paid, phuc = books.pay("GD1"), books.money.world.phuc
    key = api.propose_refund(payment_id=paid, reason="Nộp nhầm", actor=phuc, at=books.at)
    api.ask_refund(refund_id=key, expected_balance=58_000, actor=phuc, at=books.at)
    reference = api.get_refund(key).reference
    books.state([*books.taken, StatementLine("HT1", -58_000, books.on, reference)])
    reconciling.book_missing(difference_id=books.of("HT1"), actor=books.hanh, at=books.next_day)
    assert api.get_refund(key).state is api.RefundState.CONFIRMED
    books.close()
    assert books.balance(LedgerAccount.CLEARING) == 0
    assert not Entry.objects.filter(occasion=Occasion.SETTLED).exists(), "nothing was left to pay out"


# --- who may --------------------------------------------------------------------------------------------


def test_only_the_accountant_of_the_agency_closes(books: Books) -> None:
    books.pay("GD1")
    books.state(books.taken)
    world = books.money.world
    for actor in (world.hung, world.phuc, world.mai):
        with pytest.raises(MoneyNotAllowed):
            reconciling.close_day(
                agency_id=books.agency, way=PLATFORM, on=books.on, actor=actor, at=books.next_day
            )
    stranger = dataclasses.replace(books.hanh, agency_id=world.nong_trang.id)
    with pytest.raises(MoneyNotFound):
        reconciling.close_day(
            agency_id=books.agency, way=PLATFORM, on=books.on, actor=stranger, at=books.next_day
        )


def test_another_agency_sees_nothing_of_it(books: Books) -> None:
    books.pay("GD1")
    books.state([])
    with acting(Scope.officer(books.money.world.nong_trang.id)):
        assert not StatementImport.objects.exists()
        assert not MoneyDifference.objects.exists()
    with acting(Scope.officer(books.agency)):
        assert queries.count_unresolved(books.agency) == 0
        assert [one.unresolved for one in queries.list_open_days(books.agency, books.on, books.on + DAY)] == [
            1
        ]


def test_the_house_takes_statements_in_and_closes_nothing(books: Books) -> None:
    books.pay("GD1")
    reconciling.take_statement(
        agency_id=books.agency, way=PLATFORM, on=books.on, lines=books.taken, source=StatementSource.WIRE,
        actor=HOUSE, at=books.next_day,
    )  # fmt: skip
    with pytest.raises(MoneyNotAllowed):
        reconciling.close_day(
            agency_id=books.agency, way=PLATFORM, on=books.on, actor=HOUSE, at=books.next_day
        )


def begun(books: Books, demand_id: uuid.UUID) -> uuid.UUID:
    row = Payment(
        demand_id=demand_id, agency_id=books.agency, way=PLATFORM, state="begun", amount_vnd=58_000,
        reference="PTBEGUN2345678", begun_at=books.at, expires_at=books.at + DAY,
    )  # fmt: skip
    row.save()
    return row.pk
