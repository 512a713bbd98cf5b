"""The explanations that people read, word for word."""

from __future__ import annotations

import pytest

from vanlang.calendars.api import Explanation, Extension, explain
from vanlang.calendars.labels import line_of
from vanlang.calendars.rules.explaining import PAUSE_LAW, SAME_DAY_LAW
from vanlang.calendars.rules.work_calendar import compile_calendar
from vanlang.calendars.types import Day, DayKind, DayTable, HoursPeriod, Pause, PauseReason, Step, StepKind

from .world import USUAL, WITH_SATURDAY, at, limit, on, pause, viet_tri


def text_of(explanation: Explanation) -> list[str]:
    return [line.says for line in explanation.lines]


def test_five_working_days_over_a_day_off() -> None:
    explanation = explain(viet_tri(), received_at=at("20/11/2026 16:59"), limit=limit("5 ngày làm việc"))
    assert text_of(explanation) == [
        "Tiếp nhận lúc 16:59 thứ Sáu 20/11/2026, trong giờ làm việc.",
        "Thời hạn 5 ngày làm việc, tính từ ngày làm việc sau ngày tiếp nhận.",
        "Thứ Bảy 21/11/2026 và Chủ nhật 22/11/2026: ngày nghỉ hằng tuần.",
        "Thứ Hai 23/11/2026: ngày làm việc thứ 1/5.",
        "Thứ Ba 24/11/2026: nghỉ, Ngày Văn hóa Việt Nam.",
        "Thứ Tư 25/11/2026: ngày làm việc thứ 2/5.",
        "Thứ Năm 26/11/2026: ngày làm việc thứ 3/5.",
        "Thứ Sáu 27/11/2026: ngày làm việc thứ 4/5.",
        "Thứ Bảy 28/11/2026 và Chủ nhật 29/11/2026: ngày nghỉ hằng tuần.",
        "Thứ Hai 30/11/2026: ngày làm việc thứ 5/5.",
        "Hạn trả kết quả: 17:00 thứ Hai 30/11/2026.",
    ]
    assert explanation.lines[-1].at == explanation.due.due_at
    assert [line.minutes for line in explanation.lines if line.minutes] == [480] * 5


def test_a_make_up_day_is_named() -> None:
    explanation = explain(viet_tri(), received_at=at("20/08/2026 17:30"), limit=limit("3 ngày làm việc"))
    assert text_of(explanation) == [
        "Tiếp nhận lúc 17:30 thứ Năm 20/08/2026, sau giờ làm việc (hết lúc 17:00): tính là tiếp nhận ngày làm việc tiếp theo, thứ Sáu 21/08/2026.",
        "Thời hạn 3 ngày làm việc, tính từ ngày làm việc sau ngày tiếp nhận.",
        "Thứ Bảy 22/08/2026: làm bù cho thứ Hai 31/08/2026, ngày làm việc thứ 1/3.",
        "Chủ nhật 23/08/2026: ngày nghỉ hằng tuần.",
        "Thứ Hai 24/08/2026: ngày làm việc thứ 2/3.",
        "Thứ Ba 25/08/2026: ngày làm việc thứ 3/3.",
        "Hạn trả kết quả: 17:00 thứ Ba 25/08/2026.",
    ]


def test_a_forecast_says_so_twice() -> None:
    explanation = explain(viet_tri(), received_at=at("31/12/2026 08:00"), limit=limit("1 ngày làm việc"))
    assert text_of(explanation) == [
        "Tiếp nhận lúc 08:00 thứ Năm 31/12/2026, trong giờ làm việc.",
        "Thời hạn 1 ngày làm việc, tính từ ngày làm việc sau ngày tiếp nhận.",
        "Thứ Sáu 01/01/2027: nghỉ, Tết Dương lịch.",
        "Thứ Bảy 02/01/2027 và Chủ nhật 03/01/2027: ngày nghỉ hằng tuần.",
        "Thứ Hai 04/01/2027: ngày làm việc thứ 1/1.",
        "Dự kiến: lịch nghỉ năm 2027 chưa được công bố; hạn được tính lại khi có lịch chính thức.",
        "Hạn trả kết quả (dự kiến): 17:00 thứ Hai 04/01/2027.",
    ]


