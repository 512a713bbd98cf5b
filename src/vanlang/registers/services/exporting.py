"""A register as a workbook: what a search shows, with every field of the schema."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.registers.labels import GRADES, STATES
from vanlang.registers.queries import export_entries
from vanlang.registers.rules.schemas import in_words
from vanlang.registers.types import EntryState, FieldKind, RegisterCard

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
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(register.code[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
        number = book.add_format({"num_format": "#,##0.##", "valign": "top", "border": 1})
        note = f"{register.name}. Xuất lúc {at.astimezone(VIETNAM):%H:%M, %d/%m/%Y} bởi {actor.name}. Mục đích: {purpose}."
        sheet.write_string(0, 0, note)
        for column, (title, width) in enumerate([*_HEAD, *((one.title, 24) for one in register.fields)]):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, title, bold)
        for row, (line, name, facts) in enumerate(rows, start=2):
            sheet.write_string(row, 0, line.number, cell)
            sheet.write_string(row, 1, name, cell)
            sheet.write_datetime(row, 2, dt.datetime.combine(line.valid_from, dt.time()), day)
            if line.expires_on:
                sheet.write_datetime(row, 3, dt.datetime.combine(line.expires_on, dt.time()), day)
            sheet.write_string(row, 4, STATES[line.state], cell)
            sheet.write_string(row, 5, GRADES[line.grade], cell)
            for column, field in enumerate(register.fields, start=len(_HEAD)):
                value = facts.get(field.name)
                if value is None:
                    continue
                if field.kind is FieldKind.NUMBER and isinstance(value, int | float):
                    sheet.write_number(row, column, value, number)
                elif field.kind is FieldKind.DAY:
                    sheet.write_datetime(row, column, dt.datetime.fromisoformat(str(value)), day)
                else:
                    sheet.write_string(row, column, in_words(field, value), cell)
        sheet.freeze_panes(2, 1)
    return out.getvalue()
