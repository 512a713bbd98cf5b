"""
Deadlines as a jurist would check them on a wall calendar. Sections are those of docs/explanation/deadlines.md.

November 2026: Friday 20, Saturday 21, Sunday 22, Monday 23, **Tuesday 24 off** (Ngày Văn hóa Việt Nam), Wednesday 25 …
August 2026: **Saturday 22 worked** in exchange for Monday 31.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vanlang.calendars.errors import CalendarGapError
from vanlang.calendars.rules.counting import due
from vanlang.calendars.rules.work_calendar import compile_calendar
from vanlang.calendars.types import (
    Day,
    DayHours,
    DayKind,
    DayStatus,
    DayTable,
    Extension,
    HoursPeriod,
    OfficeHours,
    Span,
    TimeLimit,
)

from .world import FULL_DAY, USUAL, WITH_SATURDAY, at, limit, on, pause, viet_tri

# received, limit, due
PLAIN = [
    # §2 receipt: within office hours, at the closing minute, after it, before opening, at the break, on a day off
    ("20/11/2026 16:59", "1 ngày làm việc", "23/11/2026 17:00"),
    ("20/11/2026 17:00", "1 ngày làm việc", "23/11/2026 17:00"),
    ("20/11/2026 17:01", "1 ngày làm việc", "25/11/2026 17:00"),
    ("20/11/2026 06:00", "1 ngày làm việc", "23/11/2026 17:00"),
    ("20/11/2026 12:15", "1 ngày làm việc", "23/11/2026 17:00"),
    ("21/11/2026 09:00", "1 ngày làm việc", "25/11/2026 17:00"),
    ("24/11/2026 09:00", "1 ngày làm việc", "26/11/2026 17:00"),
    # §3 working days: days off are skipped, make-up days are counted, halves end at the end of a half
    ("20/11/2026 16:59", "5 ngày làm việc", "30/11/2026 17:00"),
    ("20/08/2026 08:00", "2 ngày làm việc", "22/08/2026 17:00"),
    ("28/08/2026 08:00", "1 ngày làm việc", "03/09/2026 17:00"),
    ("13/02/2026 08:00", "1 ngày làm việc", "23/02/2026 17:00"),
    ("31/12/2025 08:00", "1 ngày làm việc", "05/01/2026 17:00"),
    ("09/01/2026 08:00", "1 ngày làm việc", "10/01/2026 17:00"),
    ("02/03/2026 08:00", "0,5 ngày làm việc", "03/03/2026 11:30"),
    ("02/03/2026 08:00", "1,5 ngày làm việc", "04/03/2026 11:30"),
    # §3 within the day: until 15:00
    ("20/11/2026 08:00", "trong ngày", "20/11/2026 17:00"),
    ("20/11/2026 15:00", "trong ngày", "20/11/2026 17:00"),
    ("20/11/2026 15:01", "trong ngày", "23/11/2026 17:00"),
    ("20/11/2026 17:01", "trong ngày", "23/11/2026 17:00"),
    ("21/11/2026 08:00", "trong ngày", "23/11/2026 17:00"),
    ("23/11/2026 15:30", "trong ngày", "25/11/2026 17:00"),
    # §3 working hours: office minutes, over the break, over night, over days off; a full budget ends at a closing
    ("20/11/2026 08:00", "2 giờ", "20/11/2026 10:00"),
    ("20/11/2026 10:30", "2 giờ", "20/11/2026 14:30"),
    ("20/11/2026 12:00", "1 giờ", "20/11/2026 14:30"),
    ("20/11/2026 05:00", "1 giờ", "20/11/2026 08:00"),
    ("20/11/2026 16:00", "1 giờ", "20/11/2026 17:00"),
    ("20/11/2026 16:00", "4 giờ", "23/11/2026 10:00"),
    ("20/11/2026 17:00", "1 giờ", "23/11/2026 08:00"),
    ("23/11/2026 09:00", "8 giờ", "25/11/2026 09:00"),
    # §3 days: days off are counted, but none is the last
    ("02/11/2026 08:00", "1 ngày", "03/11/2026 17:00"),
    ("02/11/2026 08:00", "5 ngày", "09/11/2026 17:00"),
    ("09/11/2026 08:00", "15 ngày", "25/11/2026 17:00"),
    ("06/11/2026 17:30", "15 ngày", "25/11/2026 17:00"),
    ("07/08/2026 08:00", "15 ngày", "22/08/2026 17:00"),
    ("01/02/2026 08:00", "15 ngày", "23/02/2026 17:00"),
    # §3 months: the same day, or the month's last; rolled
    ("16/03/2026 08:00", "1 tháng", "16/04/2026 17:00"),
    ("30/01/2026 08:00", "1 tháng", "02/03/2026 17:00"),
    ("31/03/2026 08:00", "3 tháng", "30/06/2026 17:00"),
    ("15/10/2025 08:00", "4 tháng", "23/02/2026 17:00"),
    ("30/11/2023 08:00", "3 tháng", None),
]  # fmt: skip


@pytest.mark.parametrize(("received", "time_limit", "expected"), PLAIN)
def test_due(received: str, time_limit: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(CalendarGapError):
            due(viet_tri(), received_at=at(received), limit=limit(time_limit))
        return
    answer = due(viet_tri(), received_at=at(received), limit=limit(time_limit))
    assert answer.due_at == at(expected)
    assert answer.calendar_version == 7
    assert not answer.forecast


# received, limit, pauses, due
PAUSED = [
    # office clocks: exactly the working minutes of the pause are added (9 hours: 25/11 from 09:00, 26/11 until 10:00)
    ("20/11/2026 16:00", "5 ngày làm việc", ["25/11/2026 09:00 – 26/11/2026 10:00"], "02/12/2026 08:00"),
    ("20/11/2026 16:00", "5 ngày làm việc", ["25/11/2026 07:00 – 26/11/2026 07:00"], "01/12/2026 17:00"),
    ("20/11/2026 16:00", "5 ngày làm việc", ["20/11/2026 17:00 – 23/11/2026 07:00"], "30/11/2026 17:00"),
    ("20/11/2026 09:00", "5 ngày làm việc", ["20/11/2026 10:00 – 20/11/2026 16:00"], "30/11/2026 17:00"),
    ("20/11/2026 08:00", "2 giờ", ["20/11/2026 09:00 – 20/11/2026 10:30"], "20/11/2026 11:30"),
    ("20/11/2026 08:00", "trong ngày", ["20/11/2026 09:00 – 20/11/2026 10:00"], "23/11/2026 08:00"),
    # pauses that overlap or touch count once, in whatever order they are given
    ("20/11/2026 16:00", "5 ngày làm việc",
     ["25/11/2026 13:30 – 26/11/2026 07:00", "25/11/2026 07:00 – 25/11/2026 14:00"], "01/12/2026 17:00"),
    (
        "20/11/2026 16:00",
        "5 ngày làm việc",
        ["25/11/2026 07:00 – 26/11/2026 07:00", "25/11/2026 08:00 – 25/11/2026 09:00"],
        "01/12/2026 17:00",
    ),
    # one minute after the clock began is one minute
    ("20/11/2026 08:00", "2 giờ", ["20/11/2026 07:50 – 20/11/2026 08:01"], "20/11/2026 10:01"),
    ("02/11/2026 08:00", "10 ngày", ["02/11/2026 20:00 – 03/11/2026 00:01"], "13/11/2026 17:00"),
    # a pause that begins at the due date, or later, changes nothing; nor does one before the clock
    ("20/11/2026 16:00", "1 ngày làm việc", ["23/11/2026 17:00 – 30/11/2026 17:00"], "23/11/2026 17:00"),
    ("20/11/2026 16:00", "1 ngày làm việc", ["23/11/2026 16:59 – 30/11/2026 07:00"], "30/11/2026 07:01"),
    ("20/11/2026 16:00", "1 ngày làm việc", ["18/11/2026 08:00 – 20/11/2026 16:30"], "23/11/2026 17:00"),
    ("20/11/2026 16:00", "1 ngày làm việc", ["23/11/2026 17:00"], "23/11/2026 17:00"),
    # days: the wall clock's minutes are added, the last day is the one that holds the last minute
    ("02/11/2026 08:00", "10 ngày", ["05/11/2026 00:00 – 08/11/2026 00:00"], "16/11/2026 17:00"),
    ("02/11/2026 08:00", "10 ngày", ["05/11/2026 09:00 – 06/11/2026 09:00"], "13/11/2026 17:00"),
    ("02/11/2026 08:00", "10 ngày", ["05/11/2026 09:00 – 05/11/2026 09:01"], "13/11/2026 17:00"),
    ("02/11/2026 08:00", "1 tháng", ["05/11/2026 00:00 – 07/11/2026 00:00"], "04/12/2026 17:00"),
    # days: the limit ran out on Sunday 08/11, due Monday 09/11 17:00; paused before that due date, resumed on Thursday
    ("02/11/2026 08:00", "6 ngày", ["09/11/2026 09:00 – 12/11/2026 10:00"], "12/11/2026 17:00"),
    ("02/11/2026 08:00", "6 ngày", ["09/11/2026 09:00 – 12/11/2026 18:00"], "13/11/2026 17:00"),
    ("02/11/2026 08:00", "6 ngày", ["09/11/2026 09:00 – 12/11/2026 17:00"], "12/11/2026 17:00"),
    (
        "02/11/2026 08:00",
        "6 ngày",
        ["09/11/2026 09:00 – 12/11/2026 17:00", "12/11/2026 17:00 – 13/11/2026 10:00"],
        "13/11/2026 17:00",
    ),
    ("02/11/2026 08:00", "6 ngày", ["09/11/2026 17:00 – 12/11/2026 18:00"], "09/11/2026 17:00"),
    # an open pause: no due date
    ("20/11/2026 16:00", "5 ngày làm việc", ["25/11/2026 09:00"], None),
    ("02/11/2026 08:00", "10 ngày", ["05/11/2026 09:00"], None),
]  # fmt: skip


@pytest.mark.parametrize(("received", "time_limit", "pauses", "expected"), PAUSED)
def test_due_with_pauses(received: str, time_limit: str, pauses: list[str], expected: str | None) -> None:
    answer = due(
        viet_tri(),
        received_at=at(received),
        limit=limit(time_limit),
        pauses=[pause(text) for text in pauses],
    )
    assert answer.due_at == (None if expected is None else at(expected))
    assert answer.is_stopped is (expected is None)


# received, limit, extensions, due
EXTENDED = [
    ("20/11/2026 16:59", "1 ngày làm việc", ["1 ngày làm việc"], "25/11/2026 17:00"),
    ("20/11/2026 16:59", "5 ngày làm việc", ["2 ngày làm việc", "4 giờ"], "03/12/2026 11:00"),
    (
        "02/11/2026 08:00",
        "5 ngày",
        ["5 ngày"],
        "16/11/2026 17:00",
    ),  # from Monday 09/11, where it was rolled to
    ("20/11/2026 08:00", "trong ngày", ["1 tháng"], "21/12/2026 17:00"),
]


@pytest.mark.parametrize(("received", "time_limit", "extensions", "expected"), EXTENDED)
def test_due_with_extensions(received: str, time_limit: str, extensions: list[str], expected: str) -> None:
    answer = due(
        viet_tri(),
        received_at=at(received),
        limit=limit(time_limit),
        extensions=[Extension(limit(text)) for text in extensions],
    )
    assert answer.due_at == at(expected)


def test_a_pause_in_an_extension_moves_the_extended_date_only() -> None:
    answer = due(
        viet_tri(),
        received_at=at("20/11/2026 16:59"),
        limit=limit("1 ngày làm việc"),
        pauses=[pause("25/11/2026 07:00 – 26/11/2026 07:00")],
        extensions=[Extension(limit("1 ngày làm việc"))],
    )
    assert answer.due_at == at("26/11/2026 17:00")


# §6
FORECASTS = [
    ("24/12/2026 08:00", "3 ngày làm việc", "29/12/2026 17:00", False),
    ("28/12/2026 08:00", "5 ngày làm việc", "05/01/2027 17:00", True),
    ("31/12/2026 16:00", "2 giờ", "04/01/2027 08:00", True),
    ("03/02/2027 08:00", "1 ngày làm việc", "11/02/2027 17:00", True),
    ("20/12/2027 08:00", "30 ngày", "19/01/2028 17:00", True),
]


@pytest.mark.parametrize(("received", "time_limit", "expected", "forecast"), FORECASTS)
def test_a_date_that_crosses_an_unpublished_day_is_a_forecast(
    received: str, time_limit: str, expected: str, forecast: bool
) -> None:
    answer = due(viet_tri(), received_at=at(received), limit=limit(time_limit))
    assert (answer.due_at, answer.forecast) == (at(expected), forecast)


# Received on Monday 02/11, due on Wednesday 04/11.
UNSETTLED = [
    ("01/11/2026", False),
    ("02/11/2026", True),
    ("03/11/2026", True),
    ("04/11/2026", True),
    ("05/11/2026", False),
]


@pytest.mark.parametrize(("unsettled_on", "forecast"), UNSETTLED)
def test_one_unsettled_day_from_receipt_to_due_date_is_enough(unsettled_on: str, forecast: bool) -> None:
    unsettled = Day(on(unsettled_on), DayKind.OFF_MORNING, "Chưa công bố", DayStatus.FORECAST)
    calendar = compile_calendar(
        [HoursPeriod(USUAL, on("01/01/2026"))],
        DayTable.of([unsettled], decreed_years=[2026]),
        first_on=on("01/01/2026"),
        last_on=on("31/12/2026"),
    )
    answer = due(calendar, received_at=at("02/11/2026 14:00"), limit=limit("2 ngày"))
    assert (answer.due_at, answer.forecast) == (at("04/11/2026 17:00"), forecast)


def test_a_half_day_on_saturday_counts_as_half_a_working_day() -> None:
    calendar = viet_tri(WITH_SATURDAY)
    received = at("05/11/2026 08:00")  # Thursday
    assert due(calendar, received_at=received, limit=limit("1,5 ngày làm việc")).due_at == at(
        "07/11/2026 11:30"
    )
    assert due(calendar, received_at=received, limit=limit("2 ngày làm việc")).due_at == at(
        "09/11/2026 11:30"
    )
    assert due(calendar, received_at=received, limit=limit("2 ngày")).due_at == at("07/11/2026 11:30")
    saturday = at("07/11/2026 11:31")
    assert due(calendar, received_at=saturday, limit=limit("trong ngày")).due_at == at("09/11/2026 17:00")


HALF_DAYS_OFF = [
    (DayKind.OFF_AFTERNOON, "1 ngày làm việc", "04/11/2026 11:30"),
    (DayKind.OFF_AFTERNOON, "0,5 ngày làm việc", "03/11/2026 11:30"),
    (DayKind.OFF_AFTERNOON, "1 ngày", "03/11/2026 11:30"),
    (DayKind.OFF_MORNING, "1 ngày làm việc", "04/11/2026 11:30"),
    (DayKind.OFF_MORNING, "0,5 ngày làm việc", "03/11/2026 17:00"),
    (DayKind.OFF, "0,5 ngày làm việc", "04/11/2026 11:30"),
]


@pytest.mark.parametrize(("kind", "time_limit", "expected"), HALF_DAYS_OFF)
def test_a_half_day_off_leaves_the_other_half(kind: DayKind, time_limit: str, expected: str) -> None:
    days = DayTable.of([Day(on("03/11/2026"), kind, "Nghỉ theo thông báo của tỉnh")], decreed_years=[2026])
    calendar = compile_calendar(
        [HoursPeriod(USUAL, on("01/01/2026"))], days, first_on=on("01/01/2026"), last_on=on("31/12/2026")
    )
    assert due(calendar, received_at=at("02/11/2026 08:00"), limit=limit(time_limit)).due_at == at(expected)


def test_a_make_up_day_has_the_hours_of_the_day_that_it_replaces() -> None:
    short_friday = OfficeHours(
        (FULL_DAY,) * 4 + (DayHours(Span.between("07:00", "11:30")), DayHours(), DayHours())
    )
    swap = Day(on("07/11/2026"), DayKind.MAKE_UP, "Ngày làm bù", make_up_for=on("13/11/2026"))
    calendar = compile_calendar(
        [HoursPeriod(short_friday, on("01/01/2026"))],
        DayTable.of([swap], decreed_years=[2026]),
        first_on=on("01/01/2026"),
        last_on=on("31/12/2026"),
    )
    answer = due(calendar, received_at=at("06/11/2026 08:00"), limit=limit("1 ngày"))
    assert answer.due_at == at("07/11/2026 11:30")


def test_summer_and_winter_hours() -> None:
    winter = OfficeHours.monday_to_friday(
        DayHours(Span.between("07:30", "12:00"), Span.between("13:00", "16:30"))
    )
    calendar = compile_calendar(
        [HoursPeriod(USUAL, on("01/01/2026"), on("16/10/2026")), HoursPeriod(winter, on("16/10/2026"))],
        DayTable.of([], decreed_years=[2026]),
        first_on=on("01/01/2026"),
        last_on=on("31/12/2026"),
    )
    assert due(calendar, received_at=at("14/10/2026 08:00"), limit=limit("1 ngày làm việc")).due_at == at(
        "15/10/2026 17:00"
    )
    assert due(calendar, received_at=at("15/10/2026 08:00"), limit=limit("1 ngày làm việc")).due_at == at(
        "16/10/2026 16:30"
    )


@pytest.mark.parametrize("time_limit", ["1 ngày làm việc", "1 giờ", "1 ngày", "1 tháng", "trong ngày"])
def test_beyond_the_calendar_is_an_error_never_a_guess(time_limit: str) -> None:
    with pytest.raises(CalendarGapError) as caught:
        due(viet_tri(), received_at=at("31/12/2031 17:30"), limit=limit(time_limit))
    assert caught.value.facts["last_on"] == on("31/12/2031")
    with pytest.raises(CalendarGapError):
        due(viet_tri(), received_at=at("31/12/2023 16:00"), limit=limit(time_limit))


def test_days_without_office_hours_are_an_error() -> None:
    with pytest.raises(CalendarGapError, match="no_office_hours"):
        compile_calendar(
            [HoursPeriod(USUAL, on("02/01/2026"))],
            DayTable.of([], decreed_years=[]),
            first_on=on("01/01/2026"),
            last_on=on("31/12/2026"),
        )


def test_the_zone_of_the_question_does_not_matter_but_there_must_be_one() -> None:
    in_vietnam = due(viet_tri(), received_at=at("21/11/2026 00:30"), limit=limit("1 giờ"))
    in_utc = due(viet_tri(), received_at=datetime(2026, 11, 20, 17, 30, 59, tzinfo=UTC), limit=limit("1 giờ"))
    assert in_vietnam == in_utc
    assert in_utc.due_at is not None
    assert in_utc.due_at.utcoffset() == at("21/11/2026 00:30").utcoffset()
    with pytest.raises(ValueError, match="aware"):
        due(viet_tri(), received_at=datetime(2026, 11, 20, 17), limit=limit("1 giờ"))  # noqa: DTZ001 - the point of the test


def test_values_refuse_what_cannot_be_counted() -> None:
    for text in (
        "0 giờ",
        "0 ngày",
        "0 tháng",
        "-1 ngày làm việc",
        "0,25 ngày làm việc",
        "1,5 ngày",
        "0,001 giờ",
    ):
        with pytest.raises(ValueError, match="no time limit"):
            limit(text)
    with pytest.raises(TypeError):
        TimeLimit(0.5, limit("1 giờ").unit)  # type: ignore[arg-type] # a float is the mistake
    with pytest.raises(ValueError, match="nothing"):
        Extension(limit("trong ngày"))
    with pytest.raises(ValueError, match="after it began"):
        pause("02/11/2026 08:00 – 01/11/2026 08:00")
    with pytest.raises(ValueError, match="make-up"):
        Day(on("07/11/2026"), DayKind.MAKE_UP, "Ngày làm bù")
    with pytest.raises(ValueError, match="Two rows"):
        DayTable.of([Day(on("07/11/2026"), DayKind.OFF, "Một", DayStatus.DECREED)] * 2, decreed_years=[])
