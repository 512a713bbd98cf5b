from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.configuration.kinds.base import Kind, KindCard, World, day, problem
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.organizations import api as organizations
from vanlang.organizations.api import AGENCY_KINDS, AgencyKind, NewName, check_code
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Value, Values

_DECISION = "Nhập từ tệp Excel"


class Agencies(Kind):
    """Agencies with their present names. Another name holds from a day on; merging is not done here."""

    card = KindCard(
        "co-quan", "Cơ quan", "Mã, loại, tên, địa chỉ của cơ quan. Sáp nhập, chia tách làm ở trang Cơ quan.",
        Role.ADMIN, needs_second_person=True, province_only=True,
    )  # fmt: skip
    group_by = ("code",)
    sheet: ClassVar[Sheet] = Sheet(
        "Cơ quan",
        key=("code",),
        note="Mỗi dòng một cơ quan. Tên mới có hiệu lực từ ngày nhập; hồ sơ cũ giữ tên cũ.",
        columns=(
            Column("code", "Mã cơ quan", CellKind.CODE, required=True, example="H44.100", aliases=("Mã",), most=35,
                   help="Mã định danh, không dùng lại."),
            Column("kind", "Loại", CellKind.CHOICE, required=True, example="Xã, phường",
                   choices=tuple((kind.value, name) for kind, name in AGENCY_KINDS.items())),
            Column("name", "Tên đầy đủ", required=True, example="UBND phường Việt Trì", aliases=("Tên cơ quan",), most=250),
            Column("short_name", "Tên ngắn", required=True, example="Phường Việt Trì", most=150),
            Column("address", "Địa chỉ", most=300),
            Column("valid_from", "Từ ngày", CellKind.DATE, example="01/07/2025", help="Ngày cơ quan bắt đầu hoạt động; bỏ trống là hôm nay."),
        ),
    )  # fmt: skip

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        began = {one.code: one.valid_from for one in organizations.list_names() if one.valid_to is None}
        return {
            card.code.casefold(): (
                {
                    "code": card.code,
                    "kind": card.kind.value,
                    "name": card.name,
                    "short_name": card.short_name,
                    "address": card.address,
                    "valid_from": began[card.code].isoformat(),
                },
            )
            for card in organizations.list_agencies(world.on)
        }

    @override
    def defaults(self, world: World) -> dict[str, Value]:
        return {**self.empty, "valid_from": world.on.isoformat()}

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        code = str(row.values.get("code", ""))
        known = world.names.by_code.get(code)
        problems = list(row.problems)
        refusal = check_code(code)
        if code and refusal is not None:
            problems.append(problem(row, reading, "code", refusal.code, **refusal.facts))
        values = dict(row.values)
        if known is not None or not values.get("valid_from"):
            values.pop(
                "valid_from", None
            )  # when a present agency got its name is history: no import rewrites that
        return Judged(values, tuple(problems))

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        if not group.after:
            organizations.discard_agency(code=str(group.before[0]["code"]), actor=world.actor, at=at)
            return
        (values,) = group.after
        code, name = (
            str(values["code"]),
            NewName(str(values["name"]), str(values["short_name"]), str(values["address"])),
        )
        if not group.before:
            organizations.add_agency(
                code=code, kind=AgencyKind(str(values["kind"])), name=name, source=_DECISION,
                valid_from=day(values["valid_from"]) or world.on,
            )  # fmt: skip
            return
        organizations.call_otherwise(
            code=code, name=name, on=world.on, decision=_DECISION, actor=world.actor, at=at
        )


AGENCIES = Agencies()
