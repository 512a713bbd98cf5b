"""Days and hours on a real database: editions, the reference files, the events that follow."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from vanlang.audit.api import list_records
from vanlang.calendars import api
from vanlang.calendars.api import (
    Day,
    DayKind,
    DaysChanged,
    DaysNotReadableError,
    DayStatus,
    OfficeHoursChanged,
)
from vanlang.calendars.models import DayRow, OfficeHoursRow, YearRow
from vanlang.calendars.services import days as days_service
from vanlang.calendars.services import hours as hours_service
from vanlang.calendars.services.editions import LOCK
from vanlang.kernel import reference
from vanlang.kernel.events import Event, from_json, to_json
from vanlang.organizations.api import AgencyKind, NewName, add_agency

from .cases import DAYS_FILE
from .world import FULL_DAY, USUAL, WITH_SATURDAY, at, limit, on

HOURS_FILE = DAYS_FILE.with_name("office-hours.toml")
LOADED_AT = at("23/11/2026 08:00")


class ChiMai:
    """A catalogue editor, as far as the audit asks."""

    kind = "officer"
    account_id = 1
    person_id = None
    appointment_id = 1
    agency_id = 1
    unit_id = None
    name = "Chị Mai"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What the app publishes, as a subscriber would rebuild it."""
    events: list[Event] = []

    def publish(event: Event) -> None:
        events.append(from_json(event.name, to_json(event)))

    monkeypatch.setattr(days_service, "publish", publish)
    monkeypatch.setattr(hours_service, "publish", publish)
    return events


@pytest.fixture
def loaded(db: None) -> None:
    api.load_days(DAYS_FILE, at=LOADED_AT)
    api.load_office_hours(HOURS_FILE, at=LOADED_AT)


def due(agency_id: int | None, received: str, time_limit: str = "1 ngày làm việc") -> datetime | None:
    return api.due(api.calendar_of(agency_id), received_at=at(received), limit=limit(time_limit)).due_at


def add_ward(code: str) -> int:
    return add_agency(
        code=code, kind=AgencyKind.COMMUNE, name=NewName("UBND phường", "Phường"), valid_from=date(2025, 7, 1)
    )


def test_loading_twice_changes_nothing(db: None, told: list[Event]) -> None:
    assert api.load_days(DAYS_FILE, at=LOADED_AT) == 366 + 365 * 6 + 366
    assert api.load_office_hours(HOURS_FILE, at=LOADED_AT) == 1
    version, said = api.get_version(), len(told)
    assert api.load_days(DAYS_FILE, at=LOADED_AT) == 0
    assert api.load_office_hours(HOURS_FILE, at=LOADED_AT) == 0
    assert (api.get_version(), len(told)) == (version, said)
    assert len(api.list_days(year=2026)) == 17


def test_the_calendar_of_an_agency_counts(loaded: None) -> None:
    assert due(None, "20/11/2026 16:59", "5 ngày làm việc") == at("30/11/2026 17:00")
    assert api.calendar_of(None) is api.calendar_of(12345)
    assert api.calendar_of(None).version == api.get_version()


def test_without_office_hours_nothing_is_guessed(db: None) -> None:
    with pytest.raises(api.CalendarGapError):
        api.calendar_of(None)


def test_a_changed_day_is_a_new_edition_and_the_house_is_told(loaded: None, told: list[Event]) -> None:
    before = api.calendar_of(None)
    storm = Day(on("23/11/2026"), DayKind.OFF, "Nghỉ tránh bão", DayStatus.DECREED, "Công điện của tỉnh")
    changed = api.change_days(days=[storm], source="Công điện của tỉnh", actor=ChiMai(), at=LOADED_AT)
    assert changed == [on("23/11/2026")]
    assert api.get_version() > before.version
    assert due(None, "20/11/2026 16:59") == at("25/11/2026 17:00")
    [event] = told
    assert isinstance(event, DaysChanged)
    assert (event.version, event.dates()) == (api.get_version(), changed)
    [record] = list_records(object_type="calendar", object_id="days")
    assert record.facts["days"] == ["2026-11-23"]


def test_the_same_day_again_is_no_change(loaded: None, told: list[Event]) -> None:
    [culture_day] = [day for day in api.list_days(year=2026) if day.on == on("24/11/2026")]
    version = api.get_version()
    assert api.change_days(days=[culture_day], source="x", actor=ChiMai(), at=LOADED_AT) == []
    assert (api.get_version(), told) == (version, [])


def test_a_day_can_be_taken_back(loaded: None) -> None:
    api.change_days(remove=[on("24/11/2026")], source="Thông báo", actor=ChiMai(), at=LOADED_AT)
    assert due(None, "23/11/2026 16:59") == at("24/11/2026 17:00")


