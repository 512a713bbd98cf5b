"""What a page looks like, how finely it was scanned, and how pages are put in order."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vanlang.scanning.rules.arranging import (
    OTHER,
    PlacedPage,
    in_typed_order,
    moved,
    split,
    turned,
    why_not_file,
)
from vanlang.scanning.rules.pixels import LEAST_INK, LEAST_SHARPNESS, look_at
from vanlang.scanning.rules.sizes import is_coarse, resolution_of
from vanlang.scanning.tests import corpus

MARGIN = 1.33
"""Every page of the corpus stands at least a third beyond the threshold."""


# ---- pixels ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", corpus.readable())
def test_of_a_readable_page_nothing_is_said(name: str) -> None:
    look = look_at(corpus.noisy(corpus.readable()[name]()))
    assert (look.is_blank, look.is_blurred) == (False, False), look
    assert look.ink > LEAST_INK * MARGIN
    assert look.sharpness is not None
    assert look.sharpness > LEAST_SHARPNESS * MARGIN


@pytest.mark.parametrize("name", corpus.blank())
def test_an_empty_page_is_called_blank(name: str) -> None:
    look = look_at(corpus.noisy(corpus.blank()[name]()))
    assert (look.is_blank, look.is_blurred) == (True, False), look
    assert look.ink < LEAST_INK / MARGIN


@pytest.mark.parametrize("name", corpus.out_of_focus())
def test_a_page_out_of_focus_is_called_blurred(name: str) -> None:
    look = look_at(corpus.noisy(corpus.out_of_focus()[name]()))
    assert (look.is_blank, look.is_blurred) == (False, True), look
    assert look.sharpness is not None
    assert look.sharpness < LEAST_SHARPNESS / MARGIN


@pytest.mark.parametrize("dpi", corpus.DPIS)
def test_a_seal_alone_is_no_blank_page(dpi: int) -> None:
    assert not look_at(corpus.noisy(corpus.stamped(dpi))).is_blank


@pytest.mark.parametrize(
    "page", [Image.new("L", (1, 1), 0), Image.new("RGB", (40, 3)), Image.new("1", (2000, 5))]
)
def test_whatever_comes_can_be_looked_at(page: Image.Image) -> None:
    assert 0 <= look_at(page).ink <= 1


@pytest.mark.parametrize(
    ("width", "height", "stated", "dpi", "coarse"),
    [
        (1654, 2339, 200, 200, False),
        (1654, 2339, None, 200, False),
        (2480, 3508, 300, 300, False),
        (3000, 4000, 72, 363, False),  # a telephone
        (1240, 1754, 150, 150, True),
        (1620, 2290, 196, 196, False),  # a scanner that delivers a little less
        (827, 1169, 96, 96, True),
        (1004, 638, 300, 300, False),  # an identity card
        (500, 400, None, 48, True),
    ],
)
def test_how_finely_a_page_was_scanned(
    width: int, height: int, stated: float | None, dpi: int, coarse: bool
) -> None:
    assert resolution_of(width, height, stated) == dpi
    assert is_coarse(dpi) == coarse


def test_a_page_of_text_has_no_resolution() -> None:
    assert not is_coarse(None)


# ---- order, papers -----------------------------------------------------------------------------

keys = [UUID(int=number) for number in range(1, 13)]


def pages(count: int) -> list[PlacedPage]:
    return [PlacedPage(key) for key in keys[:count]]


def numbers(placed: list[PlacedPage]) -> list[int]:
    return [page.id.int for page in placed]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({5: "2"}, [1, 5, 2, 3, 4]),
        ({1: "3"}, [2, 3, 1, 4, 5]),
        ({2: "99"}, [1, 3, 4, 5, 2]),
        ({4: "0"}, [4, 1, 2, 3, 5]),
        ({3: "mười", 2: ""}, [1, 2, 3, 4, 5]),
        ({3: "1,5"}, [1, 3, 2, 4, 5]),
    ],
)
def test_pages_go_where_their_numbers_say(typed: dict[int, str], order: list[int]) -> None:
    said = {UUID(int=key): text for key, text in typed.items()}
    assert numbers(in_typed_order(pages(5), said)) == order


@given(st.permutations(range(12)))
def test_all_numbers_typed_anew_are_that_order(order: list[int]) -> None:
    placed = pages(12)
    said = {placed[old].id: str(new) for new, old in enumerate(order, start=1)}
    assert in_typed_order(placed, said) == [placed[old] for old in order]


@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from([-1, 1])), max_size=20))
def test_moving_loses_no_page(steps: list[tuple[int, int]]) -> None:
    placed = pages(12)
    for at, by in steps:
        before = numbers(placed)
        placed = moved(placed, keys[at], by)
        assert sorted(numbers(placed)) == sorted(before)
        changed = sum(one != other for one, other in zip(before, numbers(placed), strict=True))
        assert changed in {0, 2}, "neighbours change places, and nobody else"


def test_four_quarters_are_none() -> None:
    page = pages(1)[0]
    turns = [page]
    for _ in range(4):
        turns.append(turned(turns[-1], 90))
    assert [one.turn for one in turns] == [0, 90, 180, 270, 0]


def placed(*papers: str, removed: tuple[int, ...] = ()) -> list[PlacedPage]:
    return [
        PlacedPage(keys[index], paper=paper, removed=index in removed) for index, paper in enumerate(papers)
    ]


@pytest.mark.parametrize(
    ("batch", "papers"),
    [
        (placed("7", "", "", "8", ""), [("7", [1, 2, 3]), ("8", [4, 5])]),
        (placed("7", "8", "7", ""), [("7", [1, 3, 4]), ("8", [2])]),
        (placed("7", "8", "", removed=(1,)), [("7", [1, 3])]),
        (placed("", "7"), [("", [1]), ("7", [2])]),
        (placed(), []),
    ],
)
def test_pages_follow_the_paper_that_begins_before_them(
    batch: list[PlacedPage], papers: list[tuple[str, list[int]]]
) -> None:
    assert [(one.paper, [key.int for key in one.pages]) for one in split(batch)] == papers


@given(st.lists(st.tuples(st.sampled_from(["", "7", "8", OTHER]), st.booleans()), max_size=12))
def test_every_kept_page_is_in_one_paper_in_order(said: list[tuple[str, bool]]) -> None:
    batch = [PlacedPage(keys[index], paper=paper, removed=gone) for index, (paper, gone) in enumerate(said)]
    papers = split(batch)
    filed = [key for one in papers for key in one.pages]
    assert sorted(filed) == [page.id for page in batch if not page.removed]
    assert all(one < other for paper in papers for one, other in pairwise(paper.pages))
    assert len({one.paper for one in papers}) == len(papers)


@pytest.mark.parametrize(
    ("batch", "other_name", "code"),
    [
        (placed(), "", "scanning.no_pages"),
        (placed("7", removed=(0,)), "", "scanning.no_pages"),
        (placed("", "7"), "", "scanning.first_page_unnamed"),
        (placed("9"), "", "scanning.paper_unknown"),
        (placed(OTHER), " ", "scanning.other_unnamed"),
        (placed(OTHER), "Đơn cũ", None),
        (placed("7", ""), "", None),
    ],
)
def test_when_a_batch_can_be_filed(batch: list[PlacedPage], other_name: str, code: str | None) -> None:
    refusal = why_not_file(batch, other_name=other_name, known=frozenset({"7", "8"}))
    assert (refusal.code if refusal else None) == code
