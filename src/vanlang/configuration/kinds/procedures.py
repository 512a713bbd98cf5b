"""What the tables of the catalogue share: the procedure of a line, its cases, and who may change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from vanlang.catalogue import api as catalogue
from vanlang.catalogue.api import Content
from vanlang.configuration.kinds.base import World, also, problem
from vanlang.configuration.types import Judged
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Value, Values, fold

PROCEDURE = Column(
    "procedure", "Mã thủ tục", CellKind.CODE, required=True, example="1.001193", aliases=("Mã TTHC", "Thủ tục"), most=20
)  # fmt: skip
CASE = Column("case", "Trường hợp", help="Bỏ trống: mọi trường hợp.", most=500)


LAST = dt.date(9999, 1, 1)
"""A day on which only versions without a successor are in force: what the next change starts from."""


def contents_of(world: World) -> Mapping[str, Content]:
    """Return what the last published version of every procedure says that the actor may change, loaded once."""
    if "contents" not in world.notes:
        department = "" if world.is_province else own_code(world)
        world.notes["contents"] = catalogue.list_contents(LAST, department_code=department)
    found = world.notes["contents"]
    assert isinstance(found, dict)  # noqa: S101 - written two lines above
    return found


def own_code(world: World) -> str:
    """Return the code of the agency in which the actor works."""
    return next(
        (place.code for place in world.names.by_code.values() if place.id == world.actor.agency_id), "-"
    )


def with_procedure(row: ReadRow, reading: Reading, world: World) -> Judged:
    """Return the line with its case spelled as the catalogue does, or why it names no procedure of the actor's."""
    judged = also(Judged(row.values), *row.problems)
    code = str(row.values.get("procedure", ""))
    content = contents_of(world).get(code)
    if content is None:
        return (
            also(
                judged, problem(row, reading, "procedure", "configuration.unknown_procedure", said=code[:40])
            )
            if code
            else judged
        )
    said = str(row.values.get("case") or "")
    if not said:
        return judged
    title = next((case.title for case in content.cases if fold(case.title) == fold(said)), None)
    if title is None:
        return also(judged, problem(row, reading, "case", "configuration.unknown_case", said=said[:80]))
    return replace(judged, values={**judged.values, "case": normalise(title)})


def case_title(content: Content, case: int | None) -> str:
    """Return the title of a case, "" for all cases."""
    return "" if case is None else normalise(content.cases[case].title)


def case_index(content: Content, values: Mapping[str, Value]) -> int | None:
    """Return the index of the case that a line names, None for all cases."""
    title = str(values.get("case") or "")
    return next(
        (at for at, case in enumerate(content.cases) if title and normalise(case.title) == title), None
    )


def ordered(lines: tuple[Values, ...]) -> list[Values]:
    """Return lines in the order of their case and position."""
    return sorted(
        lines, key=lambda values: (str(values.get("case") or ""), int(str(values.get("position") or 0)))
    )
