"""A table of people, pasted from Excel or read from a sheet, as lines. Pure: what a cell means, not whether it is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanlang.kernel.vietnamese import normalise, search_key

MOST_LINES = 300
"""Lines of one batch: a pile that one officer can answer for."""

COLUMNS = ("personal_id", "full_name", "phone", "address", "request")
"""Their order where the table has no line of headings."""
HEADINGS = {
    "personal_id": (
        "so dinh danh",
        "so dinh danh ca nhan",
        "cccd",
        "so cccd",
        "can cuoc",
        "so can cuoc",
        "cmnd",
    ),
    "full_name": ("ho ten", "ho va ten", "ten", "ho va ten nguoi nop", "nguoi nop"),
    "phone": ("dien thoai", "so dien thoai", "sdt", "dt"),
    "address": ("dia chi", "noi cu tru", "noi thuong tru", "cho o"),
    "request": ("noi dung", "noi dung de nghi", "yeu cau", "ghi chu"),
}
LONGEST = {"personal_id": 20, "full_name": 150, "phone": 20, "address": 300, "request": 500}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a table, as typed."""

    personal_id: str = ""
    full_name: str = ""
    phone: str = ""
    address: str = ""
    request: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.personal_id, self.full_name, self.phone, self.address, self.request))


def read_pasted(text: str) -> list[PersonLine]:
    """Return the lines of what was copied out of a sheet: tabs between cells; semicolons where there is no tab."""
    separator = "\t" if "\t" in text else ";"
    return read_cells([line.split(separator) for line in text.splitlines()])


def read_cells(rows: Sequence[Sequence[object]]) -> list[PersonLine]:
    """Return the lines of a table; a first line of headings says which column is what, else the order does."""
    cells = [[_text(cell) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        return []
    order = _order_of(cells[0])
    body = cells[1:] if order else cells
    order = order or _guessed(body)
    lines = [_line(row, order) for row in body]
    return [line for line in lines if not line.is_empty]


def _order_of(row: Sequence[str]) -> dict[int, str]:
    """Return column → meaning when a row is one of headings; empty when it is not."""
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        key = search_key(cell).strip(" .:")
        meaning = next((name for name, words in HEADINGS.items() if key in words), None)
        if meaning and meaning not in found.values():
            found[place] = meaning
    return found if "full_name" in found.values() else {}


def _guessed(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the order of columns without headings; a first column of running numbers is left out."""
    first = [row[0] for row in rows if row]
    running = bool(first) and first == [str(number) for number in range(1, len(first) + 1)]
    return {place + running: name for place, name in enumerate(COLUMNS)}


def _line(row: Sequence[str], order: dict[int, str]) -> PersonLine:
    told = {name: row[place][: LONGEST[name]] for place, name in order.items() if place < len(row)}
    line = PersonLine(**told)
    return replace(line, personal_id=_with_zero(line.personal_id), phone=_with_zero(line.phone, length=10))


def _with_zero(text: str, *, length: int = 12) -> str:
    """Give back the zero that a sheet takes from the front of a number."""
    return text.zfill(length) if text.isdecimal() and len(text) == length - 1 else text


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return normalise(re.sub(r"\s+", " ", str(cell if cell is not None else "")).strip())
