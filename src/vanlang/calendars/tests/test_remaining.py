from __future__ import annotations

from datetime import timedelta

import pytest

from vanlang.calendars.errors import CalendarGapError
from vanlang.calendars.labels import badge, limit_text
from vanlang.calendars.rules.remaining import (
    add_working_days,
    effective_receipt_on,
    is_late,
    remaining,
    rests_on,
    timeliness,
)
from vanlang.calendars.rules.sharing import split
from vanlang.calendars.types import Timeliness

from .world import at, limit, on, pause, viet_tri

DUE = "30/11/2026 17:00"  # a Monday
BADGES = [
    ("25/11/2026 09:00", "còn 3 ngày làm việc"),
    ("27/11/2026 16:00", "còn 1 ngày làm việc"),
    ("28/11/2026 09:00", "còn 1 ngày làm việc"),
    ("30/11/2026 09:00", "hạn hôm nay, còn 6 giờ làm việc"),
    ("30/11/2026 16:59", "hạn hôm nay, còn 1 phút làm việc"),
    ("30/11/2026 17:00", "hạn hôm nay, còn 0 phút làm việc"),
    ("30/11/2026 17:01", "quá hạn"),
    ("01/12/2026 08:00", "quá hạn 1 ngày làm việc"),
    ("05/12/2026 08:00", "quá hạn 4 ngày làm việc"),
]


@pytest.mark.parametrize(("now", "expected"), BADGES)
def test_badge(now: str, expected: str) -> None:
    assert badge(remaining(viet_tri(), due_at=at(DUE), at=at(now))) == expected


def test_a_due_date_in_the_middle_of_a_day_can_be_missed_by_minutes() -> None:
    left = remaining(viet_tri(), due_at=at("30/11/2026 08:00"), at=at("30/11/2026 08:40"))
    assert badge(left) == "quá hạn 40 phút làm việc"


def test_the_due_minute_is_in_time_to_its_last_second() -> None:
    assert not is_late(due_at=at(DUE), at=at(DUE) + timedelta(seconds=59))
    assert is_late(due_at=at(DUE), at=at(DUE) + timedelta(minutes=1))
    assert timeliness(due_at=at(DUE), finished_at=at("27/11/2026 16:00")) is Timeliness.EARLY
    assert timeliness(due_at=at(DUE), finished_at=at("30/11/2026 07:00")) is Timeliness.ON_TIME
    assert timeliness(due_at=at(DUE), finished_at=at("30/11/2026 17:01")) is Timeliness.LATE


def test_adding_working_days() -> None:
    assert add_working_days(viet_tri(), on("20/11/2026"), 2) == on("25/11/2026")
    assert add_working_days(viet_tri(), on("25/11/2026"), -2) == on("20/11/2026")
    assert add_working_days(viet_tri(), on("21/11/2026"), 0) == on("21/11/2026")
    with pytest.raises(CalendarGapError):
        add_working_days(viet_tri(), on("31/12/2031"), 1)
    with pytest.raises(CalendarGapError):
        add_working_days(viet_tri(), on("02/01/2024"), -2)


def test_effective_receipt() -> None:
    assert effective_receipt_on(viet_tri(), at("20/11/2026 17:00")) == on("20/11/2026")
    assert effective_receipt_on(viet_tri(), at("20/11/2026 17:01")) == on("23/11/2026")


def test_what_rests_on_a_day() -> None:
    received, due = at("20/11/2026 08:00"), at("25/11/2026 17:00")
    assert rests_on(received, due, [on("24/11/2026")])
    assert rests_on(received, due, [on("20/11/2026")])
    assert rests_on(received, due, [on("25/11/2026")])
    assert not rests_on(received, due, [on("19/11/2026"), on("26/11/2026")])


def test_a_plan_is_scaled_to_the_limit() -> None:
    # 2 working days received at 08:00: seven hours of the day of receipt and two days = 23 hours, in 1 : 2 : 1
    shares = split(
        viet_tri(),
        received_at=at("25/11/2026 08:00"),
        limit=limit("2 ngày làm việc"),
        planned_minutes=[60, 120, 60],
    )
    assert shares is not None
    assert [share.working_minutes for share in shares] == [345, 690, 345]
    assert [share.due_at for share in shares] == [
        at("25/11/2026 15:45"),
        at("27/11/2026 09:15"),
        at("27/11/2026 17:00"),
    ]


def test_a_pause_moves_the_steps_after_it() -> None:
    shares = split(
        viet_tri(),
        received_at=at("25/11/2026 08:00"),
        limit=limit("2 ngày làm việc"),
        planned_minutes=[60, 120, 60],
        pauses=[pause("26/11/2026 07:00 – 27/11/2026 07:00")],
    )
    assert shares is not None
    assert [share.due_at for share in shares] == [
        at("25/11/2026 15:45"),
        at("30/11/2026 09:15"),
        at("30/11/2026 17:00"),
    ]


def test_no_shares_while_the_clock_stands_and_no_plan_without_time() -> None:
    received, days = at("25/11/2026 08:00"), limit("2 ngày làm việc")
    assert (
        split(
            viet_tri(),
            received_at=received,
            limit=days,
            planned_minutes=[1],
            pauses=[pause("25/11/2026 09:00")],
        )
        is None
    )
    for plan in ([], [0, 0], [5, -1]):
        with pytest.raises(ValueError, match="plan"):
            split(viet_tri(), received_at=received, limit=days, planned_minutes=plan)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 ngày làm việc", "5 ngày làm việc"),
        ("1,5 ngày làm việc", "1,5 ngày làm việc"),
        ("trong ngày", "trong ngày"),
        ("15 ngày", "15 ngày"),
        ("4 giờ", "4 giờ làm việc"),
        ("2 tháng", "2 tháng"),
    ],
)
def test_limits_are_written_as_people_write_them(text: str, expected: str) -> None:
    assert limit_text(limit(text)) == expected
