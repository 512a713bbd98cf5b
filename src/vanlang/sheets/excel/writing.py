from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from vanlang.sheets.excel.reading import GUIDE
from vanlang.sheets.rules.cells import shown
from vanlang.sheets.types import CellKind, Column, Sheet, Value, Values

_HEAD = {"bold": True, "bg_color": "#F3E3D3", "border": 1, "text_wrap": True, "valign": "top"}
_KINDS = {
    CellKind.TEXT: "chữ",
    CellKind.CODE: "mã (định dạng chữ, giữ số 0 ở đầu)",
    CellKind.DATE: "ngày/tháng/năm",
    CellKind.NUMBER: "số nguyên",
    CellKind.TIME: "giờ:phút",
    CellKind.CHOICE: "chọn một",
    CellKind.CHOICES: "chọn một hoặc nhiều, cách nhau bằng dấu phẩy",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table of a report."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]


def workbook(sheet: Sheet, rows: Iterable[Values], *, at: dt.datetime) -> bytes:
    """Return a workbook with the data and a guide; empty `rows` make the workbook to be filled in."""
    out, book, formats = _book(at)
    page = book.add_worksheet(sheet.title[:31])
    for number, column in enumerate(sheet.columns):
        page.write_string(
            0, number, f"{column.title} (*)" if column.required else column.title, formats["head"]
        )
        page.set_column(number, number, _width(column), formats.get(column.kind.value))
        names = [name for _, name in column.choices] if column.kind is CellKind.CHOICE else []
        if names and len(",".join(names)) < 250:
            rule = {"validate": "list", "source": names, "error_type": "warning"}
            page.data_validation(1, number, 20_000, number, rule)
    count = 0
    for count, values in enumerate(rows, start=1):
        for number, column in enumerate(sheet.columns):
            _write(page, count, number, values.get(column.key), column, formats)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(count, 1), len(sheet.columns) - 1)
    _guide(book, sheet, formats)
    book.close()
    return out.getvalue()


def tables(parts: Sequence[Table], *, at: dt.datetime) -> bytes:
    """Return a workbook with one sheet for each table of a report."""
    out, book, formats = _book(at)
    for part in parts:
        page = book.add_worksheet(part.title[:31])
        for number, title in enumerate(part.columns):
            longest = max((len(str(row[number] or "")) for row in part.rows[:200]), default=0)
            page.set_column(number, number, min(max(len(title), longest, 8) + 2, 60))
            page.write_string(0, number, title, formats["head"])
        for line, row in enumerate(part.rows, start=1):
            for number, value in enumerate(row):
                _write_plain(page, line, number, value, formats)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(part.rows), 1), len(part.columns) - 1)
    book.close()
    return out.getvalue()


def _book(at: dt.datetime) -> tuple[io.BytesIO, xlsxwriter.Workbook, dict[str, object]]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": at.replace(tzinfo=None), "author": "Văn Lang"})
    text = book.add_format({"num_format": "@"})
    formats: dict[str, object] = {
        "head": book.add_format(_HEAD),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        CellKind.DATE.value: book.add_format({"num_format": "dd/mm/yyyy"}),
        CellKind.NUMBER.value: book.add_format({"num_format": "#,##0"}),
        **{kind.value: text for kind in (CellKind.TEXT, CellKind.CODE, CellKind.TIME)},
    }
    return out, book, formats


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    line: int,
    number: int,
    value: Value,
    column: Column,
    formats: dict[str, object],
) -> None:
    if value in ("", None, []):
        return
    look = formats.get(column.kind.value)
    if column.kind is CellKind.DATE:
        page.write_datetime(line, number, dt.datetime.fromisoformat(str(value)), look)
    elif isinstance(value, int):
        page.write_number(line, number, value, look)
    elif column.kind in {CellKind.CHOICE, CellKind.CHOICES}:
        page.write_string(line, number, shown(value, column))
    else:
        page.write_string(line, number, str(value), look)


def _write_plain(
    page: xlsxwriter.worksheet.Worksheet, line: int, number: int, value: object, formats: dict[str, object]
) -> None:
    if isinstance(value, dt.datetime):
        page.write_string(line, number, f"{value:%d/%m/%Y %H:%M}")
    elif isinstance(value, dt.date):
        page.write_datetime(line, number, dt.datetime.combine(value, dt.time()), formats["date"])
    elif isinstance(value, int | float):
        page.write_number(line, number, value, formats["number"])
    elif value:
        page.write_string(line, number, str(value))


def _guide(book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, object]) -> None:
    page = book.add_worksheet(GUIDE)
    page.set_column(0, 0, 28)
    page.set_column(1, 2, 24)
    page.set_column(3, 3, 70, formats["wrap"])
    page.write_string(0, 0, sheet.note or sheet.title)
    for number, title in enumerate(("Cột", "Bắt buộc", "Ví dụ", "Cách điền")):
        page.write_string(2, number, title, formats["head"])
    for line, column in enumerate(sheet.columns, start=3):
        offered = "; ".join(name for _, name in column.choices)
        says = [_KINDS[column.kind] + ".", column.help, f"Các giá trị: {offered}." if offered else ""]
        page.write_string(line, 0, column.title)
        page.write_string(line, 1, "có" if column.required else "không")
        page.write_string(line, 2, column.example)
        page.write_string(line, 3, " ".join(part for part in says if part).capitalize())


def _width(column: Column) -> int:
    wide = {CellKind.TEXT: 32, CellKind.CHOICES: 30, CellKind.CHOICE: 18}
    return max(wide.get(column.kind, 14), min(len(column.title) + 4, 40))
