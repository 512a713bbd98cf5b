"""What people type, and what is stored."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.eforms.rules.conversions import (
    READERS,
    read_day,
    read_email,
    read_lines,
    read_number,
    read_personal_id,
    read_phone,
    read_text,
)
from vanlang.eforms.rules.reading import day_in_words, number_in_words
from vanlang.eforms.tests.strategies import a_field, days, typed_days, typed_phones
from vanlang.eforms.types import Problem

TEXT, DATE, NUMBER, WHOLE = (
    a_field("text"),
    a_field("date"),
    a_field("number"),
    a_field("number", integer=True),
)


@given(typed_days())
def test_a_day_is_read_however_it_is_typed(typed: tuple[str, dt.date]) -> None:
    text, day = typed
    assert read_day(text, DATE) == day.isoformat()


@given(days)
def test_a_day_that_was_written_is_read_back(day: dt.date) -> None:
    assert read_day(day_in_words(day.isoformat()), DATE) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/2026", "eforms.day_not_in_calendar"),
        ("29/02/2027", "eforms.day_not_in_calendar"),
        ("13/13/2026", "eforms.day_not_in_calendar"),
        ("22/11/26", "eforms.day_unreadable"),
        ("2026", "eforms.day_unreadable"),
        ("hôm nay", "eforms.day_unreadable"),
        ("11/22/2026/1", "eforms.day_unreadable"),
        ("\u0662\u0662/11/2026", "eforms.day_unreadable"),
    ],
)
def test_a_day_that_is_none_is_asked_again(text: str, code: str) -> None:
    problem = read_day(text, DATE)
    assert isinstance(problem, Problem)
    assert problem.code == code


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_number_that_was_written_is_read_back(number: int) -> None:
    assert read_number(number_in_words(number), WHOLE) == number
    assert read_number(str(number), WHOLE) == number


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=3))
def test_a_number_with_decimals_is_read_back(number: object) -> None:
    value = float(str(number))
    assert read_number(number_in_words(value), NUMBER) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("2.153", WHOLE, 2153),
        ("2 153", WHOLE, 2153),
        ("2.153,00", WHOLE, 2153),
        ("12,5", NUMBER, 12.5),
        ("1.234.567,5", NUMBER, 1234567.5),
        ("12,5", WHOLE, Problem("eforms.number_not_whole")),
        ("1.5", NUMBER, Problem("eforms.number_unreadable")),
        ("1.5000", NUMBER, Problem("eforms.number_unreadable")),
        ("1,234,567", NUMBER, Problem("eforms.number_unreadable")),
        ("mười", NUMBER, Problem("eforms.number_unreadable")),
        ("1e5", NUMBER, Problem("eforms.number_unreadable")),
        ("NaN", NUMBER, Problem("eforms.number_unreadable")),
    ],
)
def test_numbers(text: str, field: object, expected: object) -> None:
    assert read_number(text, field) == expected  # type: ignore[arg-type]  # the table holds fields


@given(typed_phones())
def test_a_phone_is_stored_as_dialled_at_home(typed: tuple[str, str]) -> None:
    text, dialled = typed
    assert read_phone(text, TEXT) == dialled


@pytest.mark.parametrize(
    "text", ["912345678", "+1 202 555 0101", "09123", "0912a45678", "+84", "\u0660912345678"]
)
def test_a_phone_that_is_none(text: str) -> None:
    assert read_phone(text, TEXT) == Problem("eforms.phone_malformed")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("025190001234", "025190001234"),
        ("025 190 001 234", "025190001234"),
        ("025.190.001.234", "025190001234"),
        ("02519000123", None),
        ("0251900012345", None),
        ("02519000123X", None),
        ("000190001234", None),
        ("\u066025190001234", None),
    ],
)
def test_a_personal_id_is_twelve_digits(text: str, digits: str | None) -> None:
    assert read_personal_id(text, TEXT) == (digits or Problem("eforms.personal_id_malformed"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lan.Nguyen@Example.VN ", "Lan.Nguyen@example.vn"),
        ("lan@", None),
        ("lan example@x.vn", None),
        ("lan@x", None),
    ],
)
def test_mail_addresses(text: str, expected: str | None) -> None:
    assert read_email(text, TEXT) == (expected or Problem("eforms.email_malformed"))


def test_texts_are_stored_in_one_spelling() -> None:
    assert read_text("  Thái   Hoà ", TEXT) == "Thái Hòa"
    assert read_lines("\n Một \n\n ha\u0301i \n", TEXT) == "Một\n\nhái"


@given(st.text(max_size=80), st.sampled_from(sorted(READERS)))
def test_whatever_is_typed_is_read_or_asked_again_and_reading_twice_changes_nothing(
    text: str, widget: str
) -> None:
    field = a_field(widget)  # type: ignore[arg-type]  # keys of READERS are widgets
    once = READERS[widget](text, field)
    if isinstance(once, str):
        assert READERS[widget](once, field) == once
    else:
        assert isinstance(once, (Problem, int, float))
