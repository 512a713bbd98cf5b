"""When the state and days alone make of what stands there what is true now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vanlang.nationalportal.rules.codec import SCORING
from vanlang.nationalportal.rules.standing import (
    DAYS,
    STATE,
    UNKNOWN,
    is_state_alone,
    standing_of,
    state_row,
)
from vanlang.nationalportal.types import Message

words = st.text(max_size=3)
messages = st.builds(
    lambda state, days, rest: {"MaHoSo": "H44.100-1", STATE: state, **days, **rest},
    st.sampled_from("123456"),
    st.dictionaries(st.sampled_from(DAYS), st.sampled_from(["20261101", "20261102"])),
    st.dictionaries(
        st.sampled_from(["ChuHoSo", "GhiChu", "TaiLieuNop", *sorted(SCORING)]), words, max_size=2
    ),
)


def changed(there: Message, row: Message) -> Message:
    """Do as the service does: it changes what it is told, and leaves the rest."""
    return there | {(STATE if name == "TrangThai" else name): value for name, value in row.items()}


@given(messages, messages)
def test_what_stands_there_becomes_what_is_true(before: Message, now: Message) -> None:
    if is_state_alone(now, standing_of(before)):
        assert changed(before, state_row(now)) == now


@given(messages, st.sampled_from("123456"), st.dictionaries(st.sampled_from(DAYS), st.just("20261103")))
def test_a_state_and_days_that_came_are_told_alone(before: Message, state: str, days: Message) -> None:
    assert is_state_alone(before | {STATE: state} | days, standing_of(before))


@given(messages)
def test_of_what_is_not_known_all_is_told(now: Message) -> None:
    assert not is_state_alone(now, UNKNOWN)


@given(messages)
def test_a_state_has_no_flag(now: Message) -> None:
    assert state_row(now).keys() & SCORING == set()
    assert state_row(now).keys() <= {"MaHoSo", "TrangThai", *DAYS}
