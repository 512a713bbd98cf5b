from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.calendars import api as calendars
from vanlang.calendars.api import DayHours, OfficeHours, Span
from vanlang.configuration.kinds.base import Kind, KindCard, World, also, day, problem, with_agency
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Value, Values

_WEEKDAYS = tuple(
    (str(number), name)
    for number, name in enumerate(
        ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
    )
)
_SPANS = (("morning_opens", "morning_closes"), ("afternoon_opens", "afternoon_closes"))


class Hours(Kind):
    """Office hours of agencies that have their own: a week from a day on, written together."""

    card = KindCard(
        "gio-lam-viec", "Giờ làm việc", "Giờ làm việc riêng của cơ quan, theo từng ngày trong tuần, từ một ngày.",
        Role.ADMIN, needs_second_person=True, province_only=False,
    )  # fmt: skip
    group_by = ("agency", "from_on")
    sheet: ClassVar[Sheet] = Sheet(
        "Giờ làm việc",
        key=("agency", "from_on", "weekday"),
        note="Ghi đủ các ngày làm việc trong tuần của mỗi cơ quan; ngày không ghi là ngày nghỉ.",
        columns=(
            Column("agency", "Cơ quan", required=True, example="H44.100", aliases=("Mã cơ quan",)),
            Column("from_on", "Từ ngày", CellKind.DATE, required=True, example="01/12/2026"),
            Column("weekday", "Thứ", CellKind.CHOICE, required=True, example="Thứ Hai", choices=_WEEKDAYS),
            Column("morning_opens", "Sáng từ", CellKind.TIME, example="07:30"),
            Column("morning_closes", "Sáng đến", CellKind.TIME, example="11:30"),
            Column("afternoon_opens", "Chiều từ", CellKind.TIME, example="13:30"),
            Column("afternoon_closes", "Chiều đến", CellKind.TIME, example="17:00"),
            Column("same_day_until", "Nhận trong ngày đến", CellKind.TIME, example="15:00", help="Giờ cuối nhận hồ sơ trả trong ngày."),
        ),
    )  # fmt: skip

    @override
    def defaults(self, world: World) -> dict[str, Value]:
        return {**self.empty, "same_day_until": "15:00"}

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        code_of = {place.id: code for code, place in world.names.by_code.items()}
        wanted = world.agency_ids
        return {
            f"{code_of[agency_id]} · {period.from_on.isoformat()}".casefold(): _lines(
                code_of[agency_id], period
            )
            for agency_id, periods in calendars.list_hours_periods().items()
            if agency_id in code_of and (wanted is None or agency_id in wanted)
            for period in periods
        }

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        values = dict(row.values)
        if not values.get("same_day_until"):
            values.pop("same_day_until", None)
        judged = also(with_agency(row, reading, world), *row.problems)
        wrong = None
        for opens, closes in _SPANS:
            begins, ends = str(values.get(opens) or ""), str(values.get(closes) or "")
            if bool(begins) is not bool(ends) or (begins and begins >= ends):
                wrong = wrong or problem(row, reading, opens, "configuration.hours_backwards")
        if values.get("afternoon_opens") and str(values.get("morning_closes") or "") > str(
            values["afternoon_opens"]
        ):
            wrong = wrong or problem(row, reading, "afternoon_opens", "configuration.hours_backwards")
        if not any(values.get(opens) for opens, _ in _SPANS):
            wrong = wrong or problem(row, reading, "morning_opens", "configuration.hours_backwards")
        merged = {**values, "agency": judged.values.get("agency", "")}
        return also(Judged(merged, judged.problems, judged.proposals), wrong)

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        values = (group.after or group.before)[0]
        agency_id, from_on = world.place_of(str(values["agency"])).id, day(values["from_on"]) or world.on
        if not group.after:
            calendars.drop_office_hours(
                agency_id=agency_id, from_on=from_on, source="Hoàn tác lần nhập", actor=world.actor, at=at
            )  # fmt: skip
            return
        calendars.set_office_hours(
            agency_id=agency_id, hours=_week(group.after), from_on=from_on, source="Nhập từ tệp Excel", actor=world.actor, at=at
        )  # fmt: skip


def _lines(code: str, period: calendars.HoursPeriod) -> list[Values]:
    return [
        {
            "agency": code,
            "from_on": period.from_on.isoformat(),
            "weekday": str(weekday),
            "morning_opens": _clock(hours.morning.opens if hours.morning else None),
            "morning_closes": _clock(hours.morning.closes if hours.morning else None),
            "afternoon_opens": _clock(hours.afternoon.opens if hours.afternoon else None),
            "afternoon_closes": _clock(hours.afternoon.closes if hours.afternoon else None),
            "same_day_until": _clock(period.hours.same_day_until),
        }
        for weekday, hours in enumerate(period.hours.week)
        if hours.halves
    ]


def _week(lines: Sequence[Values]) -> OfficeHours:
    by_day = {str(values["weekday"]): values for values in lines}
    week = tuple(
        DayHours(morning=_span(by_day[number], *_SPANS[0]), afternoon=_span(by_day[number], *_SPANS[1]))
        if number in by_day
        else DayHours()
        for number, _ in _WEEKDAYS
    )
    return OfficeHours(week=week, same_day_until=_minute(lines[0]["same_day_until"]) or 0)


def _span(values: Mapping[str, Value], opens: str, closes: str) -> Span | None:
    begins, ends = _minute(values[opens]), _minute(values[closes])
    return None if begins is None or ends is None else Span(begins, ends)


def _minute(text: Value) -> int | None:
    hours, _, minutes = str(text or "").partition(":")
    return int(hours) * 60 + int(minutes) if hours else None


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"


HOURS = Hours()
