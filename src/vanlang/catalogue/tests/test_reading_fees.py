"""What may be asked from a person, and what a department must say first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.catalogue.rules.fees import amount_for
from vanlang.catalogue.rules.reading.fees import amounts_in, read_fee, split_prose
from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import FeeKind, Money, Reason

CERTAIN = [
    ("Miễn phí", "", Money(0)),
    ("Miễn phí", "(Không có)", Money(0)),
    ("Miễn phí", "(Không quy định.)Trong 05 ngày làm việc", Money(0)),
    ("Miễn phí", "(Không thu lệ phí đăng ký đối với tổ hợp tác)", Money(0)),
    ("50,000 Việt Nam Đồng", "", Money(50_000)),
    ("70,000 VNĐ", "(Lệ phí đăng ký: 70.000 đồng/giấy)", Money(70_000, FeeKind.CHARGE, "giấy")),
    ("200,000 VNĐ", "(Phí thẩm định)", Money(200_000, FeeKind.FEE)),
    (None, "8,000 VNĐ", Money(8_000)),
    (None, "Miễn phíNộp tại bộ phận một cửa.", Money(0)),
    (None, "- Phí : 15.000 Đồng/hồ sơ", Money(15_000, FeeKind.FEE, "hồ sơ")),
]

UNCERTAIN = [
    (None, "", Reason.FEE_MISSING),
    (None, "nộp trực tiếp tại trụ sở", Reason.FEE_MISSING),
    ("Miễn phí", "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định.)", Reason.FEE_SET_LOCALLY),
    ("Miễn phí", "(Theo quy định của Luật phí và lệ phí)", Reason.FEE_SET_LOCALLY),
    ("Miễn phí", "(Phí thẩm định)", Reason.FEE_PROSE),
    ("Miễn phí", "(Chưa quy định.)", Reason.FEE_PROSE),
    ("Miễn phí", "(Lệ phí cấp giấy: 40.000 đồng/giấy)", Reason.FEE_CONTRADICTED),
    ("20 VNĐ", "(20.000 đ/tờ khai)", Reason.FEE_TOO_SMALL),
    ("155 VNĐ", "(Thẻ có thời hạn: 155 USD/thẻ)", Reason.FEE_FOREIGN_CURRENCY),
    ("10 USD", "", Reason.FEE_FOREIGN_CURRENCY),
    ("200,000 VNĐ", "(200.000 đồng/quyển; cấp lại do mất: 400.000đ/quyển)", Reason.FEE_SEVERAL),
    ("40,000 VNĐ", "(50.000đ/giấy)", Reason.FEE_SEVERAL),
    ("8,000 VNĐ", "(8.000 đồng/văn bản. Miễn lệ phí cho hộ nghèo)", Reason.FEE_SEVERAL),
    ("50,000 VNĐ", "(thu 50% đến hết ngày 31/12/2026)", Reason.FEE_DATED),
    ("800,000 VNĐ", "(áp dụng mức phí 400.000 đồng kể từ ngày 01/7/2025)", Reason.FEE_DATED),
    (None, "Lệ phí: 20.000 đồng/giấy; phí thẩm định: 50.000 đồng", Reason.FEE_SEVERAL),
]


@pytest.mark.parametrize(("column", "text", "money"), CERTAIN)
def test_a_fee_that_the_source_says(column: str | None, text: str, money: Money) -> None:
    assert read_fee(*split_prose(column, text)) == Certain(money)


@pytest.mark.parametrize(("column", "text", "reason"), UNCERTAIN)
def test_a_fee_that_a_department_must_say(column: str | None, text: str, reason: Reason) -> None:
    reading = read_fee(*split_prose(column, text))
    assert isinstance(reading, Uncertain)
    assert reading.reason is reason


@given(amount=st.integers(min_value=1, max_value=50_000))
def test_amounts_are_read_however_they_are_written(amount: int) -> None:
    thousands = amount * 1000
    dotted, commaed = f"{thousands:,}".replace(",", "."), f"{thousands:,}"
    for text in (f"{dotted} đồng", f"{commaed} VNĐ", f"{thousands} đ/lần", f"{commaed} Việt Nam Đồng"):
        assert amounts_in(text) == [(thousands, True)]


@given(column=st.one_of(st.none(), st.text(max_size=30)), text=st.text(max_size=120))
def test_whatever_is_read_is_kept_or_asked(column: str | None, text: str) -> None:
    reading = read_fee(*split_prose(column, text))
    assert isinstance(reading, Uncertain) or reading.value.amount_vnd == 0 or reading.value.amount_vnd >= 1000


COPIES = Money(2000, FeeKind.FEE, "trang", first_units=2, then_vnd=1000, most_vnd=200_000)


@pytest.mark.parametrize(("pages", "amount"), [(1, 2000), (2, 4000), (3, 5000), (10, 12_000), (300, 200_000)])
def test_certified_copies_cost_by_page_with_a_ceiling(pages: int, amount: int) -> None:
    assert amount_for(COPIES, pages) == amount


@given(pages=st.integers(min_value=0, max_value=5000))
def test_more_pages_never_cost_less(pages: int) -> None:
    assert amount_for(COPIES, pages) <= amount_for(COPIES, pages + 1) <= 200_000
