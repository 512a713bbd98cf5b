from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.catalogue import api as catalogue
from vanlang.configuration.kinds.base import Kind, KindCard, World, also, problem
from vanlang.configuration.kinds.procedures import CASE, PROCEDURE, contents_of, with_procedure
from vanlang.configuration.types import Group, Judged
from vanlang.eforms.api import list_definitions
from vanlang.identity.api import Role
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Values


class Forms(Kind):
    """Which electronic form each case of a procedure is filled in with."""

    card = KindCard(
        "mau", "Mẫu đơn điện tử", "Mẫu đơn (tờ khai) điện tử của từng trường hợp.",
        Role.CATALOGUE_EDITOR, needs_second_person=True, province_only=False,
    )  # fmt: skip
    group_by = ("procedure",)
    sheet: ClassVar[Sheet] = Sheet(
        "Mẫu đơn điện tử",
        key=("procedure", "case"),
        note="Mỗi dòng một trường hợp của một thủ tục. Thủ tục một trường hợp thì bỏ trống cột Trường hợp.",
        columns=(
            PROCEDURE,
            CASE,
            Column("form_code", "Mã mẫu đơn điện tử", CellKind.CODE, example="birth-registration", aliases=("Mẫu đơn",), most=60,
                   help="Bỏ trống: không có mẫu riêng, dùng mẫu chung."),
        ),
    )  # fmt: skip

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        return {
            code: [
                {"procedure": code, "case": normalise(case.title), "form_code": case.form_code}
                for case in content.cases
            ]
            for code, content in contents_of(world).items()
        }

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        judged = with_procedure(row, reading, world)
        if "forms" not in world.notes:
            world.notes["forms"] = {one.code for one in list_definitions()}
        known, said = world.notes["forms"], str(row.values.get("form_code") or "")
        if said and isinstance(known, set) and said not in known:
            return also(
                judged, problem(row, reading, "form_code", "configuration.unknown_form", said=said[:60])
            )
        return judged

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        code = str((group.after or group.before)[0]["procedure"])
        spelled = {normalise(case.title): case.title for case in contents_of(world)[code].cases}
        forms = {spelled[str(values["case"])]: str(values["form_code"]) for values in group.after}
        catalogue.change_form(
            procedure_code=code, form_codes=forms, valid_from=world.on + dt.timedelta(days=1), actor=world.actor, at=at
        )  # fmt: skip


FORMS = Forms()