def test_a_pause_and_an_extension_are_told_in_hours() -> None:
    explanation = explain(
        viet_tri(),
        received_at=at("24/11/2026 16:00"),
        limit=limit("2 ngày làm việc"),
        pauses=[pause("26/11/2026 09:00 – 27/11/2026 10:00")],
        extensions=[Extension(limit("1 ngày làm việc"))],
    )
    assert text_of(explanation) == [
        "Tiếp nhận lúc 16:00 thứ Ba 24/11/2026, ngày nghỉ, Ngày Văn hóa Việt Nam: tính là tiếp nhận ngày làm việc tiếp theo, thứ Tư 25/11/2026.",
        "Thời hạn 2 ngày làm việc, tính từ ngày làm việc sau ngày tiếp nhận.",
        "Tạm dừng từ 09:00 thứ Năm 26/11/2026 đến 10:00 thứ Sáu 27/11/2026 (chờ bổ sung hồ sơ): 9 giờ làm việc không tính.",
        "Thứ Năm 26/11/2026: 2 giờ làm việc (đến 2 giờ/16 giờ).",
        "Thứ Sáu 27/11/2026: 5 giờ làm việc (đến 7 giờ/16 giờ).",
        "Thứ Bảy 28/11/2026 và Chủ nhật 29/11/2026: ngày nghỉ hằng tuần.",
        "Thứ Hai 30/11/2026: 8 giờ làm việc (đến 15 giờ/16 giờ).",
        "Thứ Ba 01/12/2026: 1 giờ làm việc (đến 16 giờ/16 giờ).",
        "Gia hạn 1 ngày làm việc, tính từ hạn trước 08:00 thứ Ba 01/12/2026.",
        "Thứ Tư 02/12/2026: ngày làm việc thứ 1/1.",
        "Hạn trả kết quả: 17:00 thứ Tư 02/12/2026.",
    ]


def test_an_open_pause_has_no_due_date() -> None:
    waiting = Pause(at("25/11/2026 09:00"), reason=PauseReason.OTHER_AGENCY)
    explanation = explain(
        viet_tri(), received_at=at("23/11/2026 08:00"), limit=limit("2 ngày làm việc"), pauses=[waiting]
    )
    assert text_of(explanation)[-3:] == [
        "Tạm dừng từ 09:00 thứ Tư 25/11/2026 (chờ cơ quan khác trả lời).",
        "Thứ Tư 25/11/2026: 2 giờ làm việc (đến 2 giờ/16 giờ).",
        "Đang tạm dừng từ 09:00 thứ Tư 25/11/2026: chưa có hạn trả kết quả.",
    ]
    assert explanation.due.is_stopped
    assert explanation.lines[-3].law == PAUSE_LAW


SAME_DAY = [
    ("20/11/2026 06:30", "trước giờ mở cửa 07:00: tính trong ngày này", "vì tính là tiếp nhận không muộn hơn 15:00"),
    ("20/11/2026 12:00", "trong giờ nghỉ giữa ngày: tính trong ngày này", "vì tính là tiếp nhận không muộn hơn 15:00"),
    ("20/11/2026 15:00", "trong giờ làm việc", "vì tính là tiếp nhận không muộn hơn 15:00"),
    ("20/11/2026 15:01", "trong giờ làm việc",
     "nhưng tiếp nhận sau 15:00: trả kết quả trong ngày làm việc tiếp theo, thứ Hai 23/11/2026"),
    ("21/11/2026 15:01", "ngày nghỉ hằng tuần: tính là tiếp nhận ngày làm việc tiếp theo, thứ Hai 23/11/2026",
     "vì tính là tiếp nhận không muộn hơn 15:00"),
]  # fmt: skip


