"""
Every message of the payment platform, both ways, word for word: `payment_platform/*.json`.

The province and the stand-in read the same files and neither knows the other, so a change on one side alone is found
here. Seals are under the secret below; the files were sealed by `sha256sum`, by neither side.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox.payment_platform import sealing
from sandbox.payment_platform.platform import unfit_field
from vanlang.kernel.zone import VIETNAM
from vanlang.payments.rules import platform
from vanlang.payments.types import (
    BankAccount,
    Bill,
    BillLine,
    Notice,
    NoticeKind,
    PaymentWay,
    StatementLine,
    StatementRowTold,
)

SECRET, PARTNER = "contract", "VANLANG"
AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
FILES = Path(__file__).parent / "payment_platform"
ACCOUNT = BankAccount("970422", "0113366668888", "UBND PHUONG VIET TRI")
BILL = Bill(
    reference="VL26112300000001",
    dossier_code="H44.100-261123-0001",
    procedure_code="2.000815.000.00.00.H44",
    procedure_name="Chứng thực bản sao từ bản chính",
    agency_code="H44.100",
    agency_name="UBND phường Việt Trì",
    province="Phú Thọ",
    to=ACCOUNT,
    payer_name="Nguyễn Thị Lan",
    payer_number="025190000001",
    payer_address="Phường Việt Trì",
    lines=(BillLine("1", "Phí chứng thực", False, 6000), BillLine("2", "Lệ phí cấp bản sao", True, 8000)),
    return_url="http://127.0.0.1:8000/thanh-toan/ve/VL26112300000001/",
)
SAID = {
    "init": (platform.init(BILL, partner=PARTNER, at=AT), platform.INIT_FIELDS, sealing.INIT),
    "query": (
        platform.query(BILL.reference, partner=PARTNER, at=AT), platform.QUERY_FIELDS, sealing.QUERY,
    ),
    "get_bill": (
        platform.query(BILL.reference, partner=PARTNER, at=AT, kind="GET_BILL"), platform.QUERY_FIELDS, sealing.QUERY,
    ),
    "refund": (
        platform.refund(
            reference=BILL.reference, transaction="GD2611230000000001", own="HT26112300000001", vnd=14000,
            partner=PARTNER, at=AT,
        ),
        platform.REFUND_FIELDS, sealing.REFUND,
    ),
    "statement": (
        platform.statement(dt.date(2026, 11, 22), partner=PARTNER, at=AT), platform.STATEMENT_FIELDS, sealing.STATEMENT,
    ),
}  # fmt: skip
PAID_AT = dt.datetime(2026, 11, 23, 8, 5, 9, tzinfo=VIETNAM)
HEARD = {
    "callback_paid": Notice(
        NoticeKind.PAID, BILL.reference, "GD2611230000000001", 14000, "00", True, PAID_AT
    ),
    "callback_failed": Notice(NoticeKind.PAID, BILL.reference, "", 14000, "03", False, PAID_AT),
    "callback_refund": Notice(
        NoticeKind.REFUND, "HT26112300000001", "HT2611230000000002", 14000, "00", True, PAID_AT
    ),
    "callback_bank": Notice(
        NoticeKind.BANK, "VL26112300000002", "FT2611230000000003", 180000, "00", True, PAID_AT,
        BankAccount("970422", "0113366668888"), "Le phi H44.100-261123",
    ),
    "answer_query": Notice(NoticeKind.PAID, BILL.reference, "GD2611230000000001", 14000, "00", True, PAID_AT),
}  # fmt: skip


def golden(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize("name", SAID)
def test_what_the_province_says(name: str) -> None:
    message, fields, _ = SAID[name]
    assert platform.sealed(message, fields, SECRET) == golden(name)


@pytest.mark.parametrize("name", SAID)
def test_the_platform_takes_it(name: str) -> None:
    _, fields, theirs = SAID[name]
    assert fields == theirs
    assert sealing.is_right(golden(name), theirs, SECRET)
    assert not sealing.is_right(golden(name), theirs, "another")


def test_a_payment_can_begin_with_it() -> None:
    assert unfit_field(golden("init")) == ""


@pytest.mark.parametrize("name", HEARD)
def test_what_the_platform_tells(name: str) -> None:
    message = golden(name)
    assert platform.is_sealed(message, platform.told_fields(message), SECRET)
    assert platform.read_notice(message) == HEARD[name]


@pytest.mark.parametrize("name", HEARD)
def test_no_word_under_the_seal_can_be_changed(name: str) -> None:
    message = golden(name)
    for field in platform.told_fields(message):
        changed = {**message, field: f"{message[field]}1"}
        assert not platform.is_sealed(changed, platform.told_fields(changed), SECRET), field
    assert not platform.is_sealed({**message, "MaXacThuc": ""}, platform.told_fields(message), SECRET)
    assert not platform.is_sealed(sealing.sealed(message, sealing.CALLBACK, ""), platform.CALLBACK_FIELDS, "")


def test_a_statement() -> None:
    told = platform.read_statement(golden("answer_statement")["data"])
    day = dt.date(2026, 11, 22)
    assert list(told.rows) == [
        row("GD1", 14000, day, "VL1", PaymentWay.PLATFORM, agency="H44.100"),
        row("HT1", -14000, day, "HT1R", PaymentWay.PLATFORM, agency="H44.100"),
        row("FT1", 180000, day, "VL2", PaymentWay.BANK_QR, account="0113366668888"),
        row("FT2", -180000, day, "HT2R", PaymentWay.BANK_QR, account="0113366668888"),
    ]
    unread = [(one.number, one.field) for one, _, _ in told.unread]
    assert unread == [(5, "SoTien"), (6, "LoaiGD"), (7, "ThoiGianGD"), (8, "MaGiaoDich")]


def row(
    transaction: str,
    vnd: int,
    on: dt.date,
    reference: str,
    way: PaymentWay,
    *,
    agency: str = "",
    account: str = "",
) -> StatementRowTold:
    return StatementRowTold(StatementLine(transaction, vnd, on, reference), way, agency, account)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"LoaiBanTin": "HELLO"}, "LoaiBanTin"),
        ({"SoTien": "-1"}, "SoTien"),
        ({"SoTien": "14000.0"}, "SoTien"),
        ({"SoTien": "0"}, "SoTien"),
        ({"SoTien": "١٤"}, "SoTien"),
        ({"MaGiaoDich": ""}, "MaGiaoDich"),
        ({"MaGiaoDich": "x" * 61}, "MaGiaoDich"),
        ({"MaThamChieu": ""}, "MaThamChieu"),
        ({"ThoiGianGD": "20261323080509"}, "ThoiGianGD"),
    ],
)
def test_what_cannot_be_read_is_said_by_its_field(changes: Mapping[str, str], field: str) -> None:
    refused = platform.read_notice({**golden("callback_paid"), **changes})
    assert not isinstance(refused, Notice)
    assert refused.facts == {"field": field}
