"""Callbacks: kept before they are answered, booked once in whatever order, and never believed without their seal."""

from __future__ import annotations

import itertools
import json

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from vanlang.connectors.api import list_letters
from vanlang.connectors.models import Incoming
from vanlang.identity.api import SYSTEM
from vanlang.payments import api
from vanlang.payments.api import PaymentState, StrayReason
from vanlang.payments.models import Entry, FalseSeal, Payment, Stray
from vanlang.payments.rules import bank_qr
from vanlang.payments.rules import platform as words
from vanlang.payments.tests.wire.conftest import Wire
from vanlang.payments.types import BankAccount, TransferRequest

URL = "/ket-noi/thanh-toan/"


def hear(message: object, **headers: str) -> tuple[int, str]:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    answer = Client().post(URL, body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()["MaLoi"]


def strays(wire: Wire) -> list[tuple[str, int, str]]:
    return [(row.transaction, row.amount_vnd, row.reason) for row in Stray.objects.order_by("transaction")]


def test_what_came_is_booked_once_however_often_it_is_told(wire: Wire) -> None:
    payment = wire.begin()
    message = wire.told(MaThamChieu=payment.reference)
    later = wire.told(MaThamChieu=payment.reference, ThoiGianGD="20261231235959")
    assert [hear(one) for one in (message, message, later)] == [(200, "00")] * 3
    assert Incoming.objects.count() == 2, "the same content is one arrival"
    wire.apply()
    payment.refresh_from_db()
    assert (payment.state, payment.transaction) == (PaymentState.BOOKED, "GD1")
    assert Entry.objects.filter(source="platform:GD1").count() == 1
    assert not api.prove_books().faults


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_does_not_matter(wire: Wire, order: tuple[int, ...]) -> None:
    payment = wire.begin()
    failed = wire.told(MaThamChieu=payment.reference, MaLoi="03", MaGiaoDich="")
    paid = wire.told(MaThamChieu=payment.reference)
    twice = wire.told(MaThamChieu=payment.reference, MaGiaoDich="GD2")
    for place in order:
        assert hear((failed, paid, twice)[place]) == (200, "00")
        wire.apply()
    payment.refresh_from_db()
    assert payment.state == PaymentState.BOOKED
    (laid_aside,) = strays(wire)
    assert {payment.transaction, laid_aside[0]} == {"GD1", "GD2"}
    assert laid_aside[2] == StrayReason.PAID_ALREADY
    assert not api.prove_books().faults


def test_another_amount_and_an_unknown_reference_are_laid_aside(wire: Wire) -> None:
    payment = wire.begin()
    assert hear(wire.told(MaThamChieu=payment.reference, SoTien="57000")) == (200, "00")
    assert hear(wire.told(MaThamChieu="PT22222222XXXX", MaGiaoDich="GD2")) == (200, "01")
    wire.apply()
    assert strays(wire) == [
        ("GD1", 57000, StrayReason.AMOUNT), ("GD2", 58000, StrayReason.REFERENCE),
    ]  # fmt: skip
    payment.refresh_from_db()
    assert (payment.state, payment.reason) == (PaymentState.FAILED, StrayReason.AMOUNT)
    again = api.begin_payment(
        demand_id=payment.demand_id, way=api.PaymentWay.PLATFORM, actor=SYSTEM, at=wire.at
    )
    assert again != payment.pk, "the order is spent there: the payer gets a new one"
    assert not api.prove_books().faults


def test_a_transaction_told_otherwise_is_a_persons_task(wire: Wire) -> None:
    payment = wire.begin()
    hear(wire.told(MaThamChieu=payment.reference))
    hear(wire.told(MaThamChieu=payment.reference, SoTien="1"))
    wire.apply()
    (letter,) = list_letters()
    assert (letter.stream, letter.reason) == ("GD1", "payments.transaction_contradicted")
    assert Entry.objects.filter(source="platform:GD1").count() == 1
    assert not strays(wire)


def test_a_transfer_is_booked_for_whoever_its_words_name(wire: Wire) -> None:
    demand = wire.money.demand()
    key = api.begin_payment(
        demand_id=demand.id, way=api.PaymentWay.BANK_QR, actor=wire.money.world.hung, at=wire.at
    )
    reference = wire.row(key).reference
    bank = {"MaNHThuHuong": "970422", "TKThuHuong": "0113366668888"}
    message = wire.told(
        "BANK", MaThamChieu="FT2632", NoiDung=f"CT DEN {reference[:5]} {reference[5:]} LE PHI", **bank
    )
    assert hear(message) == (200, "00")
    assert hear(wire.told("BANK", MaThamChieu="", MaGiaoDich="GD2", NoiDung="quyen gop", **bank)) == (
        200,
        "01",
    )
    wire.apply()
    assert wire.row(key).state == PaymentState.BOOKED
    assert strays(wire) == [("GD2", 58000, StrayReason.REFERENCE)]
    assert Stray.objects.get().agency_id == wire.money.world.viet_tri.id, "the account says whose it is"


# --- what is not believed ---------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["MaThamChieu", "SoTien", "MaLoi", "MaGiaoDich", "ThoiGianGD", "MaXacThuc"])
def test_without_its_seal_nothing_is_kept_but_the_fact(wire: Wire, field: str) -> None:
    payment = wire.begin()
    message = {**wire.told(MaThamChieu=payment.reference), field: "1"}
    assert hear(message) == hear(message) == (400, "97")
    assert not Incoming.objects.exists()
    assert FalseSeal.objects.get().count == 2


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"xyzzy", b'{"MaLoi": "00", <html>', b'{"MaLoi": ["00"]}', b"\xff", b"null"]
)
def test_what_cannot_be_read_is_not_kept(wire: Wire, body: bytes) -> None:
    assert hear(body) == (400, "96")
    assert not Incoming.objects.exists()
    assert not FalseSeal.objects.exists()


