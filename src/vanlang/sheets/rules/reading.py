"""
A table as people hand it in: find the line of titles, know the columns by them, read each line below.

Merged cells down one column say the same in each of its lines; cells merged across columns cannot be told apart and are
refused by their address. Lines without any value are passed over, their numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from vanlang.kernel.vietnamese import search_key
from vanlang.sheets.rules.cells import Bad, cell, plain
from vanlang.sheets.types import Column, Grid, Problem, Reading, ReadRow, Sheet, Values

HEADING_WITHIN = 20
"""The titles stand among the first so many lines; above them people write whose table it is."""
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold(title: str) -> str:
    """Return the key by which titles are compared: no case, no diacritics, no punctuation, nothing in brackets."""
    return _NOT_A_WORD.sub(" ", search_key(re.sub(r"\([^)]*\)|\*", " ", title))).strip()


def letters(column: int) -> str:
    """Return the letters of a column, from 0: A, B, … Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """Return the address of a cell, both from 0: (16, 3) is D17."""
    return f"{letters(column)}{row + 1}"


def read(sheet: Sheet, grid: Grid) -> Reading:
    """Return what the table says. Without its titles or a required column it says nothing but that."""
    heading, places = _heading(sheet.columns, grid)
    missing = [column for column in sheet.columns if column.required and column.key not in places]
    if heading is None or missing:
        names = ", ".join(f"“{column.title}”" for column in missing or sheet.columns if column.required)
        return Reading((), (Problem("", "sheets.columns_missing", {"columns": names}),))
    filled, refused = _unmerge(grid, heading)
    known = set(places.values())
    ignored = tuple(
        plain(title) for at, title in enumerate(grid.rows[heading]) if plain(title or "") and at not in known
    )
    rows = _rows(sheet, filled, heading, places, refused)
    marked = {key: letters(at) for key, at in places.items()}
    return Reading(tuple(_once(sheet, rows, marked)), (), ignored, marked)


def read_columns(columns: Sequence[Column], grid: Grid) -> Reading:
    """Return the lines of a table whose key does not matter: another system's export."""
    return read(Sheet("", tuple(columns), key=()), grid)


def _heading(columns: Sequence[Column], grid: Grid) -> tuple[int | None, dict[str, int]]:
    """Return the line that names most columns, and where each column stands."""
    wanted = {fold(name): column.key for column in columns for name in (*column.aliases, column.title)}
    best: tuple[int | None, dict[str, int]] = (None, {})
    for number, line in enumerate(grid.rows[:HEADING_WITHIN]):
        found: dict[str, int] = {}
        for at, title in enumerate(line):
            key = wanted.get(fold(title)) if isinstance(title, str) else None
            if key is not None:
                found.setdefault(key, at)
        if len(found) > len(best[1]):
            best = number, found
    return best


def _unmerge(grid: Grid, heading: int) -> tuple[list[Sequence[object]], dict[int, list[Problem]]]:
    """Return the lines with merged columns filled, and by line what was merged across columns."""
    rows: list[Sequence[object]] = list(grid.rows)
    refused: dict[int, list[Problem]] = {}
    for (top, left), (bottom, right) in grid.merged:
        if bottom <= heading or top >= len(rows):
            continue
        if left != right:
            for number in range(max(top, heading + 1), min(bottom + 1, len(rows))):
                where = f"{address(top, left)}:{address(bottom, right)}"
                refused.setdefault(number, []).append(
                    Problem(address(top, left), "sheets.merged", {"cells": where})
                )
            continue
        value = rows[top][left] if left < len(rows[top]) else None
        for number in range(top + 1, min(bottom + 1, len(rows))):
            line = [*rows[number], *[None] * (left + 1 - len(rows[number]))]
            line[left] = value
            rows[number] = line
    return rows, refused


def _rows(
    sheet: Sheet,
    grid: Sequence[Sequence[object]],
    heading: int,
    places: Mapping[str, int],
    refused: Mapping[int, list[Problem]],
) -> Iterable[ReadRow]:
    present = [(column, places[column.key]) for column in sheet.columns if column.key in places]
    for number in range(heading + 1, len(grid)):
        line = grid[number]
        if not any(value is not None and value != "" for value in line):
            continue
        values: Values = {}
        problems = list(refused.get(number, ()))
        width = len(line)
        said = False
        for column, at in present:
            found = cell(line[at] if at < width else None, column)
            if isinstance(found, Bad):
                problems.append(
                    Problem(address(number, at), found.code, {"column": column.title, **found.facts})
                )
                said = True
                continue
            values[column.key] = found
            if found not in ("", None, []):
                said = True
            elif column.required:
                problems.append(Problem(address(number, at), "sheets.missing", {"column": column.title}))
        if said:
            yield ReadRow(number + 1, values, tuple(problems))


def _once(sheet: Sheet, rows: Iterable[ReadRow], marked: Mapping[str, str]) -> Iterable[ReadRow]:
    """Pass the rows on, those whose key was there before with the problem that it was."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(str(row.values.get(name, "")).casefold() for name in sheet.key)
        first = seen.setdefault(key, row.number) if key and any(key) else row.number
        if first == row.number or row.problems:
            yield row
            continue
        where = f"{marked[sheet.key[0]]}{row.number}"
        yield ReadRow(row.number, row.values, (Problem(where, "sheets.repeated", {"row": first}),))
