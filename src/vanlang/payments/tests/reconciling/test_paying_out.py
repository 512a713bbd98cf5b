"""What the platform transfers, and what stands between it and us until it is cleared."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotAllowed, MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import CarriedDifference, DayClose, MoneyDifference
from vanlang.payments.services import reconciling
from vanlang.payments.tests.reconciling.conftest import CASH, DAY, PLATFORM, Books
from vanlang.payments.types import Clearing, LedgerAccount, Match, StatementLine


def test_a_line_that_was_never_ours_is_owed_back(books: Books) -> None:
    books.pay("GD1")
    books.state([*books.taken, StatementLine("GD9", 9_000, books.on, "NHAM DON VI")])
    books.explain("GD9")
    books.close()
    assert books.balances() == (0, 67_000, -9_000), "the bank has what the statement transferred"
    books.clear("GD9")
    assert books.balances() == (0, 58_000, 0)
    assert not api.prove_books().faults


def test_a_line_that_stood_twice_is_not_ours_twice(books: Books) -> None:
    books.pay("GD1")
    books.state([*books.taken, *books.taken])
    row = MoneyDifference.objects.get()
    assert (row.match, row.ours_vnd, row.theirs_vnd) == (Match.DOUBLED, 58_000, 116_000)
    books.explain("GD1")
    books.close()
    assert books.balances() == (0, 116_000, -58_000)
    carried = CarriedDifference.objects.get()
    assert (carried.vnd, carried.explanation) == (-58_000, "Nền tảng xác nhận bằng văn bản")
    assert not api.prove_books().faults


def test_what_a_later_statement_takes_back_is_even(books: Books) -> None:
    books.pay("GD1")
    books.state([*books.taken, *books.taken])
    books.explain("GD1")
    books.close()
    later = books.on + DAY
    books.pay("GD2", at=books.at + DAY)
    books.state(
        [books.taken[1], StatementLine("GD1", -58_000, later, "thu hồi")], on=later, at=books.at + 2 * DAY
    )
    assert books.differences(later) == {}, "the three lines of GD1 are what we have"
    books.close(on=later, at=books.at + 2 * DAY)
    assert books.balances() == (0, 116_000, 0)
    assert set(CarriedDifference.objects.values_list("vnd", "clearing")) == {
        (-58_000, Clearing.EVENED), (58_000, Clearing.EVENED),
    }  # fmt: skip
    assert not api.prove_books().faults


def test_a_line_of_another_day_again_is_found(books: Books) -> None:
    """Twice in one statement is seen at once; twice in two statements must be, too."""
    books.pay("GD1")
    books.state(books.taken)
    books.close()
    later = books.on + DAY
    books.state(books.taken, on=later, at=books.at + 2 * DAY)
    assert {match for match, _ in books.differences(later).values()} == {Match.DOUBLED}


def test_money_that_came_late_evens_what_was_carried(books: Books) -> None:
    books.state([StatementLine("GD9", 58_000, books.on, "PTGD9")])
    books.explain("GD9")
    books.close()
    assert books.balances() == (0, 58_000, -58_000)
    books.pay("GD9", at=books.at + DAY)
    later = books.on + DAY
    books.state([], on=later, at=books.at + 2 * DAY)
    books.close(on=later, at=books.at + 2 * DAY)
    assert books.balances() == (0, 58_000, 0)


def test_what_they_never_transferred_is_owed_to_us(books: Books) -> None:
    books.pay("GD1")
    books.state([])
    books.explain("GD1")
    books.close()
    assert books.balances() == (0, 0, 58_000)
    books.clear("GD1", Clearing.COST, "Quyết định 12 ngày 30/11/2026")
    assert books.balances() == (0, 0, 0)
    assert books.balance(LedgerAccount.COSTS) == 58_000


def test_cash_that_was_not_handed_over_stands_by_itself(books: Books) -> None:
    demand = books.money.demand()
    hung = books.money.world.hung
    api.take_cash(demand_id=demand.id, amount_vnd=58_000, what_for="Lệ phí", actor=hung, at=books.at)
    reconciling.count_cash(
        agency_id=books.agency, on=books.on, vnd=57_000, actor=books.hanh, at=books.next_day
    )
    books.explain(f"cash:{books.on}")
    books.close(CASH)
    assert books.balance(LedgerAccount.DRAWER) == 57_000
    assert books.balance(LedgerAccount.DIFFERENCES) == 1_000
    assert not api.prove_books().faults


# --- clearing -----------------------------------------------------------------------------------------


@pytest.fixture
def carried(books: Books) -> CarriedDifference:
    books.pay("GD1")
    books.state([])
    books.explain("GD1")
    books.close()
    return CarriedDifference.objects.get()


def test_a_difference_is_cleared_once(books: Books, carried: CarriedDifference) -> None:
    books.clear("GD1")

    def again(document: str) -> None:
        reconciling.clear_difference(
            carried_id=carried.pk,
            clearing=Clearing.BANK,
            document=document,
            actor=books.hanh,
            at=books.next_day,
        )

    again("UNC 17 ngày 30/11/2026")
    assert books.balances() == (0, 58_000, 0), "pressed twice, booked once"
    with pytest.raises(MoneyNotPossible, match="difference_is_cleared"):
        again("UNC 18 ngày 01/12/2026")


@pytest.mark.parametrize(
    ("clearing", "document"), [(Clearing.BANK, "  "), (Clearing.EVENED, "UNC 17 ngày 30/11/2026")]
)
def test_a_clearing_has_a_document(
    books: Books, carried: CarriedDifference, clearing: Clearing, document: str
) -> None:
    with pytest.raises(MoneyNotAcceptable):
        books.clear("GD1", clearing, document)


def test_only_the_accountant_of_the_agency_clears(books: Books, carried: CarriedDifference) -> None:
    world = books.money.world
    stranger = dataclasses.replace(books.hanh, agency_id=world.nong_trang.id)
    for actor, error in (
        (world.phuc, MoneyNotAllowed),
        (world.hung, MoneyNotAllowed),
        (stranger, MoneyNotFound),
    ):
        with pytest.raises(error):
            reconciling.clear_difference(
                carried_id=carried.pk,
                clearing=Clearing.BANK,
                document="UNC 17",
                actor=actor,
                at=books.next_day,
            )
    with acting(Scope.officer(world.nong_trang.id)):
        assert not CarriedDifference.objects.exists()


@pytest.mark.parametrize("change", [{"vnd": 1}, {"explanation": "khác"}])
def test_what_was_carried_stands(carried: CarriedDifference, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="stands"), transaction.atomic():
        CarriedDifference.objects.update(**change)


# --- whatever the statements say ------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One transaction: on which day it is in our books, and the lines of it on statements."""

    vnd: int
    ours: int | None
    theirs: tuple[tuple[int, int], ...]
    """(day, amount)."""


