"""
LayThuTuc: a procedure in the portal's words, both ways.

`record_of` turns an answer into a row as the catalogue's importer reads it, text untouched: what it cannot judge is the importer's to
ask. `told_of` says a version of ours in the same words, so that both sides are compared in one tongue. Seen: the names of the fields;
the codes of CAPTHUCHIEN after "0" are assumed. Source: docs/reference/national-portal.md
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.rules.reading import Words
from vanlang.nationalportal.types import Message

Record = dict[str, object]
CHANNELS = {"1": "Trực tiếp", "2": "Trực tuyến", "3": "Dịch vụ bưu chính"}
"""KENH."""
CHANNEL_CODES = {"direct": "1", "online": "2", "postal": "3"}
"""Our word → KENH."""
LEVELS = {"0": "Cấp Bộ", "1": "Cấp Tỉnh", "3": "Cấp Xã", "4": "Cơ quan khác"}
"""CAPTHUCHIEN; 2 was the district."""
LEVEL_CODES = {"ministry": "0", "province": "1", "commune": "3", "other": "4"}
UNITS = {"working_day": "Ngày làm việc", "day": "Ngày", "hour": "Giờ", "month": "Tháng"}
AUDIENCES = {
    "citizen": "Công dân Việt Nam",
    "overseas_vietnamese": "Người Việt Nam định cư ở nước ngoài",
    "foreigner": "Người nước ngoài",
    "resident_foreigner": "Người nước ngoài cư trú tại Việt Nam",
    "official": "Cán bộ, công chức, viên chức",
    "enterprise": "Doanh nghiệp",
    "vietnamese_enterprise": "Doanh nghiệp Việt Nam",
    "foreign_invested_enterprise": "Doanh nghiệp có vốn đầu tư nước ngoài",
    "organisation": "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "foreign_organisation": "Tổ chức nước ngoài",
    "cooperative": "Hợp tác xã",
    "party_member": "Đảng viên",
    "party_organisation": "Tổ chức Đảng",
}
"""Our word → TENDOITUONG."""
SAME_DAY_IN_WORDS = "Trong ngày làm việc"


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: how long (None: on the same day, or not known), in which unit, and what is paid for it."""

    channel: str
    amount: str
    unit: str
    is_same_day: bool
    fees: tuple[tuple[str, str], ...]
    """(amount in đồng, name)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the papers of a case."""

    name: str
    originals: int
    copies: int
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A version of ours, as far as the portal has words for it; our own words for levels, audiences, channels, units."""

    code: str
    name: str
    field: str
    field_code: str
    issuing_body: str
    levels: tuple[str, ...]
    audience: tuple[str, ...]
    authority: str
    steps: str
    conditions: str
    ways: tuple[Way, ...]
    cases: tuple[tuple[str, tuple[Paper, ...]], ...]
    """(title, papers)."""
    legal_basis: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]


def record_of(told: Words, *, issuing_body: str = "") -> Record:
    """Return an answer of LayThuTuc as a row of the catalogue's source; `issuing_body`: the name behind MACOQUANCONGBO."""
    bases = reading.rows(told, "CANCUPHAPLY")
    return {
        "code": reading.text(told, "MATTHC"),
        "name": reading.text(told, "TENTTHC"),
        "field": next((reading.text(row, "TENLINHVUC") for row in reading.rows(told, "LINHVUCTHUCHIEN")), ""),
        "levels": [
            LEVELS.get(code, code)
            for row in reading.rows(told, "CAPTHUCHIEN")
            if (code := reading.text(row, "CAPTHUCHIEN"))
        ],
        "audience": [
            name
            for row in reading.rows(told, "DOITUONGTHUCHIEN")
            if (name := reading.text(row, "TENDOITUONG"))
        ],
        "issuing_agency": issuing_body,
        "performing_agencies": [
            name for row in reading.rows(told, "COQUANTHUCHIEN") if (name := reading.text(row, "TENDONVI"))
        ],
        "steps": "\n".join(_steps(told)),
        "conditions": reading.text(told, "YEUCAU"),
        "channels": list(_channels(told)),
        "documents": list(_documents(told)),
        "legal_refs": [number for row in bases if (number := reading.text(row, "SOVANBAN"))],
        "legal_text": " ".join(
            f"{reading.text(row, 'TENVANBAN')}{reading.text(row, 'SOVANBAN')}" for row in bases
        ),
        "results": [
            {"code": reading.text(row, "MAKETQUA"), "name": reading.text(row, "TENKETQUA")}
            for row in reading.rows(told, "KETQUATHUCHIEN")
        ],
    }


