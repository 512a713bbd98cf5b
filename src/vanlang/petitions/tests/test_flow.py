"""The table is total, leads everywhere, and keeps what ADR 0022 decided."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.petitions.rules.clocks import RUNNING, WORKING_DAYS, Times, is_late, is_unsatisfied, look
from vanlang.petitions.rules.flow import FINAL, TABLE, Facts, allowed_acts, may, party_that_acts, target
from vanlang.petitions.types import (
    NOT_OURS,
    PetitionAct,
    PetitionClock,
    PetitionKind,
    PetitionParty,
    PetitionState,
)

_A, _S, _P = PetitionAct, PetitionState, PetitionParty
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
ANY_FACTS = st.builds(
    Facts,
    state=st.none() | st.sampled_from(PetitionState),
    parties=st.frozensets(st.sampled_from(PetitionParty)),
    kind=st.none() | st.sampled_from(PetitionKind),
    own=st.booleans(),
    drafted=st.booleans(),
    wait_is_over=st.booleans(),
    against=st.booleans(),
    against_leader=st.booleans(),
)


@given(facts=ANY_FACTS, act=st.sampled_from(PetitionAct))
def test_every_act_has_an_answer_and_an_allowed_one_a_target(facts: Facts, act: PetitionAct) -> None:
    refusal = may(act, facts)
    if refusal is None:
        assert target(act, facts) in PetitionState
        assert party_that_acts(act, facts) in facts.parties
    else:
        assert refusal.code.startswith("petitions.")
        assert act not in allowed_acts(facts)


@given(facts=ANY_FACTS)
def test_only_the_sender_says_whether_they_are_satisfied(facts: Facts) -> None:
    if may(_A.SAY_SATISFACTION, facts) is None:
        assert facts.parties & {_P.SENDER, _P.SYSTEM}


@given(facts=ANY_FACTS)
def test_nobody_handles_their_own_petition_or_approves_their_own_answer(facts: Facts) -> None:
    acts = set(allowed_acts(facts))
    if facts.own:
        assert acts <= {_A.FILE, _A.SUPPLEMENT, _A.SAY_SATISFACTION}
    if facts.drafted:
        assert _A.APPROVE_ANSWER not in acts


@given(facts=ANY_FACTS)
def test_nobody_handles_what_is_said_about_them_and_no_agency_what_is_said_about_its_leader(
    facts: Facts,
) -> None:
    acts = set(allowed_acts(facts)) - {_A.FILE, _A.SUPPLEMENT, _A.SAY_SATISFACTION}
    if facts.against:
        assert not acts
    if facts.against_leader:
        assert acts <= {_A.CLASSIFY, _A.ROUTE, _A.REISSUE_SECRET}


@pytest.mark.parametrize("kind", sorted(NOT_OURS))
def test_what_belongs_elsewhere_can_only_be_referred_routed_or_classified_again(kind: PetitionKind) -> None:
    facts = Facts(_S.CLASSIFIED, frozenset({_P.HANDLER, _P.LEADER}), kind)
    assert set(allowed_acts(facts)) == {_A.CLASSIFY, _A.ROUTE, _A.ASSIGN, _A.REFER, _A.REISSUE_SECRET}
    assert may(_A.ACCEPT, facts).code == "petitions.belongs_elsewhere"  # type: ignore[union-attr] # it refuses


def test_what_is_ours_is_not_referred() -> None:
    facts = Facts(_S.CLASSIFIED, frozenset({_P.HANDLER}), PetitionKind.CONDUCT)
    assert may(_A.REFER, facts).code == "petitions.is_ours"  # type: ignore[union-attr] # it refuses


def test_every_state_is_reached_from_a_filed_one() -> None:
    reached = {_S.FILED}
    while more := {line.to for line in TABLE if line.state in reached} - reached:
        reached |= more
    assert reached == set(PetitionState)


def test_every_open_state_has_a_way_out_and_a_clock_unless_it_waits() -> None:
    for state in PetitionState:
        leaves = {line.to for line in TABLE if line.state is state} - {state}
        assert leaves or state in FINAL
        assert (RUNNING[state] is None) == (state in FINAL or state is _S.AWAITING_SENDER)


def test_what_is_final_stays_apart_from_publishing_and_taking_back() -> None:
    for line in TABLE:
        if line.state in FINAL and line.to is not line.state:
            assert {line.state, line.to} == {_S.PUBLISHED, _S.WITHHELD}


def test_no_line_stands_twice() -> None:
    keys = [(line.state, line.act, line.party) for line in TABLE]
    assert len(keys) == len(set(keys))


def test_waiting_for_the_sender_ends_by_them_or_when_the_time_is_over() -> None:
    handler = frozenset({_P.HANDLER})
    refusal = may(_A.GO_ON, Facts(_S.AWAITING_SENDER, handler))
    assert refusal is not None
    assert refusal.code == "petitions.sender_has_time"
    assert may(_A.GO_ON, Facts(_S.AWAITING_SENDER, handler, wait_is_over=True)) is None
    assert may(_A.SUPPLEMENT, Facts(_S.AWAITING_SENDER, frozenset({_P.SENDER}))) is None


def test_the_four_clocks() -> None:
    assert dict(WORKING_DAYS) == {
        PetitionClock.DECIDE: 2, PetitionClock.ASK: 5, PetitionClock.HANDLE: 15, PetitionClock.PUBLISH: 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("done", "late"),
    [
        (dt.timedelta(hours=-1), False),
        (dt.timedelta(0), False),
        (dt.timedelta(minutes=1), True),
        (None, True),
    ],
)
def test_a_clock_is_late_when_it_was_or_is_missed(done: dt.timedelta | None, late: bool) -> None:
    times = Times(handle_due_at=NOON, handled_at=NOON + done if done is not None else None)
    assert is_late(times, at=NOON + dt.timedelta(days=1)) is late
    assert [kept.clock for kept in look(times, at=NOON)] == [PetitionClock.HANDLE]


def test_nobody_is_late_with_a_question_that_was_not_asked() -> None:
    times = Times(ask_due_at=NOON)
    assert not is_late(times, at=NOON + dt.timedelta(days=30))
    assert is_late(Times(ask_due_at=NOON, asked_at=NOON + dt.timedelta(days=1)), at=NOON)


@pytest.mark.parametrize(
    ("likes", "dislikes", "late", "repeated"), list(product((0, 1), (0, 1), (False, True), (False, True)))
)
def test_what_counts_as_unsatisfied(likes: int, dislikes: int, late: bool, repeated: bool) -> None:
    expected = late or repeated or (likes, dislikes) == (0, 1)
    assert is_unsatisfied(likes=likes, dislikes=dislikes, late=late, repeated=repeated) is expected