@pytest.mark.parametrize(("received", "first", "second"), SAME_DAY)
def test_within_the_day(received: str, first: str, second: str) -> None:
    explanation = explain(viet_tri(), received_at=at(received), limit=limit("trong ngày"))
    lines = text_of(explanation)
    assert lines[0].endswith(f", {first}.")
    assert lines[1] == f"Giải quyết trong ngày, {second}."
    assert explanation.lines[1].law == SAME_DAY_LAW


def test_the_day_off_that_a_late_dossier_waits_through_is_named() -> None:
    explanation = explain(viet_tri(), received_at=at("23/11/2026 15:59"), limit=limit("trong ngày"))
    assert text_of(explanation) == [
        "Tiếp nhận lúc 15:59 thứ Hai 23/11/2026, trong giờ làm việc.",
        "Giải quyết trong ngày, nhưng tiếp nhận sau 15:00: trả kết quả trong ngày làm việc tiếp theo, thứ Tư 25/11/2026.",
        "Thứ Ba 24/11/2026: nghỉ, Ngày Văn hóa Việt Nam.",
        "Thứ Tư 25/11/2026: 8 giờ làm việc (đến 8 giờ/8 giờ).",
        "Hạn trả kết quả: 17:00 thứ Tư 25/11/2026.",
    ]


def test_calendar_days_and_where_they_roll_to() -> None:
    explanation = explain(viet_tri(), received_at=at("09/11/2026 08:00"), limit=limit("15 ngày"))
    assert text_of(explanation) == [
        "Tiếp nhận lúc 08:00 thứ Hai 09/11/2026, trong giờ làm việc.",
        "Thời hạn 15 ngày, tính từ ngày sau ngày tiếp nhận, kể cả ngày nghỉ.",
        "Từ thứ Ba 10/11/2026 đến thứ Ba 24/11/2026: 15 ngày.",
        "Ngày cuối thứ Ba 24/11/2026 là ngày nghỉ, Ngày Văn hóa Việt Nam: hạn chuyển sang ngày làm việc tiếp theo, thứ Tư 25/11/2026.",
        "Hạn trả kết quả: 17:00 thứ Tư 25/11/2026.",
    ]


def test_calendar_days_with_a_pause_that_outlives_them() -> None:
    explanation = explain(
        viet_tri(),
        received_at=at("02/11/2026 08:00"),
        limit=limit("6 ngày"),
        pauses=[pause("09/11/2026 09:00 – 12/11/2026 10:00")],
    )
    assert text_of(explanation)[2:] == [
        "Từ thứ Ba 03/11/2026 đến Chủ nhật 08/11/2026: 6 ngày.",
        "Tạm dừng từ 09:00 thứ Hai 09/11/2026 đến 10:00 thứ Năm 12/11/2026 (chờ bổ sung hồ sơ): 3 ngày 1 giờ không tính.",
        "Thời hạn đã hết khi tính tiếp: hạn là cuối giờ làm việc thứ Năm 12/11/2026.",
        "Hạn trả kết quả: 17:00 thứ Năm 12/11/2026.",
    ]


def test_months() -> None:
    explanation = explain(viet_tri(), received_at=at("30/01/2026 08:00"), limit=limit("1 tháng"))
    assert text_of(explanation)[1:] == [
        "Thời hạn 1 tháng, tính đến hết ngày tương ứng của tháng cuối, kể cả ngày nghỉ.",
        "Từ thứ Bảy 31/01/2026 đến thứ Bảy 28/02/2026: 29 ngày.",
        "Ngày cuối thứ Bảy 28/02/2026 là ngày nghỉ hằng tuần: hạn chuyển sang ngày làm việc tiếp theo, thứ Hai 02/03/2026.",
        "Hạn trả kết quả: 17:00 thứ Hai 02/03/2026.",
    ]


