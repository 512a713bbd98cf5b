"""The number of a legal entity: shapes as a table, the check digit as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.identity.rules.enterprise_code import (
    check_digit_of,
    check_number,
    clean_number,
    is_check_digit_right,
)
from vanlang.identity.types import EntityKind


@pytest.mark.parametrize(
    ("kind", "text", "number", "is_one"),
    [
        (EntityKind.ENTERPRISE, "0100109106", "0100109106", True),
        (EntityKind.ENTERPRISE, " 0100 109 106 ", "0100109106", True),
        (EntityKind.ENTERPRISE, "0100109106-001", "0100109106001", True),
        (EntityKind.ENTERPRISE, "0100109106–001", "0100109106001", True),
        (EntityKind.ENTERPRISE, "0100109106-000", "0100109106000", False),
        (EntityKind.ENTERPRISE, "010010910", "010010910", False),
        (EntityKind.ENTERPRISE, "01001O9106", "01001O9106", False),
        (EntityKind.ENTERPRISE, "٠١٠٠١٠٩١٠٦", "٠١٠٠١٠٩١٠٦", False),
        (EntityKind.ENTERPRISE, "", "", False),
        (EntityKind.OTHER, " 12/QĐ-UBND  ngày 3/4/2020", "12/QĐ-UBND ngày 3/4/2020", True),
        (EntityKind.OTHER, " ", "", False),
    ],
)
def test_what_can_be_a_number(kind: EntityKind, text: str, number: str, is_one: bool) -> None:
    assert clean_number(kind, text) == number
    assert (check_number(kind, number) is None) is is_one


@pytest.mark.parametrize("number", ["0100109106", "0100109106001", "0100047516"])
def test_codes_that_are_published_check(number: str) -> None:
    assert is_check_digit_right(number)


nine = st.from_regex(r"[0-9]{9}", fullmatch=True)


@given(nine, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits: str, place: int, more: int) -> None:
    """Every weight is prime to eleven, so one changed digit changes the check digit."""
    other = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert check_digit_of(digits) != check_digit_of(other) or check_digit_of(digits) is None


@given(nine)
def test_ten_digits_check_or_are_not_given(digits: str) -> None:
    check = check_digit_of(digits)
    assert check is None or is_check_digit_right(f"{digits}{check}")
