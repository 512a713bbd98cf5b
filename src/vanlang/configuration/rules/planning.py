"""
The preview: what is there now against what the file says, line by line, cell by cell.

Pure. Lines are compared by key within their group; a group with a faulty line is not written at all, and its other lines
say so, because half a process is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vanlang.configuration.types import Judged, PlannedRow, RowStatus
from vanlang.sheets.api import Problem, Sheet, Value, Values

Judgement = tuple[int, Judged]
"""(line in the file, what the world says to it)."""


def key_of(sheet: Sheet, values: Mapping[str, Value]) -> str:
    """Return the key of a line, the same however its case was typed."""
    return " · ".join(str(values.get(name) or "").casefold() for name in sheet.key)


def completed(
    sheet: Sheet, values: Mapping[str, Value], now: Mapping[str, Value] | None, empty: Mapping[str, Value]
) -> Values:
    """Return a line with the columns that the file does not have as they are now: who leaves a column out changes nothing."""
    base = now if now is not None else empty
    return {
        column.key: values.get(column.key, base.get(column.key, empty[column.key]))
        for column in sheet.columns
    }


def changed_columns(sheet: Sheet, before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the columns in which two lines differ."""
    return tuple(column.key for column in sheet.columns if before.get(column.key) != after.get(column.key))


def plan(
    sheet: Sheet,
    judged: Iterable[Judgement],
    now: Mapping[str, Sequence[Values]],
    *,
    group_by: Sequence[str],
    empty: Mapping[str, Value],
) -> Iterator[PlannedRow]:
    """
    Yield the lines of the preview, in the order of the file; what a group loses follows its last line.

    Shapes: `now` maps group → lines; `group_by` are columns of the key ("procedure" of (procedure, step)).
    """
    grouped: dict[str, list[Judgement]] = {}
    for number, one in judged:
        group = " · ".join(str(one.values.get(name) or "").casefold() for name in group_by)
        grouped.setdefault(group, []).append((number, one))
    for group, lines in grouped.items():
        yield from _group(sheet, group, lines, now.get(group, ()), empty)


def _group(
    sheet: Sheet, group: str, lines: Sequence[Judgement], now: Sequence[Values], empty: Mapping[str, Value]
) -> Iterator[PlannedRow]:
    known = {key_of(sheet, values): values for values in now}
    faulty = any(one.problems for _, one in lines)
    told: set[str] = set()
    for number, one in lines:
        key = key_of(sheet, one.values)
        told.add(key)
        before = known.get(key)
        after = completed(sheet, one.values, before, empty)
        status = _status(before, after)
        problems = one.problems
        if faulty and not problems and len(lines) > 1:
            problems = (Problem("", "configuration.group_faulty"),)
        yield PlannedRow(
            number,
            group,
            key,
            RowStatus.FAULTY if problems else status,
            before,
            after,
            problems,
            one.proposals,
        )
    for key, values in known.items():
        if key not in told and not faulty:
            yield PlannedRow(0, group, key, RowStatus.REMOVED, values, None)


def _status(before: Values | None, after: Values) -> RowStatus:
    if before is None:
        return RowStatus.NEW
    return RowStatus.SAME if before == after else RowStatus.CHANGED
