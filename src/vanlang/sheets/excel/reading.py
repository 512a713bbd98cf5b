from __future__ import annotations

import csv
import io

from python_calamine import CalamineError, CalamineWorkbook

from vanlang.sheets.errors import SheetError
from vanlang.sheets.types import Grid

GUIDE = "Hướng dẫn"
"""The sheet that explains; it is never data."""
_ENCODINGS = ("utf-8-sig", "cp1258")


def grid_of(content: bytes, name: str = "") -> Grid:
    """
    Return the cells of a workbook's first sheet of data, or of a comma-separated text. Formulas give their values.

    Raises: SheetError when it is neither.
    """
    if content[:2] == b"PK":
        return _of_workbook(content)
    if name.lower().endswith((".csv", ".txt")):
        return _of_text(content)
    raise SheetError("sheets.unreadable")


def _of_workbook(content: bytes) -> Grid:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [name for name in book.sheet_names if name != GUIDE]
        if not names:
            raise SheetError("sheets.empty")
        sheet = book.get_sheet_by_name(names[0])
        rows = sheet.to_python(skip_empty_area=False)
        return Grid(rows, [_range(one) for one in sheet.merged_cell_ranges or ()])
    except CalamineError:
        raise SheetError("sheets.unreadable") from None


def _range(one: tuple[tuple[int, int], tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    (top, left), (bottom, right) = one
    return (int(top), int(left)), (int(bottom), int(right))


def _of_text(content: bytes) -> Grid:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        delimiter = max(";,\t|", key=first.count)
        return Grid(list(csv.reader(io.StringIO(text), delimiter=delimiter)))
    raise SheetError("sheets.unreadable")
