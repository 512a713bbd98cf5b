"""The portal's words, read without trust: what is not a text is none, what is no list is empty."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from vanlang.kernel.vietnamese import normalise
from vanlang.nationalportal.rules.codec import read_instant

Words = Mapping[str, object]
PERSONAL, ENTERPRISE = "1", "3"
"""LoaiDinhDanh; that of enterprises is recalled, not seen."""


@dataclass(frozen=True, slots=True)
class TakenPaper:
    """One paper as the portal names it."""

    position: int
    name: str
    address: str
    document: str
    """MaThanhPhanHoSo: the portal's code for what it is."""


def text(told: Words, name: str) -> str:
    """Return a text, tidied; nothing for anything else."""
    value = told.get(name)
    return normalise(value) if isinstance(value, str) else ""


def instant(told: Words, name: str, *, latest: dt.datetime) -> dt.datetime:
    """Return an instant of the past; `latest` for one that cannot be read, or lies ahead."""
    try:
        found = read_instant(text(told, name))
    except ValueError:
        return latest
    return min(found or latest, latest)


def maybe_instant(told: Words, name: str) -> dt.datetime | None:
    """Return an instant, or None for none that can be read."""
    try:
        return read_instant(text(told, name))
    except ValueError:
        return None


def rows(told: Words, name: str) -> list[Words]:
    """Return the rows of a list."""
    value = told.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def papers(told: Words) -> list[TakenPaper]:
    """Return the papers that come with a message, those left out that were taken back."""
    return [
        TakenPaper(
            position,
            text(row, "TenTepDinhKem") or f"Giấy tờ {position}",
            text(row, "DuongDanTaiTepTin"),
            text(row, "MaThanhPhanHoSo"),
        )
        for position, row in enumerate(rows(told, "TaiLieuNop"), start=1)
        if text(row, "IsDeleted").lower() != "true"
    ]


def personal_id(told: Words) -> str:
    """Return the twelve digits of who owns a dossier; nothing when none are told."""
    found = _number(told, PERSONAL)
    return found if re.fullmatch(r"\d{12}", found, re.ASCII) else ""


def entity_number(told: Words) -> str:
    """Return the code of the enterprise that owns a dossier; nothing when none is told."""
    return _number(told, ENTERPRISE)


def answers(told: Words) -> dict[str, object]:
    """Return the answers of a form that came as JSON text (ThongTinKhac); none for any other text."""
    try:
        found = json.loads(text(told, "ThongTinKhac") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(told: Words, kind: str) -> str:
    numbers = [
        text(row, "SoDinhDanh") for row in rows(told, "DinhDanhCHS") if text(row, "LoaiDinhDanh") == kind
    ]
    return numbers[0] if numbers else ""
