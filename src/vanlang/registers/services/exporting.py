"""A register as a workbook: what a search shows, with every field of the schema."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.registers.labels import GRADES, STATES
from vanlang.registers.queries import export_entries
from vanlang.registers.rules.schemas import in_words
from vanlang.registers.types import EntryLine, EntryState, FieldKind, RegisterCard, SchemaField

_HEAD = (("Số, ký hiệu", 22), ("Người được cấp", 28), ("Ngày cấp", 12), ("Hết hiệu lực", 12), ("Trạng thái", 18), ("Nguồn dữ liệu", 22))  # fmt: skip


def write_workbook(
    register: RegisterCard,
    *,
    actor: Actor,
    text: str,
    state: EntryState | None,
    purpose: str,
    at: dt.datetime,
) -> bytes:
    """
    Return what a search of a register shows as an Excel workbook; an export is a read, and is written first.

    Raises: ValueError without a purpose.
    """
    rows = export_entries(register, actor=actor, text=text, state=state, purpose=purpose, at=at)
    out = io.BytesIO()
    note = f"{register.name}. Xuất lúc {at.astimezone(VIETNAM):%H:%M, %d/%m/%Y} bởi {actor.name}. Mục đích: {purpose}."
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, formats = book.add_worksheet(register.code[:31]), _Formats.of(book)
        sheet.write_string(0, 0, note)
        for column, (title, width) in enumerate([*_HEAD, *((one.title, 24) for one in register.fields)]):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, title, formats.head)
        for row, (line, name, facts) in enumerate(rows, start=2):
            _write_line(sheet, row, line, name, formats)
            for column, field in enumerate(register.fields, start=len(_HEAD)):
                _write_fact(sheet, row, column, field, facts.get(field.name), formats)
        sheet.freeze_panes(2, 1)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    cell: Format
    day: Format
    number: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> _Formats:
        framed = {"valign": "top", "border": 1}
        return cls(
            head=book.add_format(framed | {"bold": True, "text_wrap": True}),
            cell=book.add_format(framed | {"text_wrap": True}),
            day=book.add_format(framed | {"num_format": "dd/mm/yyyy"}),
            number=book.add_format(framed | {"num_format": "#,##0.##"}),
        )


def _write_line(sheet: Worksheet, row: int, line: EntryLine, name: str, formats: _Formats) -> None:
    sheet.write_string(row, 0, line.number, formats.cell)
    sheet.write_string(row, 1, name, formats.cell)
    sheet.write_datetime(row, 2, dt.datetime.combine(line.valid_from, dt.time()), formats.day)
    if line.expires_on:
        sheet.write_datetime(row, 3, dt.datetime.combine(line.expires_on, dt.time()), formats.day)
    sheet.write_string(row, 4, STATES[line.state], formats.cell)
    sheet.write_string(row, 5, GRADES[line.grade], formats.cell)


def _write_fact(
    sheet: Worksheet, row: int, column: int, field: SchemaField, value: object, formats: _Formats
) -> None:
    if value is None:
        return
    if field.kind is FieldKind.NUMBER and isinstance(value, int | float):
        sheet.write_number(row, column, value, formats.number)
    elif field.kind is FieldKind.DAY:
        sheet.write_datetime(row, column, dt.datetime.fromisoformat(str(value)), formats.day)
    else:
        sheet.write_string(row, column, in_words(field, value), formats.cell)
