"""Tracking numbers, the cash book, tables of people: rules alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vanlang.counter.rules import cash, post
from vanlang.counter.rules.sheet import PersonLine, read_cells, read_pasted
from vanlang.counter.types import PostAct, PostDirection, PostState

# ---- post -----------------------------------------------------------------------------------------

serials = st.text("0123456789", min_size=8, max_size=8)


def number(serial: str) -> str:
    return f"RR{serial}{post.check_digit(serial)}VN"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RR473124829GB", ""),  # UPU S10 as published: 47312482 has check digit 9
        ("rr 4731 2482 9 gb", ""),
        ("RR473124828GB", "counter.tracking_digit"),
        ("RR47312482GB", "counter.tracking_length"),
        ("R1473124829GB", "counter.tracking_shape"),
        ("RR4731248O9GB", "counter.tracking_shape"),
        ("", "counter.tracking_length"),
    ],
)
def test_a_tracking_number(text: str, code: str) -> None:
    refusal = post.check_tracking(post.clean_tracking(text))
    assert (refusal.code if refusal else "") == code


@given(serials, st.integers(0, 7), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_seen(serial: str, place: int, digit: str) -> None:
    assume(serial[place] != digit)
    wrong = serial[:place] + digit + serial[place + 1 :]
    # 10 is written as 0 and 11 as 5, so two of the eleven rests share a digit with others: those slips stay unseen
    assume(post.check_digit(serial) not in {0, 5})
    refusal = post.check_tracking(f"RR{wrong}{post.check_digit(serial)}VN")
    assert refusal is not None
    assert refusal.code == "counter.tracking_digit"


@given(serials)
def test_what_was_made_is_accepted(serial: str) -> None:
    assert post.check_tracking(number(serial)) is None


def test_the_ways_of_an_envelope_are_a_table() -> None:
    for direction in PostDirection:
        for state in PostState:
            for act in PostAct:
                assert (post.may(direction, state, act) is None) is ((direction, state, act) in post.LINES)


# ---- cash -----------------------------------------------------------------------------------------

amounts = st.lists(st.integers(1, 10_000_000), max_size=30)


@given(st.integers(0, 5_000_000), amounts, st.lists(st.integers(1, 40), max_size=40))
def test_the_book_balances_whatever_is_taken_back(opening: int, taken: list[int], wrong: list[int]) -> None:
    entries = [cash.Entry(place, amount) for place, amount in enumerate(taken, 1)]
    for place in wrong:
        if cash.may_correct(place, entries) is None:
            entries.append(cash.counter_entry(place, entries))
    back = {entry.corrects for entry in entries if entry.corrects}
    left = sum(amount for place, amount in enumerate(taken, 1) if place not in back)
    assert cash.expected(opening, entries) == opening + left
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(cash.may_correct(place, entries) is not None for place in back)


@given(st.dictionaries(st.sampled_from(cash.DENOMINATIONS), st.integers(0, 999)))
def test_notes_are_worth_what_they_say(notes: dict[int, int]) -> None:
    assert cash.counted(notes) == sum(value for value, count in notes.items() for _ in range(count))


# ---- tables ---------------------------------------------------------------------------------------


def test_a_table_pasted_with_and_without_headings() -> None:
    with_headings = (
        "STT\tHọ và tên\tSố CCCD\tĐịa chỉ\n1\tHà Thị Nga\t025190001234\tTổ 7\n2\tVi Thị Dung\t\tKhu 1\n"
    )
    assert read_pasted(with_headings) == [
        PersonLine("025190001234", "Hà Thị Nga", "", "Tổ 7"),
        PersonLine("", "Vi Thị Dung", "", "Khu 1"),
    ]
    assert read_pasted("025190001234;Hà Thị Nga;0912345678") == [
        PersonLine("025190001234", "Hà Thị Nga", "0912345678")
    ]
    assert (
        read_pasted("1\t025190001234\tHà Thị Nga\n2\t025182003579\tVi Thị Dung")[1].full_name == "Vi Thị Dung"
    )
    assert read_pasted("\n \n") == []


def test_a_sheet_gives_back_the_zero_it_took() -> None:
    line = read_cells([["CCCD", "Họ tên", "SĐT"], [25190001234.0, "Hà  Thị\nNga", 912345678.0]])[0]
    assert line == PersonLine("025190001234", "Hà Thị Nga", "0912345678")


cells = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.lists(cells, max_size=8), max_size=12))
def test_any_table_can_be_read(rows: list[list[str]]) -> None:
    lines = read_cells(rows)
    assert len(lines) <= len(rows)
    assert not any(line.is_empty for line in lines)