def test_a_message_that_is_too_large_is_not_read(wire: Wire) -> None:
    assert hear(wire.told(NoiDung="x" * 20000)) == (400, "96")


def test_a_field_that_cannot_be_is_named(wire: Wire) -> None:
    answer = Client().post(
        URL, json.dumps(wire.told(MaThamChieu="PT1", SoTien="-1")), content_type="application/json"
    )
    assert (answer.status_code, answer.json()) == (400, {"MaLoi": "96", "Truong": "SoTien"})
    nul = wire.told(MaThamChieu="PT1", MaGiaoDich="GD\x00")
    assert hear(nul) == (400, "96")


def test_only_posted_and_only_where_there_is_a_platform(wire: Wire, settings: Settings) -> None:
    assert Client().get(URL).status_code == 405
    settings.VANLANG_PAYMENT_PLATFORM = {"url": "", "partner": "", "secret": ""}
    unsealed = wire.told()
    assert Client().post(URL, json.dumps(unsealed), content_type="application/json").status_code == 404


def test_who_comes_back_is_believed_nothing(wire: Wire) -> None:
    payment = wire.begin()
    answer = Client().get(f"{URL}ve/{payment.reference}/?MaLoi=00")
    assert answer.status_code in {302, 303}
    payment.refresh_from_db()
    assert payment.state == PaymentState.BEGUN
    assert Client().get(f"{URL}ve/PT0/").status_code == 404


# --- the code that a bank reads ---------------------------------------------------------------------


def test_our_code_is_read_by_the_other_side(wire: Wire) -> None:
    account = BankAccount("970422", "0113366668888")
    code = bank_qr.encode(TransferRequest(account, 58000, purpose="LE PHI", reference="PT23456789ABCD"))
    wire.control("transfer", qr=code)
    (one,) = wire.taken()
    assert (one["kind"], one["vnd"], one["reference"]) == ("bank", 58000, "PT23456789ABCD")
    assert (one["bank"], one["account"]) == ("970422", "0113366668888")


def test_every_kind_of_notice_is_told_under_a_seal() -> None:
    assert set(words.KINDS) == {"CONFIRM", "QUERY", "BANK", "REFUND"}
    assert Payment._meta.get_field("transaction").max_length == words.LONGEST