def test_a_day_named_twice_is_refused(loaded: None) -> None:
    day = Day(on("23/11/2026"), DayKind.OFF, "Nghỉ")
    with pytest.raises(DaysNotReadableError) as caught:
        api.change_days(days=[day], remove=[day.on], source="x", actor=ChiMai(), at=LOADED_AT)
    assert caught.value.code == "calendars.day_repeated"


def test_when_the_list_of_a_year_comes_its_dates_are_firm(loaded: None, told: list[Event]) -> None:
    received = at("04/01/2027 08:00")
    assert api.due(api.calendar_of(None), received_at=received, limit=limit("3 ngày")).forecast
    decreed = [
        Day(day.on, day.kind, day.name, DayStatus.DECREED, "Thông báo lịch nghỉ 2027", day.make_up_for)
        for day in api.list_days(year=2027)
    ]
    api.change_days(
        days=decreed, years={2027: DayStatus.DECREED}, source="Thông báo", actor=ChiMai(), at=LOADED_AT
    )
    assert not api.due(api.calendar_of(None), received_at=received, limit=limit("3 ngày")).forecast
    [event] = told
    assert isinstance(event, DaysChanged)
    assert len(event.dates()) == 365
    assert api.rests_on(received, at("07/01/2027 17:00"), event.dates())


def test_what_officers_wrote_survives_the_reference_file(loaded: None) -> None:
    mine = Day(
        on("24/11/2026"), DayKind.OFF_MORNING, "Chỉ nghỉ buổi sáng", DayStatus.DECREED, "Thông báo của tỉnh"
    )
    extra = Day(on("23/11/2026"), DayKind.OFF, "Nghỉ tránh bão", DayStatus.DECREED, "Công điện")
    api.change_days(
        days=[mine, extra], years={2027: DayStatus.DECREED}, source="x", actor=ChiMai(), at=LOADED_AT
    )
    assert api.load_days(DAYS_FILE, at=LOADED_AT) == 0
    assert {mine, extra} <= set(api.list_days(year=2026))
    assert YearRow.objects.get(pk=2027).status == "decreed"


def test_a_row_that_the_file_drops_is_dropped(loaded: None, tmp_path: Path) -> None:
    text = DAYS_FILE.read_text(encoding="utf-8")
    start = text.index("[[days]]\non = 2026-11-24")
    shorter = tmp_path / "days.toml"
    shorter.write_text(text[:start] + text[text.index("[[days]]", start + 1) :], encoding="utf-8")
    assert api.load_days(shorter, at=LOADED_AT) == 1
    assert due(None, "23/11/2026 16:59") == at("24/11/2026 17:00")


@pytest.mark.parametrize("text", ["[[days]]\non = 2026-01-01", "days = 3\nyears = []", "not toml at all ="])
def test_a_file_that_cannot_be_read_is_named(db: None, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DaysNotReadableError) as caught:
        api.load_days(path, at=LOADED_AT)
    assert caught.value.facts["where"] == "bad.toml"


def test_an_agency_may_have_hours_of_its_own_from_a_day_on(loaded: None, told: list[Event]) -> None:
    viet_tri, other = add_ward("H44.100"), add_ward("H44.101")
    api.set_office_hours(
        agency_id=viet_tri,
        hours=WITH_SATURDAY,
        from_on=on("01/12/2026"),
        source="QĐ",
        actor=ChiMai(),
        at=LOADED_AT,
    )
    for agency in (viet_tri, other):
        assert due(agency, "27/11/2026 08:00", "1 ngày") == at("30/11/2026 17:00")
    assert due(viet_tri, "04/12/2026 08:00", "1 ngày") == at("05/12/2026 11:30")
    assert due(other, "04/12/2026 08:00", "1 ngày") == at("07/12/2026 17:00")
    [event] = told
    assert isinstance(event, OfficeHoursChanged)
    assert (event.agency_id, event.from_on) == (viet_tri, on("01/12/2026"))


def test_new_hours_end_the_old_ones_and_replace_planned_ones(loaded: None) -> None:
    ward = add_ward("H44.100")
    common: dict[str, Any] = {"agency_id": ward, "source": "QĐ", "actor": ChiMai(), "at": LOADED_AT}
    api.set_office_hours(hours=WITH_SATURDAY, from_on=on("01/01/2026"), **common)
    api.set_office_hours(hours=WITH_SATURDAY, from_on=on("01/01/2027"), **common)
    api.set_office_hours(hours=USUAL, from_on=on("01/12/2026"), **common)
    periods = OfficeHoursRow.objects.filter(agency_id=ward).values_list("valid_from", "valid_to").distinct()
    assert sorted(periods, key=lambda period: period[0]) == [
        (on("01/01/2026"), on("01/12/2026")),
        (on("01/12/2026"), None),
    ]
    assert due(ward, "27/11/2026 08:00", "1 ngày") == at("28/11/2026 11:30")
    assert due(ward, "04/12/2026 08:00", "1 ngày") == at("07/12/2026 17:00")


