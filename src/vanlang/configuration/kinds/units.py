from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.configuration.kinds.base import Kind, KindCard, World, day, with_agency
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.organizations import api as organizations
from vanlang.organizations.api import UNIT_KINDS, UnitCard, UnitKind
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Value, Values


class Units(Kind):
    """Units of agencies: who works where."""

    card = KindCard(
        "don-vi", "Đơn vị, phòng ban", "Đơn vị trong cơ quan: bộ phận Một cửa, phòng chuyên môn, lãnh đạo, văn thư.",
        Role.ADMIN, needs_second_person=False, province_only=False,
    )  # fmt: skip
    group_by = ("agency", "name")
    sheet: ClassVar[Sheet] = Sheet(
        "Đơn vị",
        key=("agency", "name"),
        note="Mỗi dòng một đơn vị của một cơ quan.",
        columns=(
            Column("agency", "Cơ quan", required=True, example="H44.100", aliases=("Mã cơ quan",), help="Mã hoặc tên cơ quan."),
            Column("name", "Tên đơn vị", required=True, example="Phòng Kinh tế", most=200, aliases=("Đơn vị", "Phòng ban")),
            Column("kind", "Loại đơn vị", CellKind.CHOICE, required=True, example="Bộ phận chuyên môn",
                   choices=tuple((kind.value, name) for kind, name in UNIT_KINDS.items())),
        ),
    )  # fmt: skip

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        code_of = {place.id: code for code, place in world.names.by_code.items()}
        found: dict[str, Sequence[Values]] = {}
        for unit in organizations.list_all_units(world.on, agency_ids=world.agency_ids):
            if (code := code_of.get(unit.agency_id)) is not None:
                values: Values = {"agency": code, "name": unit.name, "kind": unit.kind.value}
                found[f"{code} · {unit.name}".casefold()] = (values,)
        return found

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        judged = with_agency(row, reading, world)
        return Judged(judged.values, (*row.problems, *judged.problems), judged.proposals)

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        values = (group.after or group.before)[0]
        agency_id, name = world.place_of(str(values["agency"])).id, str(values["name"])
        if not group.before:
            organizations.add_unit(agency_id=agency_id, name=name, kind=_kind(values), valid_from=world.on)
            return
        unit = _unit(agency_id, name, world.on)
        if not group.after:
            organizations.discard_unit(unit_id=unit.id, actor=world.actor, at=at)
            return
        organizations.change_unit(
            unit_id=unit.id, name=name, kind=_kind(values), valid_to=day(""), actor=world.actor, at=at
        )  # fmt: skip


def _kind(values: Mapping[str, Value]) -> UnitKind:
    return UnitKind(str(values["kind"]))


def _unit(agency_id: int, name: str, on: dt.date) -> UnitCard:
    found = next(
        (unit for unit in organizations.list_units(agency_id, on) if unit.name.casefold() == name.casefold()),
        None,
    )
    if found is None:
        raise organizations.UnknownAgencyError(agency=name)
    return found


UNITS = Units()
