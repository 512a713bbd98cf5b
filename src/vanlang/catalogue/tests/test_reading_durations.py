"""What may be put on a clock, and what a person must look at. The shapes are those of the national catalogue."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.catalogue.rules.reading.durations import UNITS, durations_in, read_limit
from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import SAME_DAY, Limit, LimitUnit, Reason

CERTAIN = [
    (5, "Ngày làm việc", "", Limit(Decimal(5), LimitUnit.WORKING_DAY)),
    (30, "Ngày", "Trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ", Limit(Decimal(30), LimitUnit.DAY)),
    (1.5, "Ngày làm việc", "", Limit(Decimal("1.5"), LimitUnit.WORKING_DAY)),
    (26, "Ngày làm việc", "- Kiểm tra: 03 ngày làm việc;\n- Thẩm định: 23 ngày làm việc", Limit(Decimal(26), LimitUnit.WORKING_DAY)),
    (7, "Ngày làm việc", "Nộp từ thứ 2 đến thứ 6, từ 7 giờ 30 đến 11 giờ, trước ngày 31 tháng 12", Limit(Decimal(7), LimitUnit.WORKING_DAY)),
    (2, "Tháng", "", Limit(Decimal(2), LimitUnit.MONTH)),
    (None, None, "Trong thời hạn 03 ngày làm việc kể từ ngày nhận đơn", Limit(Decimal(3), LimitUnit.WORKING_DAY)),
    (None, None, "Trả kết quả ngay trong ngày cơ quan tiếp nhận yêu cầu", SAME_DAY),
]  # fmt: skip

UNCERTAIN = [
    (1, None, "", Reason.LIMIT_UNIT_MISSING),
    (3, None, "nộp tại bộ phận một cửa", Reason.LIMIT_UNIT_MISSING),
    (1100, None, "VNĐ(100.000 đồng/lần)", Reason.LIMIT_GLUED),
    (140, None, "VNĐ", Reason.LIMIT_GLUED),
    (4500, "Ngày", "", Reason.LIMIT_GLUED),
    (0, "Ngày", "", Reason.LIMIT_MISSING),
    (None, None, "", Reason.LIMIT_MISSING),
    (5, "Ngày làm việc", "Không quy định", Reason.LIMIT_CONTRADICTED),
    (60, "Ngày làm việc", "không quá 30 ngày; vụ việc phức tạp không quá 45 ngày", Reason.LIMIT_CONTRADICTED),
    (10, "Ngày", "Trong thời hạn 10 ngày làm việc", Reason.LIMIT_CONTRADICTED),
    (16, "Ngày làm việc", "16 ngày làm việc đối với công trình cấp I và 12 ngày làm việc đối với công trình còn lại", Reason.LIMITS_SEVERAL),
    (None, None, "08 ngày làm việc khi cấp mới; 05 ngày làm việc khi cấp lại", Reason.LIMITS_SEVERAL),
    (1.5, "Ngày", "", Reason.LIMIT_GLUED),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "unit", "prose", "limit"), CERTAIN)
def test_a_limit_that_the_source_says(
    amount: float | None, unit: str | None, prose: str, limit: Limit
) -> None:
    assert read_limit(amount, unit, prose) == Certain(limit)


@pytest.mark.parametrize(("amount", "unit", "prose", "reason"), UNCERTAIN)
def test_a_limit_that_a_person_must_look_at(
    amount: float | None, unit: str | None, prose: str, reason: Reason
) -> None:
    reading = read_limit(amount, unit, prose)
    assert isinstance(reading, Uncertain)
    assert reading.reason is reason


@given(amount=st.integers(min_value=0, max_value=5000), prose=st.text(max_size=80))
def test_a_number_without_unit_is_never_a_day(amount: int, prose: str) -> None:
    """Whatever stands beside it: a bare number that is there is never read by itself."""
    reading = read_limit(amount, None, prose)
    if amount:
        assert isinstance(reading, Uncertain)


@given(amount=st.integers(min_value=1, max_value=240), unit=st.sampled_from(sorted(UNITS)))
def test_a_limit_with_unit_and_silent_prose_is_read_as_it_stands(amount: int, unit: str) -> None:
    reading = read_limit(amount, unit.capitalize(), "")
    if isinstance(reading, Certain):
        assert (reading.value.amount, reading.value.unit) == (amount, UNITS[unit])
    else:
        assert unit == "tháng"
        assert amount > 36


@given(amount=st.integers(min_value=1, max_value=99), other=st.integers(min_value=1, max_value=99))
def test_prose_that_names_another_duration_is_asked_about(amount: int, other: int) -> None:
    reading = read_limit(amount, "Ngày làm việc", f"Trong thời hạn {other:02d} ngày làm việc")
    assert isinstance(reading, Certain) is (amount == other)


@pytest.mark.parametrize(
    "prose",
    [
        "ngày 14 tháng 11 năm 2016",
        "sau 15 giờ",
        "từ 7 giờ đến 11 giờ",
        "Thông tư 75/2022/TT-BTC",
        "31/12/2026",
    ],
)
def test_dates_and_hours_of_the_day_are_no_durations(prose: str) -> None:
    assert durations_in(prose) == []
