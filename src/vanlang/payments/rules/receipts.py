"""A receipt as data: what is sealed by the agency, and read by machines. Names are the house's own; no official schema was seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from vanlang.payments.rules.words import dong_in_words

NAMESPACE = "urn:vanlang:bien-lai:1"
DIGITS = 7
"""A number is printed with as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One fee or charge that was paid."""

    name: str
    is_charge: bool
    quantity: int
    vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """Everything that a receipt says."""

    agency: str
    agency_code: str
    tax_code: str
    form: str
    series: str
    number: int
    payer: str
    procedure_name: str
    dossier_code: str
    """Empty while the dossier has none: it was paid before it was received."""
    lines: tuple[ReceiptLine, ...]
    vnd: int
    way: str
    """In words: "Tiền mặt"."""
    reference: str
    paid_at: dt.datetime
    issued_at: dt.datetime
    issued_by: str
    """Empty when the house issued it without an officer."""


def printed_number(number: int) -> str:
    return f"{number:0{DIGITS}d}"


def as_xml(facts: ReceiptFacts) -> bytes:
    """Return a receipt as XML, unsigned; the same facts give the same bytes."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("BienLai"), {"phienBan": "1"})
    for name, value in (
        ("MauSo", facts.form), ("KyHieu", facts.series), ("So", printed_number(facts.number)),
        ("NgayLap", facts.issued_at.isoformat(timespec="seconds")), ("DonViThu", facts.agency),
        ("MaDonVi", facts.agency_code), ("MaSoThue", facts.tax_code), ("NguoiNop", facts.payer),
        ("MaHoSo", facts.dossier_code), ("ThuTuc", facts.procedure_name),
    ):  # fmt: skip
        ET.SubElement(root, _tag(name)).text = value
    lines = ET.SubElement(root, _tag("CacKhoan"))
    for line in facts.lines:
        row = ET.SubElement(lines, _tag("Khoan"), {"loai": "2" if line.is_charge else "1"})
        ET.SubElement(row, _tag("Ten")).text = line.name
        ET.SubElement(row, _tag("SoLuong")).text = str(line.quantity)
        ET.SubElement(row, _tag("SoTien")).text = str(line.vnd)
    for name, value in (
        ("TongTien", str(facts.vnd)), ("BangChu", dong_in_words(facts.vnd)), ("HinhThuc", facts.way),
        ("MaThamChieu", facts.reference), ("NgayNop", facts.paid_at.isoformat(timespec="seconds")),
        ("NguoiThu", facts.issued_by),
    ):  # fmt: skip
        ET.SubElement(root, _tag(name)).text = value
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
