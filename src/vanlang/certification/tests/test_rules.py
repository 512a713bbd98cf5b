"""Volume, spans of numbers, fees, and where the words are printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.certification.rules.book import fee_for, may_bring, span_of, volume_of
from vanlang.certification.rules.placing import EDGE, HEIGHT, PLACES, WIDTH, Corner, Place, may_place


@pytest.mark.parametrize(
    ("numbers", "span"),
    [
        ([], ""),
        ([5], "05"),
        ([1, 2, 3, 4], "01–04"),
        ([101, 102, 104, 105, 107], "101–102, 104–105, 107"),
        ([9, 10, 8], "08–10"),
        ([3, 3], "03"),
    ],
)
def test_spans(numbers: list[int], span: str) -> None:
    assert span_of(numbers) == span


@given(st.sets(st.integers(1, 500), max_size=40))
def test_a_span_names_every_number_and_no_other(numbers: set[int]) -> None:
    named: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", span_of(numbers)):
        named |= set(range(int(first), int(last or first) + 1))
    assert named == numbers


def test_the_volume_names_its_year() -> None:
    assert volume_of(2026) == "01/2026-SCT/BS"


def test_no_fee_is_made_up() -> None:
    assert fee_for(amount_per_copy=None, copies=40) is None
    assert fee_for(amount_per_copy=5000, copies=4) == 20_000
    assert fee_for(amount_per_copy=0, copies=4) == 0


@pytest.mark.parametrize(
    ("pages", "copies", "code"),
    [
        ([], [], "certification.nothing_brought"),
        ([1] * 61, [1] * 61, "certification.too_many_originals"),
        ([0], [1], "certification.pages_unlikely"),
        ([2001], [1], "certification.pages_unlikely"),
        ([1], [201], "certification.copies_unlikely"),
        ([2000, 1], [200, 0], None),
    ],
)
def test_what_can_be_brought(pages: list[int], copies: list[int], code: str | None) -> None:
    refusal = may_bring(originals=len(pages), pages=pages, copies=copies)
    assert (refusal.code if refusal else None) == code


@given(st.floats(-50, 300), st.floats(-50, 400))
def test_words_that_would_be_cut_off_are_refused(x_mm: float, y_mm: float) -> None:
    inside = x_mm >= EDGE and y_mm >= EDGE and x_mm + WIDTH <= 210 - EDGE and y_mm + HEIGHT <= 297 - EDGE
    assert (may_place(Place(x_mm, y_mm)) is None) == inside


def test_every_corner_is_on_the_page() -> None:
    assert set(PLACES) == set(Corner)
    assert all(may_place(place) is None for place in PLACES.values())
