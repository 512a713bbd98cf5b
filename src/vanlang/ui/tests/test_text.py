"""Dates, numbers and money as Vietnamese readers expect them; marking what was searched for."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.utils import formats, translation
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.clock import VIETNAM
from vanlang.ui.templatetags.ui_text import (
    highlight,
    vndate,
    vndatetime,
    vnmoney,
    vnnumber,
    vntime,
    vnweekday,
)

UTC_EVENING = dt.datetime(2026, 11, 22, 18, 30, tzinfo=dt.UTC)


def test_an_instant_is_shown_in_vietnams_zone() -> None:
    assert vndate(UTC_EVENING) == "23/11/2026"
    assert vntime(UTC_EVENING) == "01:30"
    assert vndatetime(UTC_EVENING) == "01:30, 23/11/2026"
    assert vnweekday(UTC_EVENING) == "thứ Hai, 23/11/2026"
    assert vnweekday(dt.date(2026, 11, 22)) == "Chủ nhật, 22/11/2026"


def test_nothing_is_shown_as_nothing() -> None:
    assert [vndate(None), vntime(None), vndatetime(None), vnnumber(None), vnmoney(None)] == [""] * 5


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (2153, 0, "2.153"),
        (0, 0, "0"),
        (-1234567, 0, "-1.234.567"),
        (2153.45, 1, "2.153,5"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("2.5"), 0, "3"),
        (98.7, 1, "98,7"),
    ],
)
def test_numbers(number: float | Decimal, decimals: int, text: str) -> None:
    assert vnnumber(number, decimals) == text


def test_money_does_not_break_from_its_unit() -> None:
    assert vnmoney(15_000) == "15.000\N{NO-BREAK SPACE}đồng"
    assert vnmoney(0) == "0\N{NO-BREAK SPACE}đồng"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_written_number_can_be_read_back(number: int) -> None:
    assert int(vnnumber(number).replace(".", "")) == number


def test_django_reads_and_writes_as_we_do() -> None:
    with translation.override("vi"):
        assert formats.date_format(dt.date(2026, 11, 2), "DATE_FORMAT") == "02/11/2026"
        assert (
            formats.date_format(dt.datetime(2026, 11, 2, 14, 30, tzinfo=VIETNAM), "DATETIME_FORMAT")
            == "14:30, 02/11/2026"
        )
        assert formats.date_format(dt.date(2026, 11, 2), "YEAR_MONTH_FORMAT") == "tháng 11/2026"
        assert formats.number_format(2153, force_grouping=True) == "2.153"
        assert formats.number_format(Decimal("2153.5"), force_grouping=True) == "2.153,5"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Đăng ký khai sinh", "khai sinh", ["khai", "sinh"]),
        ("Đăng ký khai sinh", "dang ky", ["Đăng", "ký"]),
        ("Đăng ký khai sinh", "sin", []),
        ("Đăng ký khai sinh", "", []),
        ("Cấp sổ <đỏ>", "do", ["đỏ"]),
        ("H44.100 & Co", "co", ["Co"]),
    ],
)
def test_words_of_the_query_are_marked(text: str, query: str, marked: list[str]) -> None:
    html = highlight(text, query)
    assert re.findall(r'<mark class="vl-mark">(.*?)</mark>', html) == marked
    assert re.sub(r"</?mark[^>]*>", "", html) == escape(text)


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_never_changes_nor_unescapes_the_text(text: str, query: str) -> None:
    html = str(highlight(text, query))
    assert html.replace('<mark class="vl-mark">', "").replace("</mark>", "") == escape(text)