def test_reference_hours_of_an_agency(loaded: None, tmp_path: Path) -> None:
    ward = add_ward("H44.100")
    path = tmp_path / "hours.toml"
    path.write_text(
        """
        [[periods]]
        agency = "H44.100"
        from_on = 2026-01-01
        weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        morning = ["07:30", "11:30"]
        afternoon = ["13:00", "17:00"]
        saturday_morning = ["07:30", "11:30"]
        same_day_until = "14:00"
        source = "QĐ của phường"

        [[periods]]
        agency = "H44.999"
        from_on = 2026-01-01
        weekdays = ["monday"]
        morning = ["07:30", "11:30"]
        source = "không có cơ quan này"
        """,
        encoding="utf-8",
    )
    assert api.load_office_hours(path, at=LOADED_AT) == 1
    assert due(ward, "05/12/2026 07:30", "1 giờ") == at("05/12/2026 08:30")
    assert due(ward, "04/12/2026 14:01", "trong ngày") == at("05/12/2026 11:30")


def test_a_rolled_back_edition_is_never_served(loaded: None) -> None:
    before = api.calendar_of(None)
    storm = Day(on("23/11/2026"), DayKind.OFF, "Nghỉ tránh bão")
    with pytest.raises(RuntimeError), transaction.atomic():
        api.change_days(days=[storm], source="x", actor=ChiMai(), at=LOADED_AT)
        assert due(None, "20/11/2026 16:59") == at("25/11/2026 17:00")
        raise RuntimeError
    assert api.calendar_of(None).version == before.version
    assert due(None, "20/11/2026 16:59") == at("23/11/2026 17:00")
    fog = Day(on("25/11/2026"), DayKind.OFF, "Nghỉ")
    api.change_days(days=[fog], source="x", actor=ChiMai(), at=LOADED_AT)
    assert due(None, "20/11/2026 16:59") == at("23/11/2026 17:00")


BROKEN_ROWS = [
    DayRow(on=on("23/11/2026"), kind="make_up", name="x", status="decreed", source="x"),
    DayRow(
        on=on("23/11/2026"), kind="off", name="x", status="decreed", source="x", make_up_for=on("24/11/2026")
    ),
    DayRow(on=on("23/11/2026"), kind="holiday", name="x", status="decreed", source="x"),
    DayRow(on=on("24/11/2026"), kind="off", name="x", status="decreed", source="x"),
    YearRow(year=2040, status="guessed", source="x"),
]


@pytest.mark.parametrize("row", BROKEN_ROWS, ids=str)
def test_the_database_refuses_broken_days(loaded: None, row: DayRow | YearRow) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_two_hours_for_one_weekday(loaded: None) -> None:
    api.calendar_of(None)
    row = OfficeHoursRow.objects.order_by("id")[0]
    row.pk, row.valid_from = None, on("01/06/2026")
    with pytest.raises(IntegrityError, match="office_hours_once_a_weekday"), transaction.atomic():
        row.save(force_insert=True)
    assert FULL_DAY.morning is not None
    row.valid_from, row.weekday, row.morning_closes = on("01/06/2026"), 5, row.morning_opens
    with pytest.raises(IntegrityError, match="office_hours_morning"), transaction.atomic():
        row.save(force_insert=True)


def test_changes_queue_up_so_that_editions_are_committed_in_order(loaded: None) -> None:
    """The change of `loaded` is not committed yet: another connection must wait for it."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            assert cursor.fetchone() == (False,)
    finally:
        other.close()


def test_the_set_up_loads_days_and_hours(db: None) -> None:
    said: list[str] = []
    [part] = [part for part in reference.reference_parts() if part.name == "calendars"]
    part.load(DAYS_FILE.parents[1], said.append)
    assert said == ["Lịch nghỉ: 2922 ngày thay đổi", "Giờ làm việc: thêm 1 lịch"]
    assert due(None, "20/11/2026 16:59") == at("23/11/2026 17:00")


def test_a_known_calendar_costs_one_small_query(loaded: None, django_assert_num_queries: Any) -> None:
    api.calendar_of(None)
    with django_assert_num_queries(1):
        api.calendar_of(None)