def test_a_long_count_is_folded_week_by_week_and_a_very_long_one_further() -> None:
    weeks = text_of(explain(viet_tri(), received_at=at("02/10/2026 08:00"), limit=limit("10 ngày làm việc")))
    assert weeks[2:] == [
        "Thứ Bảy 03/10/2026 và Chủ nhật 04/10/2026: ngày nghỉ hằng tuần.",
        "Từ thứ Hai 05/10/2026 đến thứ Sáu 09/10/2026: 5 ngày làm việc (đến 5/10).",
        "Thứ Bảy 10/10/2026 và Chủ nhật 11/10/2026: ngày nghỉ hằng tuần.",
        "Từ thứ Hai 12/10/2026 đến thứ Sáu 16/10/2026: 5 ngày làm việc (đến 10/10).",
        "Hạn trả kết quả: 17:00 thứ Sáu 16/10/2026.",
    ]
    months = text_of(explain(viet_tri(), received_at=at("02/03/2026 08:00"), limit=limit("90 ngày làm việc")))
    assert len(months) == 12
    assert months[2] == (
        "Từ thứ Ba 03/03/2026 đến thứ Sáu 24/04/2026: 39 ngày làm việc, không kể ngày nghỉ hằng tuần (đến 39/90)."
    )


def test_half_days_are_counted_aloud() -> None:
    explanation = explain(
        viet_tri(WITH_SATURDAY), received_at=at("05/11/2026 08:00"), limit=limit("2 ngày làm việc")
    )
    assert text_of(explanation)[2:-1] == [
        "Thứ Sáu 06/11/2026: ngày làm việc thứ 1/2.",
        "Thứ Bảy 07/11/2026: đến 1,5/2 ngày làm việc.",
        "Chủ nhật 08/11/2026: ngày nghỉ hằng tuần.",
        "Thứ Hai 09/11/2026: ngày làm việc thứ 2/2.",
    ]


HALF_OFF = [
    (DayKind.OFF_MORNING, "nghỉ buổi sáng (Lễ của tỉnh), đến 0,5/1 ngày làm việc"),
    (DayKind.OFF_AFTERNOON, "nghỉ buổi chiều (Lễ của tỉnh), đến 0,5/1 ngày làm việc"),
]


@pytest.mark.parametrize(("kind", "expected"), HALF_OFF)
def test_a_half_day_off_is_named(kind: DayKind, expected: str) -> None:
    days = DayTable.of([Day(on("03/11/2026"), kind, "Lễ của tỉnh")], decreed_years=[2026])
    calendar = compile_calendar(
        [HoursPeriod(USUAL, on("01/01/2026"))], days, first_on=on("01/01/2026"), last_on=on("31/12/2026")
    )
    explanation = explain(calendar, received_at=at("02/11/2026 08:00"), limit=limit("1 ngày làm việc"))
    assert text_of(explanation)[2] == f"Thứ Ba 03/11/2026: {expected}."


def test_working_hours() -> None:
    explanation = explain(viet_tri(), received_at=at("20/11/2026 15:30"), limit=limit("2,5 giờ"))
    assert text_of(explanation)[1:] == [
        "Thời hạn 2 giờ 30 phút làm việc, tính từ lúc tiếp nhận.",
        "Thứ Sáu 20/11/2026: 1 giờ 30 phút làm việc (đến 1 giờ 30 phút/2 giờ 30 phút).",
        "Thứ Bảy 21/11/2026 và Chủ nhật 22/11/2026: ngày nghỉ hằng tuần.",
        "Thứ Hai 23/11/2026: 1 giờ làm việc (đến 2 giờ 30 phút/2 giờ 30 phút).",
        "Hạn trả kết quả: 08:00 thứ Hai 23/11/2026.",
    ]


def test_every_kind_of_step_has_a_writer() -> None:
    from vanlang.calendars.labels.explanation import _WRITERS

    assert set(_WRITERS) == set(StepKind)
    line = line_of(Step(StepKind.DUE, on("20/11/2026"), on("20/11/2026"), facts={"forecast": False}))
    assert line.says == "Hạn trả kết quả: thứ Sáu 20/11/2026."
