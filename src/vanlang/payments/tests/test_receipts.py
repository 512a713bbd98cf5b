"""Receipts: numbers without gap, pages that say what they must, data that another hand finds sealed."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from lxml import etree
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name

from vanlang.files.api import read
from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.payments import api
from vanlang.payments.api import MoneyNotAcceptable, MoneyNotAllowed, MoneyNotPossible, PaymentWay
from vanlang.payments.models import FeeReceipt
from vanlang.payments.rules.receipts import NAMESPACE
from vanlang.payments.tests.conftest import Money, run_jobs
from vanlang.signing.adapters import status, timestamps
from vanlang.signing.api import enrol_agency

XMLSEC = shutil.which("xmlsec1")


def pay_in_cash(money: Money) -> uuid.UUID:
    return api.take_cash(
        demand_id=money.demand().id,
        amount_vnd=58_000,
        what_for="Phí",
        actor=money.world.hung,
        at=money.world.at,
    )


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_receipt_is_issued_once_with_the_next_number(money: Money) -> None:
    hung, at = money.world.hung, money.world.at
    first, second = pay_in_cash(money), pay_in_cash(money)
    issued = [api.issue_receipt(payment_id=one, actor=hung, at=at) for one in (first, second, first)]
    assert issued[0] == issued[2]
    assert list(FeeReceipt.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    with pytest.raises(MoneyNotAcceptable, match="reason_missing"):
        api.cancel_receipt(receipt_id=issued[0], reason=" ", actor=hung, at=at)
    with pytest.raises(MoneyNotAllowed):
        api.cancel_receipt(receipt_id=issued[0], reason="In sai", actor=money.world.mai, at=at)
    for _ in range(2):
        api.cancel_receipt(receipt_id=issued[0], reason="In sai tên", actor=hung, at=at)
    anew = api.issue_receipt(payment_id=first, actor=hung, at=at)
    found = api.list_receipts(money.world.viet_tri.id, at.date(), at.date() + dt.timedelta(days=1))
    assert [(one.number, one.cancelled_at is None) for one in found] == [(1, False), (2, True), (3, True)]
    assert api.get_payment(first).receipt_id == anew


def test_nothing_paid_nothing_issued(money: Money) -> None:
    demand = money.demand()
    begun = api.begin_payment(
        demand_id=demand.id, way=PaymentWay.BANK_QR, actor=money.world.lan, at=money.world.at
    )
    with pytest.raises(MoneyNotPossible, match="nothing_was_paid"):
        api.issue_receipt(payment_id=begun, actor=SYSTEM, at=money.world.at)


def test_money_that_came_by_itself_has_its_receipt(money: Money) -> None:
    demand, at = money.demand(), money.world.at
    payment = api.get_payment(
        api.begin_payment(demand_id=demand.id, way=PaymentWay.BANK_QR, actor=money.world.lan, at=at)
    )
    api.confirm(
        way=PaymentWay.BANK_QR, reference=payment.reference, transaction_id="FT1", amount_vnd=58_000, at=at
    )
    with clock.frozen(at):
        run_jobs()
        run_jobs()
    receipt_id = api.get_payment(payment.id).receipt_id
    assert receipt_id
    card = api.get_receipt(receipt_id)
    assert card.pdf_id
    assert not card.is_sealed  # this agency has no seal
    text = words_of(read(card.pdf_id))
    for said in ("0000001", "Nguyễn Thị Lan", "58.000", "Năm mươi tám nghìn đồng", "Chuyển khoản bằng mã QR",
                 "Phí cấp bản sao trích lục", "Lệ phí đăng ký khai sinh", payment.reference):  # fmt: skip
        assert said in text, said


def test_a_receipt_stands(money: Money) -> None:
    receipt_id = api.issue_receipt(payment_id=pay_in_cash(money), actor=money.world.hung, at=money.world.at)
    for change in ({"amount_vnd": 1}, {"payer": "Khác"}, {"number": 9}):
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            FeeReceipt.objects.filter(pk=receipt_id).update(**change)


def test_a_refund_cancels_the_receipt(money: Money) -> None:
    payment_id, phuc, at = pay_in_cash(money), money.world.phuc, money.world.at
    receipt_id = api.issue_receipt(payment_id=payment_id, actor=money.world.hung, at=at)
    refund_id = api.propose_refund(payment_id=payment_id, reason="Rút hồ sơ", actor=phuc, at=at)
    api.ask_refund(refund_id=refund_id, expected_balance=58_000, actor=phuc, at=at)
    api.confirm_refund(refund_id=refund_id, transaction_id="PC 1", actor=phuc, at=at)
    assert api.get_receipt(receipt_id).cancelled_at == at


@pytest.fixture
def outside(sandbox: Outside, settings: pytest.FixtureRequest) -> Iterator[Outside]:  # noqa: F811 - the fixture above
    sandbox.fresh()
    status.forget_answers()
    timestamps.forget_silences()
    settings.SIGNING_AUTHORITY_URL = sandbox.certificate_authority
    settings.SIGNING_AUTHORITY_TOKEN = sandbox.enrolment_token
    settings.SIGNING_KEY_TYPE = "ec-p256"
    settings.SIGNING_TIMESTAMP_URL = None
    settings.SIGNING_TRUST_DIR = None
    return sandbox


@pytest.mark.skipif(XMLSEC is None, reason="needs xmlsec1, another hand's verifier")
def test_its_data_is_sealed_by_the_agency_and_another_hand_agrees(
    money: Money, outside: Outside, tmp_path: Path
) -> None:
    now = clock.now().replace(microsecond=0)
    enrol_agency(agency_id=money.world.viet_tri.id, actor=SYSTEM, at=now)
    receipt_id = api.issue_receipt(payment_id=pay_in_cash(money), actor=SYSTEM, at=now)
    for _ in range(2):
        api.complete_receipt(receipt_id=receipt_id, at=now)
    sealed = api.read_xml(receipt_id)
    root = etree.fromstring(sealed)
    assert root.findtext(f"{{{NAMESPACE}}}TongTien") == "58000"
    assert root.findtext(f"{{{NAMESPACE}}}NguoiNop") == "Nguyễn Thị Lan"

    (tmp_path / "root.pem").write_bytes(outside.root())

    def is_right(xml: bytes) -> bool:
        (tmp_path / "signed.xml").write_bytes(xml)
        answer = subprocess.run(
            [str(XMLSEC), "--verify", "--trusted-pem", str(tmp_path / "root.pem"),
             "--enabled-key-data", "x509", "--id-attr:Id",
             "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", str(tmp_path / "signed.xml")],
            capture_output=True, check=False,
        )  # fmt: skip
        return answer.returncode == 0

    assert is_right(sealed)
    assert not is_right(sealed.replace(b"58000", b"98000"))
