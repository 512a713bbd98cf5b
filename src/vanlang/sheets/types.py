from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "str | int | list[str] | None"
"""What a cell says: text ("" when empty), a whole number (None when empty), or a list of codes ([] when empty)."""
Values: TypeAlias = "dict[str, Value]"


class CellKind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    CODE = "code"
    """Text whose spaces mean nothing; a number keeps its leading zeros where `digits` says how many there are."""
    DATE = "date"
    """Kept as ISO text: "2026-12-01"."""
    NUMBER = "number"
    """A whole number; đồng, too."""
    TIME = "time"
    """Kept as "07:30"."""
    CHOICE = "choice"
    CHOICES = "choices"
    """Several choices, separated by commas, semicolons or line breaks; kept sorted."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet, as people see it and as programs read it."""

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    required: bool = False
    help: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    """Other titles that people write for it."""
    choices: tuple[tuple[str, str], ...] = ()
    """(code, Vietnamese name)."""
    digits: int = 0
    """A code of this many digits: what a spreadsheet took for a number gets its zeros back."""
    most: int = 500
    """How long a text may be."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that people fill in."""

    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that together name a row."""
    note: str = ""
    """What the guide says first."""

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet of a workbook, from A1 on."""

    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    """((row, column), (row, column)) of the first and the last cell, from 0."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a row cannot be taken with: where, and why."""

    cell: str
    """Address of the cell ("D17"), or "" for the whole row or sheet."""
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One line of the table."""

    number: int
    """As the spreadsheet counts it, from 1."""
    values: Values
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says."""

    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()
    """Of the sheet as a whole: a column that is missing."""
    ignored: tuple[str, ...] = ()
    """Titles that no column has."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Column key → letter in the file: {"name": "B"}."""
