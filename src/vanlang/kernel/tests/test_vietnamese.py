from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.vietnamese import normalise, search_key, sort_key

LETTERS = st.text(
    alphabet="aàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ HOÀUỶQY.,", max_size=30
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("UỶ BAN", "ỦY BAN"),
        ("Uỷ ban", "Ủy ban"),
        ("hoàn thành", "hoàn thành"),
        ("quý khách", "quý khách"),
        ("thuý", "thúy"),
        ("  khoẻ   mạnh ", "khỏe mạnh"),
        ("tiê\u0301p", "tiếp"),
    ],
)
def test_normalise_writes_one_orthography(written: str, stored: str) -> None:
    assert normalise(written) == stored


@given(LETTERS)
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(LETTERS)
def test_search_key_does_not_depend_on_the_school_of_tones(text: str) -> None:
    assert search_key(normalise(text)) == search_key(text)


def test_search_key_folds_the_whole_alphabet() -> None:
    assert search_key("Đăng ký khai SINH, sổ đỏ, ưỡn ẹo") == "dang ky khai sinh, so do, uon eo"


def test_sort_key_orders_like_a_dictionary() -> None:
    words = ["đá", "dê", "da", "dà", "dã", "dạ", "ăn", "an", "ân", "bà", "ba", "ba b", "bà a"]
    assert sorted(words, key=sort_key) == [
        "an",
        "ăn",
        "ân",
        "ba",
        "bà",
        "bà a",
        "ba b",
        "da",
        "dà",
        "dã",
        "dạ",
        "dê",
        "đá",
    ]
