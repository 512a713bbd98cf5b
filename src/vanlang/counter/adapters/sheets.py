"""Sheets that are uploaded at the counter: XLSX and ODS by calamine, text by lines."""

from __future__ import annotations

import io

from python_calamine import CalamineError, CalamineWorkbook

from vanlang.counter.errors import CounterInvalid
from vanlang.counter.rules.sheet import PersonLine, read_cells, read_pasted

LARGEST = 2_000_000
"""Bytes: a table of three hundred people has a hundredth of it."""


def read_sheet(content: bytes) -> list[PersonLine]:
    """
    Return the people of an uploaded sheet's first page.

    Raises: CounterInvalid("counter.sheet_too_large", "counter.sheet_unreadable").
    """
    if len(content) > LARGEST:
        raise CounterInvalid("counter.sheet_too_large")
    if content[:2] == b"PK":
        try:
            return read_cells(
                CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            )
        except CalamineError as error:
            raise CounterInvalid("counter.sheet_unreadable") from error
    try:
        return read_pasted(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CounterInvalid("counter.sheet_unreadable") from error
