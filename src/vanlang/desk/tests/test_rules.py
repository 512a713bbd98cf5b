"""Pure rules of the desk: what is typed for an outcome, papers at the counter, shares, differences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.desk.rules.changes import changes
from vanlang.desk.rules.counter import AskedPaper, Handed, missing_papers, uncounted_papers
from vanlang.desk.rules.outcomes import (
    DraftKind,
    FactBlock,
    FactLine,
    book_kind_of,
    paragraphs_of,
    read_facts,
    write_facts,
)
from vanlang.kernel.vietnamese import normalise

words = st.text(alphabet="abcdeghiklmnopqrstuvxy ăâđêôơưÁẾỘĐ0123456789,./-", min_size=1, max_size=30).map(
    normalise
)
labels = words.filter(bool)
lines = st.builds(FactLine, labels, words)
titled = st.builds(FactBlock, labels, st.lists(lines, min_size=1, max_size=4).map(tuple))
untitled = st.builds(FactBlock, st.just(""), st.lists(lines, min_size=1, max_size=4).map(tuple))


@given(st.lists(titled | untitled, max_size=4))
def test_facts_are_read_as_they_were_written(blocks: list[FactBlock]) -> None:
    assert read_facts(write_facts(blocks)) == tuple(blocks)


def test_a_fact_without_a_value_prints_a_blank() -> None:
    assert read_facts("Người cha\nHọ và tên:\nNăm sinh") == (
        FactBlock("Người cha", (FactLine("Họ và tên", ""), FactLine("Năm sinh", ""))),
    )


@pytest.mark.parametrize(
    ("title", "kind", "book"),
    [
        ("Quyết định công nhận hộ có mức sống trung bình", DraftKind.LETTER, "QĐ"),
        ("Thông báo kết quả", DraftKind.LETTER, "TB"),
        ("Trích lục khai tử", DraftKind.EXTRACT, "TLKT"),
        ("Giấy xác nhận tình trạng hôn nhân", DraftKind.EXTRACT, "GXNT"),
        ("Đăng ký", DraftKind.EXTRACT, "ĐK"),
        ("Bản sao chứng thực", DraftKind.CERTIFIED_COPY, "SCT"),
        ("???", DraftKind.EXTRACT, ""),
    ],
)
def test_the_book_that_is_proposed(title: str, kind: DraftKind, book: str) -> None:
    assert book_kind_of(title, kind) == book


@given(st.text(max_size=60), st.sampled_from(DraftKind))
def test_a_proposed_book_is_a_book_or_nothing(title: str, kind: DraftKind) -> None:
    book = book_kind_of(title, kind)
    assert book == "" or re.fullmatch(r"[A-ZĐ][A-Za-zĐđ]{0,11}", book)


def test_paragraphs_are_kept_apart_by_empty_lines() -> None:
    assert paragraphs_of("một\r\nhai\r\n\r\n\r\nba\n") == ("một\nhai", "ba")


def paper(number: int, *, required: bool = True, shown: bool = False) -> AskedPaper:
    return AskedPaper(number, f"Giấy {number}", is_required=required, only_shown=shown, originals=1, copies=0)


def test_missing_papers_are_all_named_at_once() -> None:
    asked = [paper(1), paper(2, required=False), paper(3), paper(4, shown=True)]
    handed = [Handed(3, is_there=True, originals=1, copies=0, is_scanned=False)]
    assert [one.id for one in missing_papers(asked, handed)] == [1, 4]


def test_a_paper_without_a_count_or_scan_is_no_paper_but_one_that_is_shown_is() -> None:
    asked = [paper(1), paper(2, shown=True), paper(3)]
    handed = [
        Handed(1, is_there=True, originals=0, copies=0, is_scanned=False),
        Handed(2, is_there=True, originals=0, copies=0, is_scanned=False),
        Handed(3, is_there=True, originals=0, copies=0, is_scanned=True),
    ]
    assert [one.id for one in uncounted_papers(asked, handed)] == [1]


rows = st.lists(st.tuples(st.tuples(st.just("tên"), words), st.tuples(st.just("vai trò"), words)), max_size=5)


@given(rows, rows)
def test_differences_are_empty_exactly_when_nothing_differs(before: list, after: list) -> None:  # type: ignore[type-arg] # of Hypothesis
    def plain(table: list) -> list:  # type: ignore[type-arg] # as above
        filled = list(table)
        while filled and not any(value for _, value in filled[-1]):
            filled.pop()
        return filled

    found = changes(before, after, noun="Bước")
    assert (found == ()) == (plain(before) == plain(after))


def test_a_difference_names_line_and_field() -> None:
    found = changes(
        [(("tên", "Thẩm định"), ("tỷ lệ", "60 %"))], [(("tên", "Thẩm định"), ("tỷ lệ", "50 %"))], noun="Bước"
    )
    assert [(one.where, one.before, one.after) for one in found] == [("Bước 1, tỷ lệ", "60 %", "50 %")]
