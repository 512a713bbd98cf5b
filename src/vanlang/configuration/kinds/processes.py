from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from vanlang.catalogue import api as catalogue
from vanlang.catalogue.api import STEP_ROLES, Content, StepContent, StepRole
from vanlang.configuration.kinds.base import Kind, KindCard, World, also, problem
from vanlang.configuration.kinds.procedures import (
    CASE,
    PROCEDURE,
    case_index,
    case_title,
    contents_of,
    ordered,
    with_procedure,
)
from vanlang.configuration.rules.planning import Judgement
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import CellKind, Column, Problem, Reading, ReadRow, Sheet, Value, Values


class Processes(Kind):
    """Internal processes: all steps of a procedure are written together, as a new version from tomorrow on."""

    card = KindCard(
        "quy-trinh", "Quy trình nội bộ", "Các bước, vai trò và tỷ lệ thời gian của từng thủ tục.",
        Role.CATALOGUE_EDITOR, needs_second_person=True, province_only=False,
    )  # fmt: skip
    group_by = ("procedure",)
    sheet: ClassVar[Sheet] = Sheet(
        "Quy trình",
        key=("procedure", "case", "position"),
        note="Ghi đủ mọi bước của mỗi thủ tục có trong tệp: bước không ghi sẽ bị bỏ. Bản mới áp dụng từ ngày mai.",
        columns=(
            PROCEDURE,
            CASE,
            Column("position", "Bước", CellKind.NUMBER, required=True, example="1", aliases=("Thứ tự", "STT bước")),
            Column("name", "Tên bước", required=True, example="Thẩm định hồ sơ", most=200),
            Column("role", "Vai trò", CellKind.CHOICE, required=True, example="Chuyên viên",
                   choices=tuple((role.value, name) for role, name in STEP_ROLES.items())),
            Column("share", "Tỷ lệ thời gian (%)", CellKind.NUMBER, required=True, example="60", aliases=("Tỷ lệ",)),
            Column("phase", "Giai đoạn", CellKind.NUMBER, example="1",
                   help="Chỉ ghi khi người dân phải thực hiện nghĩa vụ ở giữa; bỏ trống thì bước cũ giữ giai đoạn cũ, bước mới là 1."),
        ),
    )  # fmt: skip

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        return {code: list(_lines(code, content)) for code, content in contents_of(world).items()}

    @override
    def defaults(self, world: World) -> dict[str, Value]:
        return {**self.empty, "phase": 1}

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        judged = with_procedure(row, reading, world)
        if judged.values.get("phase") is None:  # an empty cell, too, leaves the phase as it is
            judged = replace(
                judged, values={key: value for key, value in judged.values.items() if key != "phase"}
            )
        wrong = [
            problem(row, reading, column, "configuration.negative")
            for column in ("position", "share", "phase")
            if isinstance(row.values.get(column), int)
            and int(str(row.values[column])) < (0 if column == "share" else 1)
        ]
        return also(judged, *wrong)

    @override
    def together(self, judged: Iterable[Judgement]) -> Iterable[Judgement]:
        """Mark every step of a process whose shares make no whole; where a step is faulty itself, that is said first."""
        lines = list(judged)
        totals = Counter[tuple[str, str]]()
        for _, one in lines:
            totals[_process_of(one.values)] += int(str(one.values.get("share") or 0))
        faulty = {_process_of(one.values) for _, one in lines if one.problems}
        for number, one in lines:
            process = _process_of(one.values)
            whole = process in faulty or totals[process] == catalogue.WHOLE
            wrong = None if whole else Problem("", "configuration.no_whole", {"total": totals[process]})
            yield number, also(one, wrong)

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        code = str((group.after or group.before)[0]["procedure"])
        content = contents_of(world)[code]
        steps = [
            StepContent(
                str(values["name"]),
                StepRole(str(values["role"])),
                int(str(values["share"])),
                case_index(content, values),
                int(str(values.get("phase") or 1)),
            )
            for values in ordered(group.after)
        ]
        catalogue.change_process(
            procedure_code=code, steps=steps, valid_from=world.on + dt.timedelta(days=1), actor=world.actor, at=at
        )  # fmt: skip


def _process_of(values: Mapping[str, Value]) -> tuple[str, str]:
    return str(values.get("procedure") or ""), str(values.get("case") or "")


def _lines(code: str, content: Content) -> Iterator[Values]:
    """Yield the steps of a procedure case by case, their shares as percentages of the case's whole time."""
    cases = dict.fromkeys(step.case for step in content.process)
    for case in cases:
        steps = [step for step in content.process if step.case == case]
        shares = catalogue.percentages([step.share for step in steps])
        for position, (step, share) in enumerate(zip(steps, shares, strict=True), start=1):
            yield {
                "procedure": code,
                "case": case_title(content, case),
                "position": position,
                "name": normalise(step.name),
                "role": step.role.value,
                "share": share,
                "phase": step.phase,
            }


PROCESSES = Processes()
