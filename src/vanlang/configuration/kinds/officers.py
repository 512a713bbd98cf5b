from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.configuration.kinds.base import Kind, KindCard, World, also, day, problem, with_agency
from vanlang.configuration.rules.planning import key_of
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import (
    ROLE_LABELS,
    AppointmentError,
    Enrolment,
    Role,
    StaffCard,
    amend_enrolment,
    discard_enrolment,
    enrol,
    list_staff,
)
from vanlang.organizations.api import list_all_units
from vanlang.sheets.api import CellKind, Column, Problem, Reading, ReadRow, Sheet, Value, Values, fold

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,149}")


class Officers(Kind):
    """Officers: accounts, appointments, roles. Accounts made here have no password until their slip is used."""

    card = KindCard(
        "can-bo", "Cán bộ, tài khoản", "Tài khoản, đơn vị, chức danh, vai trò. Tài khoản mới chưa có mật khẩu, kích hoạt bằng phiếu.",
        Role.ADMIN, needs_second_person=True, province_only=False,
    )  # fmt: skip
    group_by = ("username", "agency", "unit")
    sheet: ClassVar[Sheet] = Sheet(
        "Cán bộ",
        key=("username", "agency", "unit"),
        note="Mỗi dòng một cán bộ ở một đơn vị. Một người làm ở hai đơn vị thì ghi hai dòng cùng tên đăng nhập.",
        columns=(
            Column("username", "Tên đăng nhập", CellKind.CODE, required=True, example="mai.lt", aliases=("Tài khoản",), most=150,
                   help="Chữ thường không dấu, số, dấu chấm."),
            Column("full_name", "Họ và tên", required=True, example="Lê Thị Mai", aliases=("Họ tên",), most=150),
            Column("agency", "Cơ quan", required=True, example="H44.100", aliases=("Mã cơ quan", "Đơn vị công tác"),
                   help="Mã hoặc tên cơ quan; tên xã cũ trước sáp nhập được đề nghị đổi sang xã mới."),
            Column("unit", "Đơn vị", required=True, example="Văn phòng HĐND và UBND", aliases=("Phòng ban",), most=200),
            Column("title", "Chức danh", required=True, example="Công chức Tư pháp - Hộ tịch", aliases=("Chức vụ",), most=150),
            Column("roles", "Vai trò", CellKind.CHOICES, required=True, example="Chuyên viên xử lý",
                   choices=tuple((role.value, name) for role, name in ROLE_LABELS.items())),
            Column("email", "Thư điện tử", most=254, aliases=("Email",)),
            Column("valid_from", "Từ ngày", CellKind.DATE, example="01/12/2026", help="Bỏ trống là hôm nay."),
            Column("valid_to", "Đến ngày", CellKind.DATE, help="Ngày đầu tiên không còn làm; bỏ trống là chưa kết thúc."),
        ),
    )  # fmt: skip

    @override
    def defaults(self, world: World) -> dict[str, Value]:
        return {**self.empty, "valid_from": world.on.isoformat()}

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        return {key_of(self.sheet, values): (values,) for values, _ in self._staff(world)}

    def _staff(self, world: World) -> list[tuple[Values, StaffCard]]:
        code_of = {place.id: code for code, place in world.names.by_code.items()}
        unit_of: dict[int, str] = {unit.id: unit.name for unit in list_all_units(world.on)}
        return [
            (_values_of(card, code_of[card.agency_id], unit_of[card.unit_id]), card)
            for card in list_staff(world.on, agency_ids=world.agency_ids)
            if card.agency_id in code_of and card.unit_id in unit_of
        ]

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        judged = also(with_agency(row, reading, world), *row.problems)
        values = dict(judged.values)
        username = str(values.get("username", "")).lower()
        values["username"] = username
        wrong: list[Problem] = []
        if username and not _USERNAME.fullmatch(username):
            wrong.append(problem(row, reading, "username", "configuration.bad_username", said=username[:40]))
        if not judged.problems and "agency" in values:
            unit = world.units.get((str(values["agency"]), fold(str(values.get("unit", "")))))
            if unit is None:
                wrong.append(
                    problem(
                        row,
                        reading,
                        "unit",
                        "configuration.unknown_unit",
                        said=str(values.get("unit", ""))[:80],
                    )
                )
            else:
                values["unit"] = unit[1]
        if values.get("valid_to") and str(values["valid_to"]) <= str(values.get("valid_from") or ""):
            wrong.append(problem(row, reading, "valid_to", "configuration.period_backwards"))
        if not values.get("valid_from"):
            values.pop("valid_from", None)
        return also(Judged(values, judged.problems, judged.proposals), *wrong)

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        if not group.before:
            enrol(enrolments=[self._enrolment(group.after[0], world)], actor=world.actor, at=at)
            return
        card = self._card_of(group.before[0], world)
        if not group.after:
            discard_enrolment(appointment_id=card.appointment_id, actor=world.actor, at=at)
            return
        to = self._enrolment(group.after[0], world)
        amend_enrolment(appointment_id=card.appointment_id, to=to, actor=world.actor, at=at)

    @override
    def write_many(self, groups: Sequence[Group], *, world: World, at: dt.datetime) -> bool:
        if any(group.before for group in groups):
            return False
        enrolments = [self._enrolment(values, world) for group in groups for values in group.after]
        enrol(enrolments=enrolments, actor=world.actor, at=at)
        return True

    def _enrolment(self, values: Values, world: World) -> Enrolment:
        agency = str(values["agency"])
        roles = values["roles"]
        assert isinstance(roles, list)  # noqa: S101 - a column of choices
        return Enrolment(
            username=str(values["username"]),
            full_name=str(values["full_name"]),
            email=str(values["email"]),
            agency_id=world.place_of(agency).id,
            unit_id=world.units[agency, fold(str(values["unit"]))][0],
            title=str(values["title"]),
            roles=frozenset(Role(role) for role in roles),
            valid_from=day(values["valid_from"]) or world.on,
            valid_to=day(values["valid_to"]),
        )

    def _card_of(self, values: Values, world: World) -> StaffCard:
        agency_id = world.place_of(str(values["agency"])).id
        unit_id = world.units[str(values["agency"]), fold(str(values["unit"]))][0]
        for card in list_staff(world.on, agency_ids=[agency_id]):
            if (card.username, card.unit_id) == (values["username"], unit_id):
                return card
        raise AppointmentError


def _values_of(card: StaffCard, agency: str, unit: str) -> Values:
    return {
        "username": card.username,
        "full_name": card.full_name,
        "agency": agency,
        "unit": unit,
        "title": card.title,
        "roles": sorted(role.value for role in card.roles),
        "email": card.email,
        "valid_from": card.valid_from.isoformat(),
        "valid_to": card.valid_to.isoformat() if card.valid_to else "",
    }


OFFICERS = Officers()
