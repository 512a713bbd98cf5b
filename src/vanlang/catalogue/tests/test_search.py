"""Found by what people call it: without diacritics, unfinished, mistyped, in other words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from vanlang.catalogue.queries.searching import load_synonyms
from vanlang.catalogue.rules.search import Index, SearchDocument, Synonym, build, find, is_one_off
from vanlang.kernel.vietnamese import search_key

DOCUMENTS = (
    SearchDocument("1.000001", "Thủ tục đăng ký khai sinh", "Hộ tịch", popularity=90),
    SearchDocument("1.000002", "Thủ tục đăng ký khai tử", "Hộ tịch", popularity=80),
    SearchDocument("1.000003", "Cấp Giấy chứng nhận quyền sử dụng đất", "Đất đai", popularity=70),
    SearchDocument("1.000004", "Đăng ký thuế lần đầu", "Thuế", popularity=10),
    SearchDocument("1.000005", "Đăng ký thuê nhà ở", "Nhà ở", popularity=10),
    SearchDocument("1.000006", "Đổi giấy phép lái xe", "Sát hạch", rank=1),
)
SYNONYMS = (
    Synonym("sổ đỏ", ("Giấy chứng nhận quyền sử dụng đất",)),
    Synonym("bằng lái", ("giấy phép lái xe",), ("1.000006",)),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return build(DOCUMENTS, SYNONYMS)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("khai sinh", "1.000001"),
        ("khai sinhh", "1.000001"),
        ("khia sinh", "1.000001"),
        ("khai si", "1.000001"),
        ("dang ky khai tu", "1.000002"),
        ("sổ đỏ", "1.000003"),
        ("so do", "1.000003"),
        ("bang lai", "1.000006"),
        ("thuế", "1.000004"),
        ("thuê", "1.000005"),
        ("1.000002", "1.000002"),
        ("hộ tịch", "1.000001"),
    ],
)
def test_what_is_found_first(index: Index, query: str, code: str) -> None:
    assert find(index, query)[0][0] == code


def test_nothing_is_found_for_words_that_nobody_uses(index: Index) -> None:
    assert find(index, "zzzz qqqq") == []


def test_equal_scores_are_ordered_by_popularity_then_level() -> None:
    twins = [
        SearchDocument("1.000007", "Cấp phép", popularity=5, rank=2),
        SearchDocument("1.000008", "Cấp phép", popularity=5, rank=0),
        SearchDocument("1.000009", "Cấp phép", popularity=50, rank=2),
    ]
    assert [code for code, _ in find(build(twins, ()), "cấp phép")] == ["1.000009", "1.000008", "1.000007"]


@given(st.text(max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    found = find(build(DOCUMENTS, SYNONYMS), text, limit=3)
    assert len(found) <= 3
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@given(st.sampled_from(DOCUMENTS))
def test_a_name_finds_its_procedure_with_and_without_diacritics(document: SearchDocument) -> None:
    index = build(DOCUMENTS, ())
    assert find(index, document.name)[0][0] == document.code
    assert document.code in [code for code, _ in find(index, search_key(document.name), limit=2)]


@pytest.mark.parametrize(
    ("one", "other", "off"),
    [
        ("khai", "kha", True),
        ("khai", "khia", True),
        ("khai", "khoi", True),
        ("khai", "khai", False),
        ("khai", "hoia", False),
    ],
)
def test_what_counts_as_a_slip(one: str, other: str, off: bool) -> None:
    assert is_one_off(one, other) is off
    assert is_one_off(other, one) is off


def test_the_synonym_table_says_each_thing_once() -> None:
    table = load_synonyms(Path(settings.VANLANG_REFERENCE) / "catalogue" / "synonyms.toml")
    says = [synonym.says for synonym in table]
    assert len(says) == len(set(says)) > 150
    assert all(synonym.means for synonym in table)