amounts = st.sampled_from([8_000, 58_000, 50_000])
lines = st.lists(st.tuples(st.integers(0, 2), amounts | amounts.map(lambda vnd: -vnd)), max_size=3).map(tuple)
transactions = st.lists(
    st.builds(Told, amounts, st.none() | st.integers(0, 2), lines), min_size=1, max_size=5
)


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(transactions, st.booleans())
def test_whatever_the_statements_say_the_platform_holds_nothing_in_the_end(
    books: Books, told: list[Told], each_day_alone: bool
) -> None:
    """The bank has what was transferred, and the rest stands on the account of differences, to the đồng."""
    last = StatementLine("LAST", 10_000_000, books.on + 3 * DAY)
    with transaction.atomic():
        came(books, "LAST", last.vnd, 3)
        for number, one in enumerate(told):
            if one.ours is not None:
                came(books, f"GD{number}", one.vnd, one.ours)
        days = [
            [StatementLine(f"GD{number}", vnd, books.on) for number, one in enumerate(told)
             for on, vnd in one.theirs if on == day]
            for day in range(3)
        ] + [[last]]  # fmt: skip
        end(books, days, each_day_alone=each_day_alone)
        ours = last.vnd + sum(one.vnd for one in told if one.ours is not None)
        theirs = last.vnd + sum(vnd for one in told for _, vnd in one.theirs)
        assert books.balances() == (0, theirs, ours - theirs)
        assert not api.prove_books().faults
        clear_all(books)
        assert books.balance(LedgerAccount.DIFFERENCES) == 0
        assert not api.prove_books().faults
        transaction.set_rollback(True)


def came(books: Books, name: str, vnd: int, day: int) -> None:
    """Money of nobody: laid aside, and in the books like any other."""
    api.confirm(
        way=PLATFORM, reference="KHAC", transaction_id=name, amount_vnd=vnd, at=books.at + day * DAY,
        agency_id=books.agency,
    )  # fmt: skip


def end(books: Books, days: list[list[StatementLine]], *, each_day_alone: bool) -> None:
    """Hand in the statements, explain what is left and close: day by day, or all statements before the first close."""
    at = books.at + 5 * DAY
    if not each_day_alone:
        for number, lines in enumerate(days):
            books.state(lines, on=books.on + number * DAY, at=at)
    for number, lines in enumerate(days):
        on = books.on + number * DAY
        if each_day_alone:
            books.state(lines, on=on, at=at)
        for row in MoneyDifference.objects.filter(on=on, state__in=["open", "waiting"]):
            books.explain(row.transaction, on)
        books.close(on=on, at=at)
    assert DayClose.objects.count() == len(days)


def clear_all(books: Books) -> None:
    for row in CarriedDifference.objects.filter(cleared_at=None):
        reconciling.clear_difference(
            carried_id=row.pk,
            clearing=Clearing.BANK,
            document="UNC 1",
            actor=books.hanh,
            at=books.at + 6 * DAY,
        )


# --- what went back ---------------------------------------------------------------------------------------


def test_what_went_back_is_taken_off_the_next_payout(books: Books) -> None:
    paid, phuc = books.pay("GD1"), books.money.world.phuc
    books.state(books.taken)
    books.close()
    later = books.at + DAY
    key = api.propose_refund(payment_id=paid, reason="Nộp nhầm", actor=phuc, at=later)
    api.ask_refund(refund_id=key, expected_balance=58_000, actor=phuc, at=later)
    api.confirm_refund(refund_id=key, transaction_id="HT1", at=later)
    refund = StatementLine("HT1", -58_000, later.date())
    books.state([refund], on=later.date(), at=later + DAY)
    books.close(on=later.date(), at=later + DAY)
    assert (books.balance(LedgerAccount.CLEARING), books.balance(LedgerAccount.BANK)) == (-58_000, 58_000)
    third = later + DAY
    books.pay("GD2", at=third)
    books.pay("GD3", at=third)
    books.state(books.taken[1:], on=third.date(), at=third + DAY)
    books.close(on=third.date(), at=third + DAY)
    assert (books.balance(LedgerAccount.CLEARING), books.balance(LedgerAccount.BANK)) == (0, 116_000)
