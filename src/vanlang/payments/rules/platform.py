"""
The words of the national payment platform (PaymentPlatform, version 1.0.6): which fields, in which order, under which seal.

The seal (`MaXacThuc`) is SHA-256 over the fields of a message in their order, joined by "|", the partner's secret last.
Field names and codes are the platform's own and stand nowhere else. Source: docs/reference/payment-platform.md
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence

from vanlang.kernel.errors import Refusal
from vanlang.kernel.zone import VIETNAM
from vanlang.payments.types import (
    BankAccount,
    Bill,
    BillLine,
    NamedRow,
    Notice,
    NoticeKind,
    PaymentWay,
    StatementLine,
    StatementRowTold,
    StatementTold,
    UnreadRow,
)

VERSION = "1.0.6"
INIT_FIELDS = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan",
    "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
QUERY_FIELDS = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
REFUND_FIELDS = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "MaGiaoDich", "SoTien", "MaThamChieuHoan", "ThoiGianGD",
)  # fmt: skip
STATEMENT_FIELDS = ("LoaiBanTin", "PhienBan", "MaDoiTac", "NgayGD", "ThoiGianGD")
CALLBACK_FIELDS = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "MaLoi", "MaGiaoDich", "ThoiGianGD",
)  # fmt: skip
BANK_FIELDS = (*CALLBACK_FIELDS, "MaNHThuHuong", "TKThuHuong", "NoiDung")

SUCCESS = "00"
UNKNOWN_REFERENCE, NOT_YET, FAILED = "01", "02", "03"
OTHER_AMOUNT, TOO_MUCH, UNREADABLE, WRONG_SEAL = "94", "95", "96", "97"
SERVICE = "2"
"""Fees and charges of administrative procedures."""
KINDS = {
    "CONFIRM": NoticeKind.PAID,
    "QUERY": NoticeKind.PAID,
    "BANK": NoticeKind.BANK,
    "REFUND": NoticeKind.REFUND,
}
_MOVED = {
    "1": (PaymentWay.PLATFORM, 1),
    "2": (PaymentWay.PLATFORM, -1),
    "3": (PaymentWay.BANK_QR, 1),
    "4": (PaymentWay.BANK_QR, -1),
}
"""`LoaiGD` of a statement → the way, and whether money came or went back."""
_AMOUNT = re.compile(r"[0-9]{1,13}")
LONGEST = 60


def seal(message: Mapping[str, object], fields: Sequence[str], secret: str) -> str:
    """Return the seal of a message: 64 hexadecimal digits. A field that is absent counts as empty."""
    told = [str(message.get(name, "")) for name in fields]
    return hashlib.sha256("|".join([*told, secret]).encode()).hexdigest()


def sealed(message: Mapping[str, object], fields: Sequence[str], secret: str) -> dict[str, object]:
    """Return the message with its seal."""
    return {**message, "MaXacThuc": seal(message, fields, secret)}


def is_sealed(message: Mapping[str, object], fields: Sequence[str], secret: str) -> bool:
    """Say whether a message carries the right seal; compared in constant time. Without a secret none is right."""
    given = str(message.get("MaXacThuc", "")).lower()
    return bool(secret) and hmac.compare_digest(given.encode(), seal(message, fields, secret).encode())


def told_fields(message: Mapping[str, object]) -> Sequence[str]:
    """Return the fields under the seal of something that the platform tells."""
    return BANK_FIELDS if message.get("LoaiBanTin") == "BANK" else CALLBACK_FIELDS


# --- what we say ------------------------------------------------------------------------------------


def init(bill: Bill, *, partner: str, at: dt.datetime) -> dict[str, object]:
    """Return the message that begins a payment, before its seal."""
    return {
        **_head("INIT", partner, at),
        "MaThamChieu": bill.reference,
        "SoTien": str(bill.vnd),
        "LoaiHinhThanhToan": "1",
        "MaKenhThanhToan": "1",
        "MaThietBi": "",
        "NgonNgu": "vi",
        "MaTienTe": "VND",
        "MaNganHang": "",
        "ThongTinGiaoDich": f"Phí, lệ phí hồ sơ {bill.dossier_code}",
        "Ip": "",
        "UrlTraVe": bill.return_url,
        "ThongTinBienLai": _bill(bill),
    }


def query(reference: str, *, partner: str, at: dt.datetime, kind: str = "QUERY") -> dict[str, object]:
    """Return the question what became of a payment; or, as GET_BILL, where its receipt is."""
    return {**_head(kind, partner, at), "MaThamChieu": reference}


def refund(
    *, reference: str, transaction: str, own: str, vnd: int, partner: str, at: dt.datetime
) -> dict[str, object]:
    """Return the order to give `vnd` of a transaction back, under a reference of its own."""
    return {
        **_head("REFUND", partner, at),
        "MaThamChieu": reference,
        "MaGiaoDich": transaction,
        "SoTien": str(vnd),
        "MaThamChieuHoan": own,
    }


def statement(day: dt.date, *, partner: str, at: dt.datetime) -> dict[str, object]:
    """Return the question for the transactions of one day."""
    return {**_head("STATEMENT", partner, at), "NgayGD": f"{day:%Y%m%d}"}


def stamp(at: dt.datetime) -> str:
    """Return an instant as the platform writes it: local time of Vietnam."""
    return f"{at.astimezone(VIETNAM):%Y%m%d%H%M%S}"


def _head(kind: str, partner: str, at: dt.datetime) -> dict[str, object]:
    return {"LoaiBanTin": kind, "PhienBan": VERSION, "MaDoiTac": partner, "ThoiGianGD": stamp(at)}


def _bill(bill: Bill) -> dict[str, object]:
    return {
        "MaDichVu": SERVICE,
        "MaDVC": f"{bill.procedure_code}.01",
        "TenDVC": bill.procedure_name,
        "MaTTHC": bill.procedure_code,
        "TenTTHC": bill.procedure_name,
        "MaDonVi": bill.agency_code,
        "TenDonVi": bill.agency_name,
        "MaHoSo": bill.dossier_code,
        "TKThuHuong": bill.to.number if bill.to else "",
        "MaNHThuHuong": bill.to.bank if bill.to else "",
        "TenTKThuHuong": bill.to.holder if bill.to else "",
        "HoTenNguoiNop": bill.payer_name,
        "SoCMNDNguoiNop": bill.payer_number,
        "DiaChiNguoiNop": bill.payer_address,
        "HuyenNguoiNop": "",
        "TinhNguoiNop": bill.province,
        "PhiLePhi": [_fee(line) for line in bill.lines],
        "DSKhoanNop": [{"NoiDung": line.name, "SoTien": str(line.vnd)} for line in bill.lines],
    }


def _fee(line: BillLine) -> dict[str, str]:
    return {
        "LoaiPhiLePhi": "2" if line.is_charge else "1",
        "MaPhiLePhi": line.code,
        "TenPhiLePhi": line.name,
        "SoTien": str(line.vnd),
    }


# --- what they say ----------------------------------------------------------------------------------


def read_notice(message: Mapping[str, object]) -> Notice | Refusal:
    """Return what a callback, or the answer to a question, says of a transaction. Its seal was checked."""
    kind = KINDS.get(str(message.get("LoaiBanTin", "")))
    code, amount = str(message.get("MaLoi", "")), str(message.get("SoTien", ""))
    reference, transaction = str(message.get("MaThamChieu", "")), str(message.get("MaGiaoDich", ""))
    at = _read_stamp(str(message.get("ThoiGianGD", "")))
    if kind is None:
        return _unreadable("LoaiBanTin")
    if not _is_name(reference) or not (reference or kind is NoticeKind.BANK):
        return _unreadable("MaThamChieu")
    if not _AMOUNT.fullmatch(amount) or (code == SUCCESS and int(amount) == 0):
        return _unreadable("SoTien")
    if not _is_name(transaction) or (code == SUCCESS and not transaction):
        return _unreadable("MaGiaoDich")
    if at is None:
        return _unreadable("ThoiGianGD")
    number = str(message.get("TKThuHuong", ""))
    return Notice(
        kind=kind,
        reference=reference,
        transaction=transaction,
        vnd=int(amount),
        code=code[:LONGEST],
        is_success=code == SUCCESS,
        at=at,
        account=BankAccount(str(message.get("MaNHThuHuong", "")), number) if number else None,
        purpose=str(message.get("NoiDung", "")),
    )


def read_statement(rows: Sequence[object]) -> StatementTold:
    """Return a statement: the rows that could be read, and those that could not, named."""
    good: list[StatementRowTold] = []
    bad: list[tuple[UnreadRow, NamedRow, PaymentWay | None]] = []
    for number, row in enumerate(rows, start=1):
        found = _read_row(row) if isinstance(row, Mapping) else "data"
        if isinstance(found, str):
            bad.append(_unread(number, found, row if isinstance(row, Mapping) else {}))
        else:
            good.append(found)
    return StatementTold(tuple(good), tuple(bad))


def _unread(
    number: int, field: str, row: Mapping[str, object]
) -> tuple[UnreadRow, NamedRow, PaymentWay | None]:
    """Name a row that could not be read: by its number, its field, and whose it is as far as it says."""
    moved = _MOVED.get(_text(row, "LoaiGD"))
    named = NamedRow(*(_text(row, name) for name in ("MaGiaoDich", "MaThamChieu", "MaDonVi", "TKThuHuong")))
    return UnreadRow(number, field, _text(row, field), named.transaction), named, moved[0] if moved else None


def _text(row: Mapping[str, object], name: str) -> str:
    """Return what stands in a field, shortened, with nothing in it that cannot be shown."""
    told = row.get(name)
    return "".join(sign for sign in str("" if told is None else told) if sign.isprintable())[:LONGEST]


def _read_row(row: Mapping[str, object]) -> StatementRowTold | str:
    moved = _MOVED.get(str(row.get("LoaiGD", "")))
    amount, transaction = str(row.get("SoTien", "")), str(row.get("MaGiaoDich", ""))
    at = _read_stamp(str(row.get("ThoiGianGD", "")))
    if moved is None:
        return "LoaiGD"
    if not transaction or not _is_name(transaction):
        return "MaGiaoDich"
    if not _AMOUNT.fullmatch(amount) or int(amount) == 0:
        return "SoTien"
    if at is None:
        return "ThoiGianGD"
    way, sign = moved
    reference = str(row.get("MaThamChieu", ""))[:LONGEST]
    line = StatementLine(transaction, sign * int(amount), at.date(), reference)
    return StatementRowTold(line, way, str(row.get("MaDonVi", "")), str(row.get("TKThuHuong", "")))


def _read_stamp(text: str) -> dt.datetime | None:
    if not re.fullmatch(r"[0-9]{14}", text):
        return None
    try:
        return dt.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST and text.isprintable()


def _unreadable(field: str) -> Refusal:
    return Refusal("payments.message_is_unreadable", {"field": field})
