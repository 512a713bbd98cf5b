"""Money at the desk: counted, exempted, taken in cash, shown as a code, receipted, given back; each by who may."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from vanlang.catalogue.models import Fee, ProcedureVersion
from vanlang.dossiers.api import State
from vanlang.dossiers.models import Dossier
from vanlang.identity.api import SYSTEM, Actor
from vanlang.identity.models import Account
from vanlang.kernel import clock
from vanlang.payments import api
from vanlang.payments.api import DemandState, PaymentWay
from vanlang.payments.models import CollectingAccount, FeeReceipt, Payment, Refund
from vanlang.payments.tests.conftest import Money, add_fee


@pytest.fixture(autouse=True)
def _monday(at: dt.datetime) -> Iterator[None]:
    with clock.frozen(at):
        yield


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def address(dossier_id: uuid.UUID) -> str:
    return reverse("payments:dossier", args=[dossier_id])


def text_of(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    text = answer.content.decode()
    assert "!!undefined" not in text
    return text


def test_cash_by_keyboard_and_the_receipt(money: Money) -> None:
    demand, hung = money.demand(State.RECEIVED), signed_in(money.world.hung)
    where = address(demand.dossier_id)
    assert "58.000" in text_of(hung, reverse("payments:start"))
    page = text_of(hung, where)
    assert "autofocus" in page
    assert "Nguyễn Thị Lan" not in page, "what is owed needs no name"
    wrong = hung.post(where, {"so-tien": "58"})
    assert wrong.status_code == 422
    assert "58.000 đồng" in wrong.content.decode()
    assert 'value="58"' in wrong.content.decode(), "what was typed is kept"
    assert hung.post(where, {"so-tien": "58.000"}).status_code == 303
    assert "Đã nộp" in text_of(hung, where)
    receipt = FeeReceipt.objects.get()
    assert receipt.issued_by_id == money.world.hung.appointment_id
    pdf = hung.get(reverse("payments:receipt_pdf", args=[receipt.pk]))
    assert pdf.content.startswith(b"%PDF-")
    assert hung.post(where, {"so-tien": "58.000"}).status_code == 303, "pressed twice, taken once"
    assert Payment.objects.count() == FeeReceipt.objects.count() == 1
    listed = text_of(hung, reverse("payments:receipts"))
    assert "0000001" in listed
    cancel = reverse("payments:cancel_receipt", args=[receipt.pk])
    assert hung.post(cancel, {"ly-do": ""}).status_code == 422
    assert hung.post(cancel, {"ly-do": "In nhầm"}).status_code == 303
    assert hung.post(where, {"viec": "bien-lai"}).status_code == 303
    assert [one.number for one in FeeReceipt.objects.order_by("number")] == [1, 2]


def test_without_a_drawer_the_way_to_one_is_shown(money: Money) -> None:
    demand = money.demand(State.RECEIVED)
    money.drawer.open_to.clear()
    page = text_of(signed_in(money.world.hung), address(demand.dossier_id))
    assert "Mở ngăn tiền" in page
    assert 'name="so-tien"' not in page


def test_a_code_at_the_counter(money: Money) -> None:
    demand, hung = money.demand(State.RECEIVED), signed_in(money.world.hung)
    where = address(demand.dossier_id)
    assert hung.post(where, {"viec": "qr"}).status_code == 303
    page = text_of(hung, where)
    payment = Payment.objects.get()
    assert 'class="pay-qr"' in page
    assert payment.reference in page
    api.confirm(
        way=PaymentWay.BANK_QR,
        reference=payment.reference,
        transaction_id="FT1",
        amount_vnd=58_000,
        at=clock.now(),
    )
    part = hung.get(where, headers={"HX-Request": "true"}).content.decode()
    assert 'class="pay-qr"' not in part
    assert "Đã nộp" in part


def test_exempt_and_back(money: Money) -> None:
    demand, hung = money.demand(State.RECEIVED), signed_in(money.world.hung)
    where, line = address(demand.dossier_id), str(demand.lines[1].id)
    assert hung.post(where, {"viec": "mien", "dong": line, "ly-do": ""}).status_code == 422
    assert hung.post(where, {"viec": "mien", "dong": line, "ly-do": "poor"}).status_code == 303
    page = text_of(hung, where)
    assert "Người thuộc hộ nghèo" in page
    assert "8.000" in page
    assert hung.post(where, {"viec": "thoi-mien", "dong": line}).status_code == 303
    assert api.get_demand(demand.id).amount_vnd == 58_000


def test_pages_are_counted(money: Money) -> None:
    Fee.objects.all().delete()
    fee = add_fee(money.world, "Phí chứng thực", "fee", 2_000, per="trang")
    ProcedureVersion.objects.filter(pk=money.world.version_id).update(revision=99)
    dossier_id = money.filed(State.RECEIVED)
    api.demand_for(dossier_id=dossier_id, actor=SYSTEM, at=clock.now())
    hung = signed_in(money.world.hung)
    assert "chưa ai ghi số lượng" in text_of(hung, reverse("payments:start"))
    assert f'name="so-{fee.pk}"' in text_of(hung, address(dossier_id))
    assert hung.post(address(dossier_id), {"viec": "lap", f"so-{fee.pk}": "99999"}).status_code == 422
    assert hung.post(address(dossier_id), {"viec": "lap", f"so-{fee.pk}": "3"}).status_code == 303
    found = api.find_demand(dossier_id)
    assert found
    assert found.amount_vnd == 6_000


def test_who_may_do_what(money: Money) -> None:
    demand = money.demand(State.IN_PROGRESS)
    where = address(demand.dossier_id)
    mai = signed_in(money.world.mai)
    assert 'name="so-tien"' not in text_of(mai, where)
    assert mai.post(where, {"so-tien": "58000"}).status_code == 403
    stranger = signed_in(money.world.nong_trang.counter)
    assert stranger.get(where).status_code == 404
    assert stranger.post(where, {"so-tien": "58000"}).status_code == 404
    assert api.get_demand(demand.id).state is DemandState.OPEN


def test_a_leader_gives_back_what_is_there(money: Money) -> None:
    demand, at = money.demand(State.RECEIVED), clock.now()
    payment_id = api.take_cash(
        demand_id=demand.id, amount_vnd=58_000, what_for="Phí", actor=money.world.hung, at=at
    )
    refund_id = api.propose_refund(payment_id=payment_id, reason="Rút hồ sơ", actor=SYSTEM, at=at)
    where = reverse("payments:refunds")
    hung, phuc = signed_in(money.world.hung), signed_in(money.world.phuc)
    assert "Rút hồ sơ" in text_of(hung, where)
    decide = {"viec": "quyet", "hoan": str(refund_id), "so-tien": "58000"}
    assert hung.post(where, decide).status_code == 403
    assert phuc.post(where, {**decide, "so-tien": "1"}).status_code == 409
    declined = phuc.post(where, {"viec": "khong", "hoan": str(refund_id), "ly-do": "ừ"})
    assert declined.status_code == 422
    assert 'value="ừ"' in declined.content.decode(), "what was typed is kept, beside why it is not taken"
    assert phuc.post(where, decide).status_code == 303
    assert phuc.post(where, {"viec": "da-hoan", "hoan": str(refund_id), "chung-tu": " "}).status_code == 422
    assert (
        phuc.post(where, {"viec": "da-hoan", "hoan": str(refund_id), "chung-tu": "PC 7"}).status_code == 303
    )
    assert Refund.objects.get().state == "confirmed"
    assert api.prove_books().holds


def test_money_without_a_name_is_matched(money: Money) -> None:
    demand, hung = money.demand(State.RECEIVED), signed_in(money.world.hung)
    told = api.confirm(
        way=PaymentWay.BANK_QR, reference="", transaction_id="FT9", amount_vnd=58_000, at=clock.now(),
        agency_id=demand.agency_id,
    )  # fmt: skip
    where = reverse("payments:refunds")
    page = text_of(hung, where)
    assert "FT9" in page
    number = Dossier.objects.get(pk=demand.dossier_id).code
    wrong = hung.post(where, {"viec": "khop", "khoan": str(told.stray_id), "ma": "H44.100-000000-0001"})
    assert wrong.status_code == 422
    assert f'href="#ma-{told.stray_id.hex}"' in wrong.content.decode(), "the message leads to its field"
    assert 'value="H44.100-000000-0001"' in wrong.content.decode()
    answer = hung.post(where, {"viec": "khop", "khoan": str(told.stray_id), "ma": number})
    assert answer.status_code == 303
    assert api.get_demand(demand.id).state is DemandState.PAID


def test_the_account_is_changed_with_its_days(money: Money) -> None:
    phuc = signed_in(money.world.phuc)
    where = reverse("payments:account")
    assert "0113366668888" in text_of(phuc, where)
    told = {"ma-ngan-hang": "97041", "so-tai-khoan": "1", "chu-tai-khoan": "UBND phường"}
    wrong = phuc.post(where, told)
    assert wrong.status_code == 422
    assert 'id="id_ma-ngan-hang-error"' in wrong.content.decode(), "said beside the field it is about"
    assert phuc.post(where, {**told, "ma-ngan-hang": "970415", "ma-so-thue": "abc"}).status_code == 422
    assert phuc.post(where, {**told, "ma-ngan-hang": "970415", "ma-so-thue": "2600123456"}).status_code == 303
    found = api.find_collecting(money.world.viet_tri.id, clock.today())
    assert found
    assert found.account
    assert (found.account.bank, found.account.holder, found.tax_code) == (
        "970415",
        "UBND PHUONG",
        "2600123456",
    )
    assert CollectingAccount.objects.filter(agency_id=money.world.viet_tri.id).count() == 2
    assert signed_in(money.world.hung).get(where).status_code == 403
