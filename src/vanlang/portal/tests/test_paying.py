"""A citizen pays: what is owed and why, a code to read, a page that knows when the money is there; with and without an account."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from vanlang.catalogue.api import get_version
from vanlang.catalogue.models import Case, Fee, ProcedureVersion
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import SYSTEM
from vanlang.payments import api as payments
from vanlang.payments.api import PaymentWay
from vanlang.payments.models import CollectingAccount, Payment
from vanlang.payments.rules import bank_qr
from vanlang.portal.queries.paying import foreseen


@pytest.fixture
def priced(world: World) -> World:
    Fee.objects.create(
        version=ProcedureVersion.objects.get(pk=world.version_id), case=Case.objects.get(pk=world.case_id),
        name="Lệ phí hộ tịch", kind="charge", amount_vnd=58_000, basis="Nghị quyết thử", origin="starter", source="thử",
    )  # fmt: skip
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=7)
    CollectingAccount.objects.create(
        agency_id=world.viet_tri.id, bank="970422", bank_name="Ngân hàng Quân đội", number="0113366668888",
        holder="UBND PHUONG VIET TRI", valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip
    return world


@pytest.fixture
def dossier_id(priced: World) -> uuid.UUID:
    found = Lives(priced).to(State.RECEIVED)
    payments.demand_for(dossier_id=found, actor=SYSTEM, at=priced.at)
    return found


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "!!undefined" not in text
    return text


def test_from_what_is_owed_to_the_receipt(lan: Client, priced: World, dossier_id: uuid.UUID) -> None:
    page = f"/ho-so/{dossier_id}/"
    assert "58.000" in shown(lan, page)
    text = shown(lan, f"{page}thanh-toan/")
    assert "Căn cứ: Nghị quyết thử" in text
    assert "Nền tảng thanh toán quốc gia" not in text, "a way that nobody carries out is not offered"
    begun = lan.post(f"{page}thanh-toan/", {"cach": "bank_qr"})
    assert begun.status_code == 303
    again = lan.post(f"{page}thanh-toan/", {"cach": "bank_qr"})
    assert begun["Location"] == again["Location"]
    payment = Payment.objects.get()
    waiting = shown(lan, begun["Location"])
    for said in (
        "Ngân hàng Quân đội",
        "0113366668888",
        "UBND PHUONG VIET TRI",
        payment.reference,
        "<svg",
        "every 5s",
    ):
        assert said in waiting, said
    payments.confirm(
        way=PaymentWay.BANK_QR,
        reference=payment.reference,
        transaction_id="FT1",
        amount_vnd=58_000,
        at=priced.at,
    )
    receipt_id = payments.issue_receipt(payment_id=payment.pk, actor=SYSTEM, at=priced.at)
    paid = shown(lan, begun["Location"])
    assert "Đã nhận đủ tiền" in paid
    assert "every 5s" not in paid
    assert "Tải biên lai" in shown(lan, page)
    receipt = lan.get(f"{page}bien-lai/{receipt_id}.pdf")
    assert receipt["Content-Type"] == "application/pdf"
    assert receipt.content.startswith(b"%PDF-")
    assert lan.get(f"{page}bien-lai/{receipt_id}.xml").status_code == 404, "the agency has no seal yet"
    over = lan.post(f"{page}thanh-toan/", {"cach": "bank_qr"})
    assert over.status_code == 409
    assert "Không còn khoản nào phải nộp" in over.content.decode()


def test_money_that_comes_while_the_page_is_made_is_this_attempts(
    lan: Client, priced: World, dossier_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = lan.post(f"/ho-so/{dossier_id}/thanh-toan/", {"cach": "bank_qr"})["Location"]
    payment = Payment.objects.get()
    read_demand = payments.get_demand

    def read_once_the_money_came(demand_id: uuid.UUID) -> payments.DemandCard:
        payments.confirm(
            way=PaymentWay.BANK_QR,
            reference=payment.reference,
            transaction_id="FT1",
            amount_vnd=58_000,
            at=priced.at,
        )
        return read_demand(demand_id)

    monkeypatch.setattr(payments, "get_demand", read_once_the_money_came)
    assert "Đã nhận đủ tiền" in shown(lan, address)


def test_the_code_says_what_is_printed_beside_it(lan: Client, dossier_id: uuid.UUID) -> None:
    lan.post(f"/ho-so/{dossier_id}/thanh-toan/", {"cach": "bank_qr"})
    payment = Payment.objects.get()
    text = shown(lan, reverse("portal:payment", args=[payment.pk]))
    drawing = re.search(r"<svg.*?</svg>", text, re.DOTALL)
    assert drawing
    told = bank_qr.decode(_text_of(drawing.group()))
    assert (told.to.bank, told.to.number, told.vnd, told.purpose) == (
        "970422", "0113366668888", 58_000, payment.reference,
    )  # fmt: skip


def _text_of(svg: str) -> str:
    """Read a drawn code as a phone does: its strokes painted, the picture read by another hand."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg).group(1))  # type: ignore[union-attr] # or the test fails
    path = re.search(r'<path[^>]*stroke="[^"]*"[^>]*d="([^"]*)"|<path[^>]*d="([^"]*)"[^>]*stroke', svg)
    assert path
    picture = Image.new("L", (size * 8, size * 8), 255)
    pen = ImageDraw.Draw(picture)
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path.group(1) or path.group(2)):
        values = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
        if kind == "M":
            x, y = values
        elif kind == "m":
            x, y = x + values[0], y + values[1]
        else:
            pen.rectangle([x * 8, (y - 0.5) * 8, (x + values[0]) * 8 - 1, (y + 0.5) * 8 - 1], fill=0)
            x += values[0]
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return str(found[0].text)