def told_of(ours: Published) -> Message:
    """Return a version of ours as LayThuTuc would say it; what only the province keeps (process, forms, registers) is not in it."""
    lines = [line for line in ours.steps.splitlines() if line.strip()]
    return {
        "MATTHC": ours.code,
        "TENTTHC": ours.name,
        "LINHVUCTHUCHIEN": [{"MALINHVUC": ours.field_code, "TENLINHVUC": ours.field}],
        "MACOQUANCONGBO": ours.issuing_body,
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": LEVEL_CODES[level]} for level in ours.levels],
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": AUDIENCES[one]} for one in ours.audience],
        "COQUANTHUCHIEN": [{"TENDONVI": ours.authority, "MADONVI": ""}] if ours.authority else [],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": line} for line in lines]}],
        "YEUCAU": ours.conditions,
        "CACHTHUCTHUCHIEN": [_told_way(one) for one in ours.ways],
        "THANHPHANHOSO": [
            {"TRUONGHOP": title, "GIAYTO": [_told_paper(one) for one in papers]}
            for title, papers in ours.cases
        ],
        "CANCUPHAPLY": [{"SOVANBAN": number, "TENVANBAN": title} for number, title in ours.legal_basis],
        "KETQUATHUCHIEN": [{"MAKETQUA": code, "TENKETQUA": name} for code, name in ours.outcomes],
    }


def _steps(told: Words) -> Iterator[str]:
    for case in reading.rows(told, "TRINHTUTHUCHIEN"):
        if title := reading.text(case, "TRUONGHOP"):
            yield title
        yield from (
            line for row in reading.rows(case, "TRINHTU") if (line := reading.text(row, "TENTRINHTU"))
        )


def _channels(told: Words) -> Iterator[Record]:
    for way in reading.rows(told, "CACHTHUCTHUCHIEN"):
        kind = reading.text(way, "KENH")
        for row in reading.rows(way, "THOIGIAN"):
            fees = [_fee(one) for one in reading.rows(row, "PHILEPHI")]
            yield {
                "channel": CHANNELS.get(kind, kind),
                "duration": _number(reading.text(row, "THOIGIANGIAIQUYET")),
                "unit": reading.text(row, "DONVITINH") or None,
                "fee": "; ".join(one for one in fees if one) or None,
                "text": reading.text(row, "MOTA"),
            }


def _fee(told: Words) -> str:
    """Return a fee as the source prints it: nothing to pay is "Miễn phí", never a zero."""
    amount, unit = reading.text(told, "SOTIEN"), reading.text(told, "DONVI") or "VNĐ"
    if not amount:
        return ""
    if amount == "0":
        return "Miễn phí"
    note = reading.text(told, "MOTA")
    return f"{amount} {unit}({note})" if note else f"{amount} {unit}"


def _documents(told: Words) -> Iterator[Record]:
    for case in reading.rows(told, "THANHPHANHOSO"):
        for row in reading.rows(case, "GIAYTO"):
            form = reading.text(row, "TENMAUDON")
            yield {
                "group": reading.text(case, "TRUONGHOP"),
                "name": f"{reading.text(row, 'TENGIAYTO')}{form}",
                "originals": _count(reading.text(row, "SOBANCHINH")),
                "copies": _count(reading.text(row, "SOBANSAO")),
                "has_form": bool(form),
            }


def _told_way(way: Way) -> Message:
    fees = [{"MAPHILEPHI": "", "SOTIEN": amount, "DONVI": "VNĐ", "MOTA": name} for amount, name in way.fees]
    time = {
        "THOIGIANGIAIQUYET": way.amount,
        "DONVITINH": UNITS[way.unit] if way.amount else "",
        "MOTA": SAME_DAY_IN_WORDS if way.is_same_day else "",
    }
    return {"KENH": CHANNEL_CODES[way.channel], "THOIGIAN": [time | {"PHILEPHI": fees}]}


def _told_paper(paper: Paper) -> Message:
    return {
        "MAGIAYTO": "",
        "TENGIAYTO": paper.name,
        "SOBANCHINH": str(paper.originals),
        "SOBANSAO": str(paper.copies),
        "TENMAUDON": paper.form,
        "Url": "",
    }


def _number(text: str) -> float | None:
    """Return a duration; None for none, and for what is no number: the words are the importer's to ask about."""
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        return None


def _count(text: str) -> int:
    return min(int(text), 999) if text.isdecimal() and len(text) < 4 else 0
