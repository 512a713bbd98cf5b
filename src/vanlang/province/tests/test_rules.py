from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.identity.rules.enterprise_code import check_digit_of, check_number, is_check_digit_right
from vanlang.identity.types import EntityKind
from vanlang.province.rules.nobody import enterprise_number, family_name, nobody
from vanlang.province.rules.shares import share_out

PROVINCES = {f"{code:03d}" for code in range(1, 97)}
MOBILES = ("03", "05", "07", "08", "09", "02")
TAX_OFFICES = {f"{code:02d}" for code in range(1, 65)}


@given(st.integers(0, 2_500_000), st.integers())
def test_nobody_has_a_number_that_somebody_could_have(number: int, seed: int) -> None:
    draw = Random(seed)
    one = nobody(number, draw, family=family_name(draw))
    assert len(one.personal_id) == 12
    assert one.personal_id.isdigit()
    assert one.personal_id[:3] not in PROVINCES
    assert len(one.phone) == 10
    assert not one.phone.startswith(MOBILES)


@given(st.integers(0, 999_999))
def test_an_enterprise_has_a_right_check_digit_of_no_tax_office(number: int) -> None:
    code = enterprise_number(number, check_digit_of)
    assert check_number(EntityKind.ENTERPRISE, code) is None
    assert is_check_digit_right(code)
    assert code[:2] not in TAX_OFFICES


def test_numbers_differ() -> None:
    assert len({enterprise_number(number, check_digit_of) for number in range(5_000)}) == 5_000
    draw = Random(1)
    assert len({nobody(number, draw, family="Lê").personal_id[4:] for number in range(5_000)}) == 5_000


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200), st.integers(0, 5), st.integers(0, 100_000))
def test_parts_add_up_and_none_is_too_small(weights: list[float], least: int, more: int) -> None:
    whole = least * len(weights) + more
    parts = share_out(whole, weights, least=least)
    assert sum(parts) == whole
    assert min(parts) >= least


def test_what_is_too_little_for_all_is_refused() -> None:
    with pytest.raises(ValueError, match="least"):
        share_out(3, [1, 1], least=2)
