"""Repetition is symmetric in its words, blind to spelling, and looks only back."""

from __future__ import annotations

import datetime as dt
import uuid
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.petitions.rules.codes import code_of, parse, secret_of, typed_secret
from vanlang.petitions.rules.repetition import (
    SAME_WORDS_ALIKE,
    SKETCH,
    Gist,
    compare,
    enough_of,
    find_repeats,
    likeness,
    shingles,
    sketch_of,
)
from vanlang.petitions.rules.text import harmless, shortened, tidy, why_not_filed
from vanlang.petitions.types import RepeatGround

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
WAIT = "Sáng nay tôi chờ ở quầy số 2 hơn hai tiếng mà không ai gọi số của tôi"
ROAD = "Đường vào khu dân cư hỏng nặng, mưa xuống ngập không đi được, đề nghị sửa"


def sketch(text: str) -> tuple[int, ...]:
    return sketch_of(zlib.crc32(one.encode()) for one in shingles(text))


def trace(text: str, *, sender: str = "", days: int = 0, dossier: uuid.UUID | None = None) -> Gist:
    senders = frozenset({sender}) if sender else frozenset()
    return Gist(uuid.uuid4(), MONDAY + dt.timedelta(days=days), senders, sketch(text), dossier)


def test_the_same_words_without_diacritics_are_the_same() -> None:
    assert shingles(WAIT) == shingles(
        "SANG NAY, toi cho o quay so 2 hon hai tieng ma khong ai goi so cua toi!!!"
    )


@given(st.lists(st.integers(0, 500), max_size=400), st.lists(st.integers(0, 500), max_size=400))
def test_likeness_is_symmetric_and_a_share(one: list[int], other: list[int]) -> None:
    mine, theirs = sketch_of(one), sketch_of(other)
    assert likeness(mine, theirs) == likeness(theirs, mine)
    assert 0 <= likeness(mine, theirs) <= 1
    assert likeness(mine, mine) == (1.0 if mine else 0.0)


@given(st.sets(st.integers(0, 500), max_size=120), st.sets(st.integers(0, 500), max_size=120))
def test_up_to_the_sketch_likeness_is_exact(one: set[int], other: set[int]) -> None:
    assert len(one | other) <= SKETCH
    expected = len(one & other) / len(one | other) if one | other else 0.0
    assert likeness(sketch_of(one), sketch_of(other)) == expected


@given(
    st.sets(st.integers(0, 10_000), min_size=1, max_size=600),
    st.data(),
)
def test_whatever_is_in_the_same_words_is_met_by_enough_marks(one: set[int], data: st.DataObject) -> None:
    """Whichever they are, also of texts that are longer than their sketch."""
    gone = data.draw(st.sets(st.sampled_from(sorted(one)), max_size=len(one) // 2))
    mine, theirs = sketch_of(one), sketch_of((one - gone) | data.draw(st.sets(st.integers(10_001, 20_000))))
    chosen = data.draw(st.permutations(mine))[: enough_of(len(mine))]
    assert set(chosen) & set(theirs) or likeness(mine, theirs) < SAME_WORDS_ALIKE


@pytest.mark.parametrize("size", [1, 2, 5, 35, 55, 200, SKETCH])
def test_no_more_marks_than_are_needed(size: int) -> None:
    """One mark less may be just those that the other lacks."""
    lacked = range(enough_of(size) - 1)
    assert likeness(range(size), range(len(lacked), size)) >= SAME_WORDS_ALIKE


@pytest.mark.parametrize(
    ("new", "earlier", "ground"),
    [
        (trace(WAIT), trace(WAIT, days=-1), RepeatGround.WORDS),
        (trace(WAIT, sender="a"), trace(WAIT, sender="a", days=-1), RepeatGround.SENDER),
        (trace(WAIT, sender="a"), trace(ROAD, sender="a", days=-1), None),
        (trace(WAIT, sender="a"), trace(ROAD, sender="b", days=-1), None),
        (trace("Tôi gửi lại. " + WAIT, sender="a"), trace(WAIT + " Mong được trả lời sớm.", sender="a", days=-9), RepeatGround.SENDER),
        (trace(""), trace("", days=-1), None),
    ],
)  # fmt: skip
def test_what_repeats_what(new: Gist, earlier: Gist, ground: RepeatGround | None) -> None:
    found = compare(new, earlier)
    assert (found and found.ground) == ground


def test_the_same_sender_about_the_same_dossier_repeats_in_any_words() -> None:
    dossier = uuid.uuid4()
    found = compare(
        trace(WAIT, sender="a", dossier=dossier), trace(ROAD, sender="a", days=-1, dossier=dossier)
    )
    assert found is not None
    assert found.ground is RepeatGround.SENDER


def test_only_earlier_ones_are_repeated_and_the_likest_stands_first() -> None:
    new = trace(WAIT)
    later, same = trace(WAIT, days=1), trace(WAIT, days=-2)
    alike = trace(WAIT + " và đã phải về", days=-1)
    assert [one.id for one in find_repeats(new, [later, alike, same, new])] == [same.id, alike.id]


@given(st.text(max_size=300))
def test_what_is_shown_has_no_hidden_sign_and_tidying_is_stable(text: str) -> None:
    assert all(sign in "\n\t" or sign.isprintable() or sign.isspace() for sign in harmless(text))
    assert tidy(tidy(text)) == tidy(text)


def test_what_turns_the_writing_is_named() -> None:
    assert harmless("a\u202egpj.exe\x00\x07") == "a[U+202E]gpj.exe\u2400\u2407"
    assert shortened("abc", 2) == ("ab", 1)


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("Chờ lâu", "Tôi chờ lâu", None),
        ("Chờ lâu", " \n ", "petitions.empty"),
        ("...", "Tôi chờ lâu", "petitions.without_title"),
        ("x" * 201, "Tôi chờ lâu", "petitions.title_too_long"),
        ("Chờ lâu", "x" * 20_001, "petitions.text_too_long"),
    ],
)
def test_what_a_form_takes(title: str, text: str, code: str | None) -> None:
    refusal = why_not_filed(title, text)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize("typed", ["PA-261123-0007", "pa-261123-0007", " PA 261123 0007 ", "pa2611230007"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert parse(typed) == code_of(dt.date(2026, 11, 23), 7)


@pytest.mark.parametrize("typed", ["", "PA-26-1", "H44.100-261123-0001", "PA-261123-00'OR 1=1"])
def test_what_is_no_code(typed: str) -> None:
    assert parse(typed) is None


def test_a_secret_is_read_as_people_type_it() -> None:
    assert secret_of("ABCDEFGHJK") == "ABCDE-FGHJK"
    assert typed_secret(" abcde fghjk ") == "ABCDEFGHJK"
