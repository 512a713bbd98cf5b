"""
Tables that people fill in: a sheet is described once, and from that come the workbook to fill in, the export and the reader.

    OFFICERS = Sheet("Cán bộ", key=("username", "agency"), columns=(Column("username", "Tên đăng nhập", required=True), …))
    workbook(OFFICERS, rows, at=…)           bytes: the data, and a guide that explains every column
    read(OFFICERS, grid_of(content, name))   Reading: rows as plain values, problems by the address of their cell

What one person exports another can import: `read` gives back exactly the values that `workbook` was given. Everything
else that people do to a table is forgiven where its meaning is certain (columns in another order, titles without
diacritics, numbers typed as text, dates in many spellings, merged cells down a column, empty lines), and refused with the
address of the cell where it is not. Nothing here knows an agency or a database; values are strings, whole numbers and lists.
"""

from vanlang.sheets.errors import SheetError
from vanlang.sheets.excel.reading import grid_of
from vanlang.sheets.excel.writing import Table, tables, workbook
from vanlang.sheets.labels import problem_text
from vanlang.sheets.rules.cells import EMPTY, shown
from vanlang.sheets.rules.reading import address, fold, read, read_columns
from vanlang.sheets.types import (
    CellKind,
    Column,
    Grid,
    Problem,
    Reading,
    ReadRow,
    Sheet,
    Value,
    Values,
)

__all__ = [
    "EMPTY",
    "CellKind",
    "Column",
    "Grid",
    "Problem",
    "ReadRow",
    "Reading",
    "Sheet",
    "SheetError",
    "Table",
    "Value",
    "Values",
    "address",
    "fold",
    "grid_of",
    "problem_text",
    "read",
    "read_columns",
    "shown",
    "tables",
    "workbook",
]
