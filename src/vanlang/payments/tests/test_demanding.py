"""What is owed: raised once from confirmed fees, lessened with a reason, cancelled with its dossier."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from vanlang.catalogue.models import Fee
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import State
from vanlang.identity.api import SYSTEM
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api
from vanlang.payments.api import (
    DemandState,
    FeeGap,
    LedgerAccount,
    MoneyNotAcceptable,
    MoneyNotAllowed,
    MoneyNotFound,
    MoneyNotPossible,
    Occasion,
    PaymentWay,
)
from vanlang.payments.models import Demand, DemandLine, Entry, EntryLeg
from vanlang.payments.tests.conftest import Money, add_fee, run_jobs


def balances(agency_id: int) -> dict[LedgerAccount, int]:
    found = api.trial_balance(agency_id, dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert found.balances
    return {account: vnd for account, vnd in found.after.items() if vnd}


def test_filing_and_receiving_raise_one_demand(money: Money) -> None:
    dossier_id = money.filed()
    run_jobs()
    demand = api.find_demand(dossier_id)
    assert demand is not None
    assert (demand.amount_vnd, demand.state, demand.agency_id) == (
        58_000,
        DemandState.OPEN,
        money.world.viet_tri.id,
    )
    assert [(line.is_charge, line.owed_vnd, line.basis) for line in demand.lines] == [
        (False, 8_000, "Nghị quyết thử"),
        (True, 50_000, "Nghị quyết thử"),
    ]
    money.receive(dossier_id)
    run_jobs()
    assert Demand.objects.count() == 1
    assert balances(demand.agency_id) == {
        LedgerAccount.RECEIVABLE: 58_000,
        LedgerAccount.REVENUE_FEE: -8_000,
        LedgerAccount.REVENUE_CHARGE: -50_000,
    }
    assert api.prove_books().holds


def test_free_of_charge_asks_nothing(money: Money) -> None:
    Fee.objects.all().update(amount_vnd=0)
    raised = api.demand_for(dossier_id=money.filed(), actor=SYSTEM, at=money.world.at)
    assert (raised.demand_id, raised.gap) == (None, None)
    assert not Demand.objects.exists()
    assert api.list_questions(money.world.viet_tri.id) == ()


def test_an_unknown_fee_stops_nobody_and_is_a_question(money: Money) -> None:
    Fee.objects.all().delete()
    dossier_id = money.filed()
    run_jobs()
    money.receive(dossier_id)  # nothing is in the way
    run_jobs()
    assert api.find_demand(dossier_id) is None
    (question,) = api.list_questions(money.world.viet_tri.id)
    assert (question.dossier_id, question.gap) == (dossier_id, FeeGap.UNKNOWN)
    assert api.get_settlement(dossier_id).gap is FeeGap.UNKNOWN
    add_fee(money.world, "Phí", "fee", 1_000)
    raised = api.demand_for(dossier_id=dossier_id, actor=money.world.hung, at=money.world.at)
    assert raised.demand_id
    assert api.list_questions(money.world.viet_tri.id) == ()


def test_pages_are_counted_by_an_officer(money: Money) -> None:
    Fee.objects.all().delete()
    fee = add_fee(
        money.world,
        "Phí chứng thực",
        "fee",
        2_000,
        per="trang",
        first_units=2,
        then_vnd=1_000,
        most_vnd=200_000,
    )
    dossier_id = money.filed(State.RECEIVED)
    at = money.world.at
    assert api.demand_for(dossier_id=dossier_id, actor=SYSTEM, at=at).gap is FeeGap.QUANTITY
    with pytest.raises(MoneyNotAcceptable, match="quantity_unlikely"):
        api.demand_for(dossier_id=dossier_id, actor=money.world.hung, at=at, counted={fee.pk: 0})
    with pytest.raises(MoneyNotAllowed):
        api.demand_for(dossier_id=dossier_id, actor=money.world.lan, at=at, counted={fee.pk: 3})
    raised = api.demand_for(dossier_id=dossier_id, actor=money.world.hung, at=at, counted={fee.pk: 5})
    assert raised.demand_id
    assert api.get_demand(raised.demand_id).amount_vnd == 7_000


def test_an_exemption_needs_its_reason_and_moves_the_books(money: Money) -> None:
    demand, hung, at = money.demand(), money.world.hung, money.world.at
    fee, charge = demand.lines
    with pytest.raises(MoneyNotAcceptable, match="exemption_unknown"):
        api.exempt(line_id=charge.id, exemption="because", actor=hung, at=at)
    with pytest.raises(MoneyNotAllowed):
        api.exempt(line_id=charge.id, exemption="poor", actor=money.world.mai, at=at)
    with pytest.raises(MoneyNotFound):
        api.exempt(line_id=charge.id, exemption="poor", actor=money.world.nong_trang.counter, at=at)
    api.exempt(line_id=charge.id, exemption="poor", actor=hung, at=at)
    api.exempt(line_id=charge.id, exemption="poor", actor=hung, at=at)
    found = api.get_demand(demand.id)
    assert (found.amount_vnd, found.state) == (8_000, DemandState.OPEN)
    assert found.lines[1].exemption is not None
    assert found.lines[1].exemption.basis
    assert balances(demand.agency_id) == {LedgerAccount.RECEIVABLE: 8_000, LedgerAccount.REVENUE_FEE: -8_000}
    api.exempt(line_id=fee.id, exemption="poor", actor=hung, at=at)
    assert api.get_demand(demand.id).state is DemandState.WAIVED
    assert balances(demand.agency_id) == {}
    api.unexempt(line_id=fee.id, actor=hung, at=at)
    api.exempt(line_id=fee.id, exemption="disabled", actor=hung, at=at)
    api.unexempt(line_id=fee.id, actor=hung, at=at)
    assert api.get_demand(demand.id).amount_vnd == 8_000
    assert api.prove_books().holds


def test_what_was_begun_before_an_exemption_is_over(money: Money) -> None:
    demand, at = money.demand(), money.world.at
    payment_id = api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=money.world.lan, at=at)
    api.exempt(line_id=demand.lines[0].id, exemption="poor", actor=money.world.hung, at=at)
    assert api.get_payment(payment_id).state is api.PaymentState.EXPIRED
    anew = api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=money.world.lan, at=at)
    assert api.get_payment(anew).amount_vnd == 50_000


def test_nothing_is_exempt_after_it_was_paid(money: Money) -> None:
    demand, hung, at = money.demand(), money.world.hung, money.world.at
    api.take_cash(demand_id=demand.id, amount_vnd=58_000, what_for="Phí", actor=hung, at=at)
    with pytest.raises(MoneyNotPossible, match="demand_is_over"):
        api.exempt(line_id=demand.lines[0].id, exemption="poor", actor=hung, at=at)


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
def test_a_dossier_that_ends_early_owes_nothing(money: Money, state: State) -> None:
    dossier_id = money.filed(state)
    run_jobs()
    demand = api.find_demand(dossier_id)
    assert demand is None or demand.state is DemandState.CANCELLED
    assert balances(money.world.viet_tri.id) == {}
    assert api.prove_books().holds


def test_what_was_paid_for_a_withdrawn_dossier_is_proposed_to_go_back(money: Money) -> None:
    dossier_id = money.filed(State.RECEIVED)
    run_jobs()
    demand = api.find_demand(dossier_id)
    assert demand is not None
    at = money.world.at
    api.take_cash(demand_id=demand.id, amount_vnd=58_000, what_for="Phí", actor=money.world.hung, at=at)
    dossiers.withdraw(dossier_id=dossier_id, actor=money.world.lan, at=at)
    run_jobs()
    (refund,) = api.list_refunds(demand.agency_id)
    assert (refund.amount_vnd, refund.state) == (58_000, api.RefundState.PROPOSED)
    assert api.get_demand(demand.id).state is DemandState.PAID
    assert api.prove_books().holds


# --- the books under it ---------------------------------------------------------------------------


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError:
        return True
    return False


def test_the_books_are_only_added_to(money: Money) -> None:
    money.demand()
    assert refused("UPDATE payments_entryleg SET vnd = vnd + 1")
    assert refused("DELETE FROM payments_entryleg")
    assert refused("UPDATE payments_entry SET occasion = 'settled'")
    assert refused("DELETE FROM payments_demand")


@pytest.mark.parametrize("legs", [[], [("bank", 5)], [("bank", 5), ("drawer", -4)]])
def test_an_entry_that_does_not_balance_is_refused(money: Money, legs: list[tuple[str, int]]) -> None:
    agency_id = money.world.viet_tri.id
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        entry = Entry.objects.create(
            agency_id=agency_id, occasion=Occasion.BANKED, source="x", at=money.world.at
        )
        for account, vnd in legs:
            EntryLeg.objects.create(entry=entry, agency_id=agency_id, account=account, vnd=vnd)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_leg_in_another_agencys_books_is_refused(money: Money) -> None:
    here, there = money.world.viet_tri.id, money.world.nong_trang.id
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        entry = Entry.objects.create(agency_id=here, occasion=Occasion.BANKED, source="x", at=money.world.at)
        EntryLeg.objects.create(entry=entry, agency_id=here, account="bank", vnd=5)
        EntryLeg.objects.create(entry=entry, agency_id=there, account="drawer", vnd=-5)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_proof_sees_what_was_changed_behind_its_back(money: Money) -> None:
    demand = money.demand()
    assert api.prove_books().holds
    Demand.objects.filter(pk=demand.id).update(amount_vnd=57_000)
    assert {fault.what for fault in api.prove_books().faults} == {
        "receivable_differs",
        "demand_differs_from_lines",
    }
    Demand.objects.filter(pk=demand.id).update(state="paid", settled_at=money.world.at, amount_vnd=58_000)
    assert {fault.what for fault in api.prove_books().faults} == {"receivable_differs", "demand_not_covered"}


def test_whose_money_is_seen_by_whom(money: Money) -> None:
    demand, world = money.demand(), money.world
    assert world.lan.person_id
    assert world.nong_trang.counter.agency_id
    with acting(Scope.citizen(world.lan.person_id)):
        assert api.get_demand(demand.id).amount_vnd == 58_000
        assert not Entry.objects.exists()
        assert DemandLine.objects.filter(demand_id=demand.id).update(owed_vnd=0) == 0
        begun = api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=world.lan, at=world.at)
    with acting(Scope.officer(world.nong_trang.id)):
        assert not Demand.objects.exists()
        with pytest.raises(MoneyNotFound):
            api.get_payment(begun)
    with acting(Scope.officer(world.viet_tri.id)):
        assert Entry.objects.count() == 2
        assert [one.id for one in api.list_unpaid(world.viet_tri.id)] == [demand.id]