def test_nobody_else_sees_what_is_owed(stranger: Client, visitor: Client, dossier_id: uuid.UUID) -> None:
    address = f"/ho-so/{dossier_id}/thanh-toan/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"cach": "bank_qr"}).status_code == 404
    assert visitor.get(address).status_code == 302
    assert not Payment.objects.exists()


def test_an_unknown_fee_is_said_calmly(lan: Client, priced: World) -> None:
    Fee.objects.all().delete()
    ProcedureVersion.objects.filter(pk=priced.version_id).update(revision=8)
    found = Lives(priced).to(State.RECEIVED)
    payments.demand_for(dossier_id=found, actor=SYSTEM, at=priced.at)
    assert "Hồ sơ vẫn được giải quyết bình thường" in shown(lan, f"/ho-so/{found}/")
    assert lan.get(f"/ho-so/{found}/thanh-toan/").status_code == 404


def test_what_filing_costs_is_foreseen_as_it_is_asked(priced: World, dossier_id: uuid.UUID) -> None:
    found = foreseen(get_version(priced.version_id), priced.case_id, {})
    demand = payments.find_demand(dossier_id)
    assert demand
    assert found.total_vnd == demand.amount_vnd == 58_000
    assert found.lines == (("Lệ phí hộ tịch", 58_000, "Nghị quyết thử"),)


def test_who_has_the_slip_pays_without_an_account(
    visitor: Client, priced: World, dossier_id: uuid.UUID
) -> None:
    code = Dossier.objects.get(pk=dossier_id).code
    proven = {"code": code, "second_fact": "2123"}
    wrong = visitor.post("/thanh-toan/", {**proven, "second_fact": "0000"})
    assert wrong.status_code == 404
    assert "58.000" not in wrong.content.decode()
    seen = visitor.post("/thanh-toan/", proven).content.decode()
    assert "58.000" in seen
    assert "Nguyễn Thị Lan" not in seen
    begun = visitor.post("/thanh-toan/", {**proven, "cach": "bank_qr"})
    assert begun.status_code == 303
    page = shown(visitor, begun["Location"])
    assert "<svg" in page
    assert "Nguyễn Thị Lan" not in page
    assert f"/ho-so/{dossier_id}/" not in page
    payment = Payment.objects.get()
    payments.confirm(
        way=PaymentWay.BANK_QR,
        reference=payment.reference,
        transaction_id="FT1",
        amount_vnd=58_000,
        at=priced.at,
    )
    assert "đã nộp đủ" in visitor.post("/thanh-toan/", proven).content.decode()


def test_money_of_another_amount_and_money_that_comes_twice_are_explained(
    lan: Client, priced: World, dossier_id: uuid.UUID
) -> None:
    address = lan.post(f"/ho-so/{dossier_id}/thanh-toan/", {"cach": "bank_qr"})["Location"]
    payment = Payment.objects.get()

    def tell(transaction: str, vnd: int) -> None:
        payments.confirm(
            way=PaymentWay.BANK_QR,
            reference=payment.reference,
            transaction_id=transaction,
            amount_vnd=vnd,
            at=priced.at,
        )

    tell("FT1", 50_000)
    assert "khác số phải nộp" in shown(lan, address)
    tell("FT2", 58_000)
    assert "Đã nhận đủ tiền" in shown(lan, address)


def test_an_attempt_that_is_over_leads_on(lan: Client, priced: World, dossier_id: uuid.UUID) -> None:
    address = lan.post(f"/ho-so/{dossier_id}/thanh-toan/", {"cach": "bank_qr"})["Location"]
    payments.expire(payment_id=Payment.objects.get().pk, at=priced.at)
    text = shown(lan, address)
    assert "đã kết thúc" in text
    assert "Thanh toán lại" in text
