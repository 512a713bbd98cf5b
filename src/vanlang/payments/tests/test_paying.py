"""Money that comes: once, whatever is said of it; and what becomes of the rest."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.identity.api import SYSTEM
from vanlang.payments import api
from vanlang.payments.api import (
    Arriving,
    DemandState,
    LedgerAccount,
    MoneyNotAcceptable,
    MoneyNotAllowed,
    MoneyNotPossible,
    PaymentState,
    PaymentWay,
    StrayReason,
    StrayState,
)
from vanlang.payments.models import Entry, Payment
from vanlang.payments.tests.conftest import Money
from vanlang.payments.tests.test_demanding import balances

BANK = PaymentWay.BANK_QR


def begun(money: Money, demand_id: object = None) -> api.PaymentCard:
    demand = money.demand() if demand_id is None else None
    found = api.begin_payment(
        demand_id=demand.id if demand else demand_id,  # type: ignore[arg-type] # one of the two
        way=BANK,
        actor=money.world.lan,
        at=money.world.at,
    )
    return api.get_payment(found)


def tell(
    money: Money, reference: str, transaction: str = "FT1", vnd: int = 58_000, **more: int
) -> api.Confirmed:
    return api.confirm(
        way=BANK, reference=reference, transaction_id=transaction, amount_vnd=vnd, at=money.world.at, **more
    )


def test_paid_and_told_again_and_again(money: Money) -> None:
    payment = begun(money)
    assert tell(money, payment.reference).arriving is Arriving.BOOK
    for _ in range(3):
        assert tell(money, payment.reference).arriving is Arriving.REPEATED
    found = api.get_settlement(payment.dossier_id)
    assert (found.state, found.owed_vnd) == (DemandState.PAID, 0)
    (paid,) = found.paid_by
    assert (paid.way, paid.transaction, len(paid.entry_ids)) == (BANK, "FT1", 1)
    assert Entry.objects.get(pk=paid.entry_ids[0]).payment_id == payment.id
    assert balances(payment.agency_id)[LedgerAccount.BANK] == 58_000
    assert LedgerAccount.RECEIVABLE not in balances(payment.agency_id)
    assert api.prove_books().holds


def test_the_same_attempt_is_shown_again(money: Money) -> None:
    payment = begun(money)
    assert begun(money, payment.demand_id).id == payment.id


def test_money_that_comes_after_failure_and_expiry_counts(money: Money) -> None:
    payment = begun(money)
    api.fail(reference=payment.reference, reason="24", at=money.world.at)
    assert api.get_payment(payment.id).state is PaymentState.FAILED
    api.expire(payment_id=payment.id, at=money.world.at)
    assert tell(money, payment.reference).arriving is Arriving.BOOK
    api.fail(reference=payment.reference, reason="24", at=money.world.at)
    assert api.get_payment(payment.id).state is PaymentState.BOOKED


def test_attempts_expire_by_themselves(money: Money) -> None:
    payment = begun(money)
    later = money.world.at + dt.timedelta(days=4)
    assert api.list_unpaid(payment.agency_id)
    from vanlang.kernel import clock
    from vanlang.payments.jobs import expire_attempts

    with clock.frozen(later):
        expire_attempts(0)
    assert api.get_payment(payment.id).state is PaymentState.EXPIRED


@pytest.mark.parametrize(
    ("vnd", "known", "reason"),
    [
        (58_001, True, StrayReason.AMOUNT),
        (1, True, StrayReason.AMOUNT),
        (58_000, False, StrayReason.REFERENCE),
    ],
)
def test_money_that_fits_nothing_is_kept_aside(
    money: Money, vnd: int, known: bool, reason: StrayReason
) -> None:
    payment = begun(money)
    reference = payment.reference if known else "PTNOBODYKNOWS9"
    told = tell(money, reference, vnd=vnd, agency_id=payment.agency_id)
    assert (told.arriving, told.reason) == (Arriving.STRAY, reason)
    assert tell(money, reference, vnd=vnd, agency_id=payment.agency_id).arriving is Arriving.REPEATED
    (stray,) = api.list_strays(payment.agency_id)
    assert (stray.amount_vnd, stray.state) == (vnd, StrayState.OPEN)
    assert balances(payment.agency_id)[LedgerAccount.SUSPENSE] == -vnd
    assert api.get_settlement(payment.dossier_id).paid_by == ()
    assert api.prove_books().holds


def test_one_transaction_with_another_reference_is_contradicted(money: Money) -> None:
    first, second = begun(money), begun(money)
    tell(money, first.reference)
    before = Entry.objects.count()
    assert tell(money, second.reference).arriving is Arriving.CONTRADICTED
    assert Entry.objects.count() == before
    assert api.get_demand(second.demand_id).state is DemandState.OPEN


def test_paid_twice_the_second_lies_aside_and_goes_back(money: Money) -> None:
    payment = begun(money)
    tell(money, payment.reference, "FT1")
    told = tell(money, payment.reference, "FT2")
    assert told.reason is StrayReason.PAID_ALREADY
    assert told.stray_id
    assert api.prove_books().holds
    at, phuc = money.world.at, money.world.phuc
    refund_id = api.return_stray(stray_id=told.stray_id, reason="Nộp hai lần", actor=phuc, at=at)
    with pytest.raises(MoneyNotPossible, match="another_balance"):
        api.ask_refund(refund_id=refund_id, expected_balance=1, actor=phuc, at=at)
    api.ask_refund(refund_id=refund_id, expected_balance=58_000, actor=phuc, at=at)
    assert api.prove_books().holds
    api.decline_refund(refund_id=refund_id, answer="9", at=at)
    assert balances(payment.agency_id)[LedgerAccount.SUSPENSE] == -58_000
    assert api.prove_books().holds
    again = api.return_stray(stray_id=told.stray_id, reason="Nộp hai lần", actor=phuc, at=at)
    api.ask_refund(refund_id=again, expected_balance=58_000, actor=phuc, at=at)
    for _ in range(2):
        api.confirm_refund(refund_id=again, transaction_id="R1", at=at)
    assert LedgerAccount.SUSPENSE not in balances(payment.agency_id)
    assert balances(payment.agency_id)[LedgerAccount.BANK] == 58_000
    assert api.prove_books().holds


def test_money_without_reference_is_matched_by_a_person(money: Money) -> None:
    demand, hung, at = money.demand(), money.world.hung, money.world.at
    told = tell(money, "", agency_id=demand.agency_id)
    assert told.stray_id
    with pytest.raises(MoneyNotAllowed):
        api.match_stray(stray_id=told.stray_id, demand_id=demand.id, actor=money.world.mai, at=at)
    payment_id = api.match_stray(stray_id=told.stray_id, demand_id=demand.id, actor=hung, at=at)
    with pytest.raises(MoneyNotPossible, match="stray_is_settled"):
        api.match_stray(stray_id=told.stray_id, demand_id=money.demand().id, actor=hung, at=at)
    (paid,) = api.get_settlement(demand.dossier_id).paid_by
    assert (paid.payment_id, paid.transaction) == (payment_id, "FT1")
    assert paid.entry_ids
    assert api.prove_books().holds


def test_money_is_matched_exactly_or_not(money: Money) -> None:
    demand = money.demand()
    told = tell(money, "", vnd=57_999, agency_id=demand.agency_id)
    assert told.stray_id
    with pytest.raises(MoneyNotPossible, match="another_amount"):
        api.match_stray(
            stray_id=told.stray_id, demand_id=demand.id, actor=money.world.hung, at=money.world.at
        )


def test_cash_is_taken_exactly_into_an_open_drawer(money: Money) -> None:
    demand, hung, at = money.demand(), money.world.hung, money.world.at

    def take(vnd: int) -> object:
        return api.take_cash(demand_id=demand.id, amount_vnd=vnd, what_for="Phí", actor=hung, at=at)

    with pytest.raises(MoneyNotAcceptable, match="not_the_amount"):
        take(60_000)
    money.drawer.open_to.clear()
    with pytest.raises(MoneyNotPossible, match="no_open_drawer"):
        take(58_000)
    money.drawer.open_to.add(hung.appointment_id)
    assert take(58_000) == take(58_000)
    assert list(money.drawer.inside.values()) == [58_000]
    assert balances(demand.agency_id)[LedgerAccount.DRAWER] == 58_000
    with pytest.raises(MoneyNotPossible, match="more_than_the_drawer"):
        api.carry_to_bank(agency_id=demand.agency_id, amount_vnd=58_001, slip="GNT 1", actor=hung, at=at)
    for _ in range(2):
        api.carry_to_bank(agency_id=demand.agency_id, amount_vnd=50_000, slip="GNT 1", actor=hung, at=at)
    api.note_difference(
        agency_id=demand.agency_id, drawer_id=demand.id, difference_vnd=-3_000, actor=hung, at=at
    )
    found = balances(demand.agency_id)
    assert (found[LedgerAccount.DRAWER], found[LedgerAccount.BANK]) == (5_000, 50_000)
    assert found[LedgerAccount.SUSPENSE] == 3_000
    assert api.prove_books().holds


def test_what_was_paid_goes_back_to_nothing_owed(money: Money) -> None:
    payment, phuc, at = begun(money), money.world.phuc, money.world.at
    tell(money, payment.reference)
    with pytest.raises(MoneyNotAllowed):
        api.propose_refund(payment_id=payment.id, reason="Rút hồ sơ", actor=money.world.hung, at=at)
    refund_id = api.propose_refund(payment_id=payment.id, reason="Rút hồ sơ", actor=phuc, at=at)
    assert refund_id == api.propose_refund(payment_id=payment.id, reason="Rút hồ sơ", actor=phuc, at=at)
    api.ask_refund(refund_id=refund_id, expected_balance=58_000, actor=phuc, at=at)
    assert api.prove_books().holds
    assert tell(money, payment.reference).arriving is Arriving.REPEATED
    api.confirm_refund(refund_id=refund_id, transaction_id="R9", at=at)
    assert api.get_demand(payment.demand_id).state is DemandState.CANCELLED
    assert balances(payment.agency_id) == {}
    late = tell(money, payment.reference, "FT7")
    assert late.reason is StrayReason.PAID_ALREADY
    assert api.prove_books().holds


def test_ways_that_nobody_carries_out_are_not_offered(money: Money) -> None:
    demand = money.demand()
    for way in (PaymentWay.PLATFORM, PaymentWay.CASH):
        with pytest.raises(MoneyNotAcceptable, match="way_is_closed"):
            api.begin_payment(demand_id=demand.id, way=way, actor=money.world.lan, at=money.world.at)


def test_money_that_says_nothing_is_refused(money: Money) -> None:
    with pytest.raises(MoneyNotAcceptable, match="transaction_missing"):
        tell(money, "x", transaction="")
    with pytest.raises(MoneyNotAcceptable, match="transaction_missing"):
        tell(money, "x", vnd=0)


def test_nothing_that_was_never_booked_is_evidence(money: Money) -> None:
    payment = begun(money)
    assert api.get_settlement(payment.dossier_id).paid_by == ()
    other = money.filed()
    found = api.get_settlements([payment.dossier_id, other])
    assert found[other].demand_id is None
    assert found[payment.dossier_id].owed_vnd == 58_000
    assert Payment.objects.filter(booked_at__isnull=False).count() == 0
    assert SYSTEM.name
