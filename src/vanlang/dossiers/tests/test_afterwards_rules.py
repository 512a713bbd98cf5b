"""The paper's road and who may rate: tables and properties, without a database."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers.rules import paper_copies as papers
from vanlang.dossiers.rules import rating as rules
from vanlang.dossiers.rules.paper_copies import PaperAct, PaperState
from vanlang.dossiers.rules.rating import Rater, RatingQuestion
from vanlang.dossiers.rules.states import Party, State
from vanlang.kernel.clock import VIETNAM

AT = dt.datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
CITIZEN = Rater(is_officer=False, was_officer_here=False, handled_it=False)


@given(acts=st.lists(st.sampled_from(PaperAct), max_size=12))
def test_what_left_the_house_stays_left_and_nothing_unprinted_leaves(acts: list[PaperAct]) -> None:
    state, was_ready = PaperState.NOT_WANTED, False
    for act in acts:
        after = papers.TRANSITIONS.get((state, act))
        if state in {PaperState.HANDED_OVER, PaperState.POSTED}:
            assert after is None
        if after in {PaperState.HANDED_OVER, PaperState.POSTED}:
            assert was_ready
        state = after or state
        was_ready = was_ready or state is PaperState.READY


def test_every_state_of_the_paper_is_reached() -> None:
    reached, more = {PaperState.NOT_WANTED}, True
    while more:
        found = {after for (state, _), after in papers.TRANSITIONS.items() if state in reached} - reached
        reached, more = reached | found, bool(found)
    assert reached == set(PaperState)


@pytest.mark.parametrize(
    ("state", "party", "acts"),
    [
        (PaperState.NOT_WANTED, Party.APPLICANT, (PaperAct.WANT,)),
        (PaperState.WANTED, Party.APPLICANT, (PaperAct.DECLINE,)),
        (PaperState.WANTED, Party.CLERK, (PaperAct.MAKE_READY,)),
        (PaperState.READY, Party.APPLICANT, ()),
        (PaperState.READY, Party.CLERK, ()),
        (PaperState.READY, Party.COUNTER, (PaperAct.HAND_OVER, PaperAct.POST)),
        (PaperState.READY, Party.LEADER, ()),
        (PaperState.HANDED_OVER, Party.COUNTER, ()),
    ],
)
def test_who_may_do_what_with_a_paper(state: PaperState, party: Party, acts: tuple[PaperAct, ...]) -> None:
    assert papers.allowed(state, frozenset({party})) == acts


@pytest.mark.parametrize(
    ("receiver", "is_recipient", "authority", "code"),
    [
        ("", True, "", "dossiers.receiver_missing"),
        ("Trần Văn Sơn", False, " ", "dossiers.collecting_without_authority"),
        ("Trần Văn Sơn", False, "Giấy ủy quyền số 12", None),
        ("Nguyễn Thị Lan", True, "", None),
    ],
)
def test_who_may_collect(receiver: str, is_recipient: bool, authority: str, code: str | None) -> None:
    refusal = papers.may_collect(receiver=receiver, is_recipient=is_recipient, authority=authority)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("state", "rater", "rated", "code"),
    [
        (State.DELIVERED, CITIZEN, None, None),
        (State.REFUSED, CITIZEN, None, None),
        (State.IN_PROGRESS, CITIZEN, None, "dossiers.rating_too_early"),
        (State.WITHDRAWN, CITIZEN, None, "dossiers.rating_too_early"),
        (State.DELIVERED, Rater(True, False, False), None, "dossiers.rating_by_officer"),
        (State.DELIVERED, Rater(False, True, False), None, "dossiers.rating_on_officers_device"),
        (State.DELIVERED, Rater(False, False, True), None, "dossiers.rating_by_handler"),
        (State.DELIVERED, CITIZEN, AT - dt.timedelta(days=29), None),
        (State.DELIVERED, CITIZEN, AT - dt.timedelta(days=30), "dossiers.rating_closed"),
    ],
)
def test_who_may_rate(state: State, rater: Rater, rated: dt.datetime | None, code: str | None) -> None:
    refusal = rules.may_rate(state, rater, rated_at=rated, at=AT)
    assert (refusal.code if refusal else None) == code


@given(marks=st.lists(st.integers(1, 5), max_size=40))
def test_no_figure_is_shown_below_five(marks: list[int]) -> None:
    found = rules.tally(RatingQuestion.OVERALL, marks)
    if len(marks) < 5:
        assert (found.counts, found.mean, found.satisfied) == (None, None, None)
    else:
        assert found.counts is not None and sum(found.counts) == len(marks)
        assert found.satisfied == sum(mark >= 4 for mark in marks) / len(marks)


def test_a_text_keeps_no_number_and_no_known_name() -> None:
    said = "Chị nguyễn thị lan gọi 0912 345 678, số 025190012123, thư lan@example.vn: chờ 3 ngày."
    assert rules.without_numbers(said, ["Nguyễn Thị Lan", ""]) == "Chị … gọi …, số …, thư … chờ 3 ngày."


@given(ids=st.lists(st.uuids(), unique=True, max_size=30), size=st.integers(0, 10))
def test_whom_to_call_does_not_depend_on_who_asks(ids: list[uuid.UUID], size: int) -> None:
    chosen = rules.sample(ids, seed="a", size=size)
    assert chosen == rules.sample(reversed(ids), seed="a", size=size)
    assert len(chosen) == min(size, len(ids)) and set(chosen) <= set(ids)


def test_marks_outside_of_one_to_five_do_not_stand() -> None:
    assert rules.check_marks({"overall": 5, "time": 1}) is None
    for wrong in ({}, {"time": 5}, {"overall": 0}, {"overall": 6}, {"overall": 3, "colour": 3}):
        refusal = rules.check_marks(wrong)
        assert refusal is not None and refusal.code == "dossiers.rating_without_mark"
