"""What the platform is told, and asked: beginnings, refunds, and payments that it never called back about."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from tests.contracts.test_payment_platform import BILL
from tests.support.sandbox import post

from vanlang.connectors.api import list_letters
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api
from vanlang.payments.adapters.asking import ask_round
from vanlang.payments.api import PaymentState, PaymentWay, RefundState
from vanlang.payments.models import Inquiry, Payment, Refund, Stray
from vanlang.payments.queries import list_payments_to_expire
from vanlang.payments.rules import platform as words
from vanlang.payments.services.asking import WAITS
from vanlang.payments.tests.wire.conftest import MINUTE, PARTNER, Wire
from vanlang.payments.tests.wire.test_callbacks import hear


def test_a_citizen_begins_and_is_sent_to_the_platforms_page(wire: Wire) -> None:
    demand = wire.money.demand()
    lan = wire.money.world.lan
    assert lan.person_id
    with acting(Scope.citizen(lan.person_id)):
        key = api.begin_payment(demand_id=demand.id, way=PaymentWay.PLATFORM, actor=lan, at=wire.at)
        assert api.begin_payment(demand_id=demand.id, way=PaymentWay.PLATFORM, actor=lan, at=wire.at) == key
    assert wire.row(key).pay_address == ""
    assert wire.send() == 1
    address = wire.row(key).pay_address
    assert address.startswith(f"{wire.outside.payment_platform}/pay/")


def test_a_beginning_that_is_refused_ends_the_attempt_and_is_a_persons_task(wire: Wire) -> None:
    payment = wire.begin()
    message = words.init(dataclasses.replace(BILL, reference=payment.reference), partner=PARTNER, at=wire.at)
    post(
        f"{wire.outside.payment_platform}/init",
        words.sealed(message, words.INIT_FIELDS, wire.outside.payment_secret),
    )
    assert wire.send() == 0, "the platform has this reference, with another amount"
    payment.refresh_from_db()
    assert (payment.state, payment.reason, payment.pay_address) == (PaymentState.FAILED, "94", "")
    assert [letter.reason for letter in list_letters()] == ["94"]


def test_an_outage_uses_up_nothing_and_the_beginning_is_told_later(wire: Wire) -> None:
    payment = wire.begin()
    wire.outside.misbehave("payment_platform", "error_500", path="/init")
    assert wire.send() == 0
    assert wire.send(2 * MINUTE) == 1
    assert wire.row(payment.pk).pay_address


# --- never called back ---------------------------------------------------------------------------------


def test_a_lost_callback_is_asked_for(wire: Wire) -> None:
    wire.outside.misbehave("payment_platform", "lose_callback", path="/callback")
    payment = wire.begin()
    wire.send()
    wire.control("pay", reference=payment.reference)
    assert ask_round(at=wire.at + MINUTE, line=wire.client) == 0, "not yet"
    assert ask_round(at=wire.at + 2 * MINUTE, line=wire.client) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.BOOKED
    assert Inquiry.objects.get(pk=payment.pk).next_at is None


def test_what_nobody_decides_is_asked_seldom_expires_and_still_counts_later(wire: Wire) -> None:
    payment = wire.begin()
    wire.send()
    asked = []
    for minute in range(45):
        at = wire.at + minute * MINUTE
        row = Inquiry.objects.get(pk=payment.pk)
        if row.next_at and row.next_at <= at:
            asked.append(minute)
        assert payment.pk not in list_payments_to_expire(at), "asked before it is given up"
        ask_round(at=at, line=wire.client)
    assert asked == [2, 4, 8, 16, 30]
    payment.refresh_from_db()
    assert payment.state == PaymentState.EXPIRED
    wire.outside.misbehave("payment_platform", "lose_callback", path="/callback")
    wire.control("pay", reference=payment.reference)
    assert ask_round(at=wire.at + dt.timedelta(hours=2), line=wire.client) == 1
    payment.refresh_from_db()
    assert payment.state == PaymentState.BOOKED
    assert not Stray.objects.exists()


def test_an_outage_of_the_platform_makes_nobodys_payment_expire(wire: Wire) -> None:
    payment = wire.begin()
    wire.send()
    for minute in (2, 10, 20, 40, 80):
        wire.outside.misbehave("payment_platform", "error_500", path="/query")
        ask_round(at=wire.at + minute * MINUTE, line=wire.client)
    payment.refresh_from_db()
    assert payment.state == PaymentState.BEGUN
    ask_round(at=wire.at + 90 * MINUTE, line=wire.client)
    payment.refresh_from_db()
    assert payment.state == PaymentState.EXPIRED


def test_nobody_asks_for_ever(wire: Wire) -> None:
    payment = wire.begin()
    wire.send()
    for wait in WAITS:
        ask_round(at=wire.at + wait, line=wire.client)
    assert Inquiry.objects.get(pk=payment.pk).next_at is None


# --- money that goes back ----------------------------------------------------------------------------------


def paid(wire: Wire) -> Payment:
    """Return a payment that was made over the wire."""
    payment = wire.begin()
    wire.send()
    wire.control("pay", reference=payment.reference)
    ask_round(at=wire.at + 2 * MINUTE, line=wire.client)
    return wire.row(payment.pk)


@pytest.mark.parametrize("declined", [False, True])
def test_a_refund_is_asked_of_the_way_and_believed_when_it_says_so(wire: Wire, declined: bool) -> None:
    payment = paid(wire)
    key = api.propose_refund(
        payment_id=payment.pk, reason="Nộp nhầm", actor=wire.money.world.phuc, at=wire.at
    )
    api.ask_refund(refund_id=key, expected_balance=58000, actor=wire.money.world.phuc, at=wire.at)
    if declined:
        wire.outside.misbehave("payment_platform", "decline_refund", path="/refund")
    assert wire.send() == 1
    refund = Refund.objects.get(pk=key)
    (one,) = [row for row in wire.taken() if row["of"]]
    assert (one["of"], one["vnd"], one["reference"]) == (payment.transaction, 58000, refund.reference)
    code = "03" if declined else "00"
    message = wire.told("REFUND", MaThamChieu=refund.reference, MaGiaoDich=one["id"], MaLoi=code)
    assert hear(message) == hear(message) == (200, "00")
    wire.apply()
    refund.refresh_from_db()
    payment.refresh_from_db()
    assert refund.state == (RefundState.DECLINED if declined else RefundState.CONFIRMED)
    assert payment.state == (PaymentState.BOOKED if declined else PaymentState.REFUNDED)
    assert not api.prove_books().faults


def test_a_refund_of_another_amount_or_of_nobody_is_a_persons_task(wire: Wire) -> None:
    payment = paid(wire)
    key = api.propose_refund(
        payment_id=payment.pk, reason="Nộp nhầm", actor=wire.money.world.phuc, at=wire.at
    )
    api.ask_refund(refund_id=key, expected_balance=58000, actor=wire.money.world.phuc, at=wire.at)
    reference = Refund.objects.get(pk=key).reference
    hear(wire.told("REFUND", MaThamChieu=reference, SoTien="1", MaGiaoDich="HT1"))
    hear(wire.told("REFUND", MaThamChieu="PTNOBODY", MaGiaoDich="HT2"))
    wire.apply()
    assert {letter.reason for letter in list_letters()} == {
        "payments.transaction_contradicted", "payments.refund_unknown",
    }  # fmt: skip
    assert Refund.objects.get(pk=key).state == RefundState.ASKED


def test_the_payer_is_led_back(wire: Wire) -> None:
    payment = wire.begin()
    wire.send()
    address = wire.row(payment.pk).pay_address
    assert Client().get(f"/ket-noi/thanh-toan/ve/{payment.reference}/").status_code in {302, 303}
    assert address
