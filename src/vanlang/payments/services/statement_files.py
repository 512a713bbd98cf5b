"""A statement as a bank hands it out: a table, read line by line, every cell that cannot be read named."""

from __future__ import annotations

import datetime as dt

from vanlang.payments.rules.platform import LONGEST
from vanlang.payments.types import StatementLine
from vanlang.sheets.api import CellKind, Column, Problem, Reading, Sheet, Values, grid_of, read, workbook

BACK = "hoan"
STATEMENT = Sheet(
    "Sao kê",
    key=(),
    note="Mỗi dòng một giao dịch của ngày cần đối soát. Khoản hoàn cho người nộp ghi loại “Hoàn”.",
    columns=(
        Column(
            "transaction", "Mã giao dịch", CellKind.CODE, required=True, most=LONGEST, example="FT26327000123",
            aliases=("Số giao dịch", "Số bút toán", "Transaction ID", "Mã GD"),
        ),
        Column(
            "on", "Ngày giao dịch", CellKind.DATE, required=True, example="23/11/2026",
            aliases=("Ngày", "Ngày hiệu lực", "Ngày GD"),
        ),
        Column(
            "vnd", "Số tiền", CellKind.NUMBER, required=True, example="58.000",
            aliases=("Số tiền (đồng)", "Phát sinh có", "Ghi có"),
        ),
        Column(
            "kind", "Loại", CellKind.CHOICE, choices=(("thu", "Thu"), (BACK, "Hoàn")), example="Thu",
            help="Để trống là khoản thu.",
        ),
        Column(
            "reference", "Mã tham chiếu", CellKind.TEXT, most=LONGEST, example="PT7K2M9QWXYZ34",
            aliases=("Nội dung", "Diễn giải", "Tham chiếu"),
        ),
    ),
)  # fmt: skip


def read_statement(content: bytes, name: str) -> tuple[list[StatementLine], list[Problem]]:
    """Return the lines of a file, and everything that is wrong with it. Raises: SheetError for one that is no table."""
    reading = read(STATEMENT, grid_of(content, name))
    problems = [*reading.problems, *(problem for row in reading.rows for problem in row.problems)]
    problems += _amounts(reading)
    return ([] if problems else _lines(reading)), problems


def template(at: dt.datetime) -> bytes:
    """Return the workbook to be filled in."""
    return workbook(STATEMENT, (), at=at)


def _amounts(reading: Reading) -> list[Problem]:
    letter = reading.letters.get("vnd", "")
    return [
        Problem(f"{letter}{row.number}", "payments.amount_is_none")
        for row in reading.rows
        if not row.problems and not (isinstance(vnd := row.values["vnd"], int) and vnd > 0)
    ]


def _lines(reading: Reading) -> list[StatementLine]:
    return [_line(row.values) for row in reading.rows]


def _line(told: Values) -> StatementLine:
    vnd = int(str(told["vnd"]))
    return StatementLine(
        str(told["transaction"]),
        -vnd if told.get("kind") == BACK else vnd,
        dt.date.fromisoformat(str(told["on"])),
        str(told.get("reference") or ""),
    )
