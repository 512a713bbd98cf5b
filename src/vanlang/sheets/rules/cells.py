"""
One cell: what a person may have meant, as a plain value. Certain meanings are taken, doubtful ones refused with a code.

Each reader returns the value, or a `Bad` with the code of `labels.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from vanlang.kernel.vietnamese import normalise, search_key
from vanlang.sheets.types import CellKind, Column, Value


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be read."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


EMPTY: dict[CellKind, Value] = {
    CellKind.TEXT: "",
    CellKind.CODE: "",
    CellKind.DATE: "",
    CellKind.NUMBER: None,
    CellKind.TIME: "",
    CellKind.CHOICE: "",
    CellKind.CHOICES: [],
}
FIRST_SERIAL = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets, as they count after their 29 February 1900."""

_DATE = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-]|tháng)\s*(\d{1,2})\s*(?:[/.\-]|năm)\s*(\d{2,4})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*|[+-]?\d+")
_MONEY_WORD = re.compile(r"\s*(?:đồng|vnđ|vnd|đ|₫)\s*$", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:.h]|giờ|g)\s*(\d{1,2})?(?::00)?\s*(?:phút|p)?")
_SEPARATORS = re.compile(r"[,;\n]+")
_tidy = lru_cache(maxsize=65536)(normalise)


def cell(value: object, column: Column) -> Value | Bad:
    """Return what a cell of `column` says; an empty one says the kind's empty value."""
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        return [] if column.kind is CellKind.CHOICES else EMPTY[column.kind]
    return _READERS[column.kind](value, column)


def plain(value: object) -> str:
    """Return a cell as the text that a person sees in it."""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def shown(value: Value, column: Column) -> str:
    """Return a value as a person reads it in a preview: dates as 01/12/2026, names for codes."""
    if value in ("", None, []):
        return ""
    names = dict(column.choices)
    if isinstance(value, list):
        return ", ".join(names.get(one, one) for one in value)
    if column.kind is CellKind.NUMBER:
        return f"{value:,}".replace(",", ".")
    if column.kind is CellKind.DATE:
        return f"{dt.date.fromisoformat(str(value)):%d/%m/%Y}"
    return names.get(str(value), str(value))


def _text(value: object, column: Column) -> Value | Bad:
    text = plain(value)
    if len(text) > column.most:
        return Bad("sheets.too_long", {"most": column.most, "length": len(text)})
    return text


def _code(value: object, column: Column) -> Value | Bad:
    text = "".join(plain(value).split())
    if column.digits and text.isdecimal() and len(text) < column.digits and not isinstance(value, str):
        text = text.zfill(column.digits)
    if column.digits and (len(text) != column.digits or not text.isdecimal()):
        return Bad("sheets.not_digits", {"digits": column.digits, "said": text[:40]})
    return (
        text
        if len(text) <= column.most
        else Bad("sheets.too_long", {"most": column.most, "length": len(text)})
    )


def _date(value: object, column: Column) -> Value | Bad:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = int(value)
        return (
            (FIRST_SERIAL + dt.timedelta(days=whole)).isoformat()
            if 20_000 <= value < 80_000 and whole == value
            else Bad("sheets.not_a_date", {"said": plain(value)})
        )
    text = plain(value).lower()
    return _typed_date(text) or Bad("sheets.not_a_date", {"said": text[:40]})


def _typed_date(text: str) -> str:
    """Return the ISO day that `text` spells, or "". A year of two digits is no year."""
    iso, local = _ISO.fullmatch(text), _DATE.fullmatch(text)
    if iso:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif local and len(local[3]) == 4:
        parts = (int(local[3]), int(local[2]), int(local[1]))
    else:
        return ""
    try:
        return dt.date(*parts).isoformat()
    except ValueError:
        return ""


def _number(value: object, column: Column) -> Value | Bad:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    text = _MONEY_WORD.sub("", plain(value))
    if not _THOUSANDS.fullmatch(text):
        return Bad("sheets.not_a_number", {"said": plain(value)[:40]})
    return int(re.sub(r"[.,\s]", "", text))


def _time(value: object, column: Column) -> Value | Bad:
    if isinstance(value, dt.datetime | dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        value = value.total_seconds() / 86400
    if isinstance(value, int | float) and 0 <= value < 1:
        hours, minutes = divmod(round(value * 24 * 60), 60)
        return f"{hours:02d}:{minutes:02d}"
    match = _TIME.fullmatch(plain(value).lower())
    hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hours > 23 or minutes > 59:
        return Bad("sheets.not_a_time", {"said": plain(value)[:40]})
    return f"{hours:02d}:{minutes:02d}"


@lru_cache(maxsize=256)
def _codes_of(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {search_key(word): code for code, name in reversed(choices) for word in (name, code)}


def _choice(value: object, column: Column) -> Value | Bad:
    found = _codes_of(column.choices).get(search_key(plain(value)))
    return found if found is not None else _not_offered(plain(value), column)


def _choices(value: object, column: Column) -> Value | Bad:
    codes = _codes_of(column.choices)
    words = [word.strip() for word in _SEPARATORS.split(str(value)) if word.strip()]
    unknown = next((word for word in words if search_key(word) not in codes), None)
    if unknown is not None:
        return _not_offered(unknown, column)
    return sorted({codes[search_key(word)] for word in words})


def _not_offered(said: str, column: Column) -> Bad:
    return Bad(
        "sheets.not_offered", {"said": said[:60], "offered": ", ".join(name for _, name in column.choices)}
    )


_READERS: dict[CellKind, Callable[[object, Column], Value | Bad]] = {
    CellKind.TEXT: _text,
    CellKind.CODE: _code,
    CellKind.DATE: _date,
    CellKind.NUMBER: _number,
    CellKind.TIME: _time,
    CellKind.CHOICE: _choice,
    CellKind.CHOICES: _choices,
}
