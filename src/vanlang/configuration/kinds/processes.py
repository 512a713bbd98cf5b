from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.catalogue import api as catalogue
from vanlang.catalogue.api import STEP_ROLES, StepContent, StepRole
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
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Values


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
        ),
    )  # fmt: skip

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        found: dict[str, Sequence[Values]] = {}
        for code, content in contents_of(world).items():
            counts: dict[str, int] = {}
            lines: list[Values] = []
            for step in content.process:
                case = case_title(content, step.case)
                counts[case] = counts.get(case, 0) + 1
                lines.append(
                    {
                        "procedure": code,
                        "case": case,
                        "position": counts[case],
                        "name": normalise(step.name),
                        "role": step.role.value,
                        "share": step.share,
                    }
                )
            found[code] = lines
        return found

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        judged = with_procedure(row, reading, world)
        wrong = [
            problem(row, reading, column, "configuration.negative")
            for column in ("position", "share")
            if isinstance(row.values.get(column), int)
            and int(str(row.values[column])) < (1 if column == "position" else 0)
        ]
        return also(judged, *wrong)

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
            )
            for values in ordered(group.after)
        ]
        catalogue.change_process(
            procedure_code=code, steps=steps, valid_from=world.on + dt.timedelta(days=1), actor=world.actor, at=at
        )  # fmt: skip


PROCESSES = Processes()
