from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.calendars import api as calendars
from vanlang.calendars.api import Day, DayKind, DayStatus
from vanlang.configuration.kinds.base import Kind, KindCard, World, also, day, problem
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Value, Values

_KINDS = (
    ("off", "Nghỉ cả ngày"),
    ("off_morning", "Nghỉ buổi sáng"),
    ("off_afternoon", "Nghỉ buổi chiều"),
    ("make_up", "Làm bù"),
)
_STATUSES = (("decreed", "Đã công bố"), ("forecast", "Dự kiến"))


class Days(Kind):
    """Days off and make-up days. Due dates that rest on a changed day are counted again by themselves."""

    card = KindCard(
        "ngay-nghi", "Ngày nghỉ, ngày làm bù", "Ngày nghỉ lễ, hoán đổi, làm bù. Ngày hẹn trả liên quan được tính lại.",
        Role.ADMIN, needs_second_person=True, province_only=True,
    )  # fmt: skip
    group_by = ("on",)
    sheet: ClassVar[Sheet] = Sheet(
        "Ngày nghỉ",
        key=("on",),
        note="Mỗi dòng một ngày. Ngày làm bù phải ghi ngày nghỉ mà nó đổi cho.",
        columns=(
            Column("on", "Ngày", CellKind.DATE, required=True, example="02/01/2026"),
            Column("kind", "Loại ngày", CellKind.CHOICE, required=True, example="Nghỉ cả ngày", choices=_KINDS),
            Column("name", "Tên", required=True, example="Tết Dương lịch", most=150),
            Column("status", "Mức chắc chắn", CellKind.CHOICE, choices=_STATUSES, help="Bỏ trống là đã công bố."),
            Column("make_up_for", "Làm bù cho ngày", CellKind.DATE),
            Column("source", "Căn cứ", required=True, example="Thông báo của Bộ Nội vụ", most=300),
        ),
    )  # fmt: skip

    @override
    def defaults(self, world: World) -> dict[str, Value]:
        return {**self.empty, "status": DayStatus.DECREED.value}

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        return {
            one.on.isoformat(): (
                {
                    "on": one.on.isoformat(),
                    "kind": one.kind.value,
                    "name": normalise(one.name),
                    "status": one.status.value,
                    "make_up_for": one.make_up_for.isoformat() if one.make_up_for else "",
                    "source": normalise(one.source),
                },
            )
            for one in calendars.list_days()
        }

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        values = dict(row.values)
        if not values.get("status"):
            values.pop("status", None)
        judged = also(Judged(values), *row.problems)
        if (values.get("kind") == DayKind.MAKE_UP.value) is not bool(values.get("make_up_for")):
            return also(judged, problem(row, reading, "make_up_for", "configuration.make_up_names_a_day"))
        return judged

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        source = str((group.after or group.before)[0]["source"])
        remove = (
            [dt.date.fromisoformat(str(values["on"])) for values in group.before] if not group.after else []
        )
        calendars.change_days(
            days=[_day_of(values) for values in group.after], remove=remove, source=source, actor=world.actor, at=at
        )  # fmt: skip


def _day_of(values: Mapping[str, Value]) -> Day:
    return Day(
        on=dt.date.fromisoformat(str(values["on"])),
        kind=DayKind(str(values["kind"])),
        name=str(values["name"]),
        status=DayStatus(str(values["status"])),
        source=str(values["source"]),
        make_up_for=day(values["make_up_for"]),
    )


DAYS = Days()
