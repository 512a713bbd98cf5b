"""The table of the flow: total, without traps, and the same for the button and the command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers.rules import clock, diagram
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.clock import ClockChange
from vanlang.dossiers.rules.states import (
    FINAL,
    NATURE,
    OPEN,
    Clock,
    Hat,
    NationalCode,
    Party,
    State,
    waits_for,
)
from vanlang.dossiers.rules.transitions import (
    DECIDING,
    LINES,
    TABLE,
    Facts,
    Standing,
    allowed_acts,
    may,
    target,
    ways_out,
)
from vanlang.dossiers.tests import strategies

ANYBODY = Standing(parties=frozenset(Party), hats=frozenset(Hat), holds=True, in_unit=True)
STRAIGHT_ROAD = [
    (Act.SUBMIT, State.SUBMITTED),
    (Act.RECEIVE, State.RECEIVED),
    (Act.ASSIGN, State.IN_PROGRESS),
    (Act.PROPOSE, State.PROPOSED),
    (Act.APPROVE, State.APPROVED),
    (Act.SIGN, State.SIGNED),
    (Act.RELEASE, State.RELEASED),
    (Act.DELIVER, State.DELIVERED),
]
NATIONAL = {
    State.DRAFT: None,
    State.SUBMITTED: "1",
    State.AWAITING_COMPLETION: "5",
    State.RECEIVED: "2",
    State.REFUSED: "3",
    State.HANDED_OVER: "4",
    State.IN_PROGRESS: "4",
    State.AWAITING_SUPPLEMENT: "5",
    State.AWAITING_OPINION: "4",
    State.PROPOSED: "4",
    State.APPROVED: "4",
    State.SIGNED: "4",
    State.RELEASED: "9",
    State.DELIVERED: "10",
    State.STOPPED: "8",
    State.WITHDRAWN: "7",
}


def standing(party: Party, hat: Hat | None = None, *, holds: bool = False, in_unit: bool = False) -> Standing:
    return Standing(frozenset({party}), frozenset({hat} if hat else ()), holds=holds, in_unit=in_unit)


def test_the_straight_road_leads_from_draft_to_delivery() -> None:
    state = target(None, Act.DRAFT)
    for act, expected in STRAIGHT_ROAD:
        assert may(act, Facts(state, ANYBODY)) is None
        state = target(state, act)
        assert state is expected


@pytest.mark.parametrize("state", State)
def test_national_codes_are_those_of_the_portal(state: State) -> None:
    assert NATURE[state].national == NATIONAL[state]


def test_payment_is_no_state_yet() -> None:
    assert NationalCode.PAYMENT not in {nature.national for nature in NATURE.values()}


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_has_an_owner_a_clock_and_a_way_out(state: State) -> None:
    nature = NATURE[state]
    assert nature.waits_for is not None
    assert nature.lies_at is not None
    assert nature.clock is not Clock.NONE
    assert ways_out(state)


@pytest.mark.parametrize("on_paper", [True, False])
@pytest.mark.parametrize("state", sorted(OPEN))
def test_whom_a_state_waits_for_can_lead_it_out(state: State, *, on_paper: bool) -> None:
    """The owner named by one table has an act in the other: nobody waits for somebody powerless."""
    owner = waits_for(state, on_paper=on_paper)
    assert owner is not None
    facts = Facts(
        state, Standing(frozenset({owner}), frozenset(Hat), holds=True, in_unit=True), on_paper=on_paper
    )
    assert set(allowed_acts(facts)) & ways_out(state)


def test_every_state_is_reached() -> None:
    reached, frontier = {State.DRAFT}, [State.DRAFT]
    while frontier:
        state = frontier.pop()
        for line in TABLE:
            if line.state is state and line.to not in reached:
                reached.add(line.to)
                frontier.append(line.to)
    assert reached == set(State)


def test_every_state_can_reach_an_end() -> None:
    ending = set(FINAL)
    while more := {line.state for line in TABLE if line.to in ending and line.state not in ending} - {None}:
        ending |= more  # type: ignore[arg-type] # None was just taken out
    assert ending == set(State)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_nothing_follows_a_final_state(state: State) -> None:
    assert allowed_acts(Facts(state, ANYBODY, on_paper=True)) == ()
    assert ways_out(state) == frozenset()


def test_an_act_from_a_state_has_one_target_and_one_guard() -> None:
    for lines in LINES.values():
        assert len({(line.to, line.guard) for line in lines}) == 1


@given(st.lists(st.tuples(strategies.acts, strategies.standings, st.booleans()), max_size=40))
def test_random_walks_keep_the_law(walk: list[tuple[Act, Standing, bool]]) -> None:
    state: State | None = None
    for act, who, on_paper in walk:
        before = state
        if may(act, Facts(state, who, on_paper=on_paper)) is None:
            state = target(state, act)
        if before in FINAL:
            assert state is before
        if state is State.RELEASED and before is not State.RELEASED:
            assert before is State.SIGNED or (before is State.APPROVED and on_paper)


@given(strategies.facts, strategies.acts)
def test_the_button_and_the_command_agree(facts: Facts, act: Act) -> None:
    refusal = may(act, facts)
    assert (act in allowed_acts(facts)) == (refusal is None)
    if refusal is None:
        assert target(facts.state, act) in State


@given(strategies.facts, strategies.acts)
def test_nobody_handles_their_own_dossier(facts: Facts, act: Act) -> None:
    if facts.standing.own:
        assert may(act, facts) is not None


@given(strategies.facts, strategies.acts)
def test_nobody_agrees_to_their_own_proposal(facts: Facts, act: Act) -> None:
    if facts.standing.prepared and act in DECIDING:
        assert may(act, facts) is not None


REFUSALS = [
    (Act.APPROVE, State.SUBMITTED, ANYBODY, "dossiers.act_not_in_state"),
    (Act.RECEIVE, State.SUBMITTED, standing(Party.SPECIALIST, Hat.INTAKE), "dossiers.act_not_for_role"),
    (Act.RECEIVE, State.SUBMITTED, standing(Party.COUNTER, Hat.RETURN), "dossiers.act_not_for_agency"),
    (Act.CLAIM, State.HANDED_OVER, standing(Party.SPECIALIST, Hat.COMPETENT), "dossiers.not_in_unit"),
    (Act.PROPOSE, State.IN_PROGRESS, standing(Party.SPECIALIST, Hat.COMPETENT), "dossiers.not_holder"),
    (
        Act.APPROVE,
        State.PROPOSED,
        standing(Party.SPECIALIST, Hat.COMPETENT, holds=True),
        "dossiers.act_not_for_role",
    ),
    (Act.SIGN, State.APPROVED, standing(Party.CLERK, Hat.COMPETENT), "dossiers.act_not_for_role"),
    (Act.RELEASE, State.APPROVED, standing(Party.CLERK, Hat.COMPETENT), "dossiers.not_signed"),
    (Act.STOP, State.RELEASED, ANYBODY, "dossiers.act_not_in_state"),
    (Act.WITHDRAW, State.SIGNED, standing(Party.APPLICANT), "dossiers.act_not_in_state"),
]


@pytest.mark.parametrize(("act", "state", "who", "code"), REFUSALS)
def test_a_refusal_names_what_came_nearest(act: Act, state: State, who: Standing, code: str) -> None:
    refusal = may(act, Facts(state, who))
    assert refusal is not None
    assert (refusal.code, refusal.facts) == (code, {"act": act, "state": state})


def test_separation_of_roles() -> None:
    """The counter does not decide, the specialist does not sign, the clerk does not change what is signed."""
    deciding = {Act.PROPOSE, Act.APPROVE, Act.SIGN, Act.STOP, Act.EXTEND}
    assert not {line.act for line in TABLE if line.party is Party.COUNTER} & deciding
    assert not {line.act for line in TABLE if line.party is Party.SPECIALIST} & (deciding - {Act.PROPOSE})
    assert {line.act for line in TABLE if line.party is Party.CLERK} == {Act.RELEASE, Act.RETURN_FOR_REWORK}
    assert {line.act for line in TABLE if line.party is Party.SYSTEM} == {
        Act.SUBMIT,
        Act.RECEIVE,
        Act.DELIVER,
    }  # legs of a chain that a counter took in; an outcome that nobody has to fetch


def test_levels_of_leaders() -> None:
    leader = standing(Party.LEADER, Hat.COMPETENT)
    lower = Facts(State.PROPOSED, leader, leaders_ahead=True)
    highest = Facts(State.PROPOSED, leader)
    assert Act.ENDORSE in allowed_acts(lower)
    assert (refusal := may(Act.APPROVE, lower)) is not None
    assert refusal.code == "dossiers.endorse_first"
    assert Act.APPROVE in allowed_acts(highest)
    assert (refusal := may(Act.ENDORSE, highest)) is not None
    assert refusal.code == "dossiers.no_higher_leader"


CLOCKS = [
    (State.SUBMITTED, State.RECEIVED, ClockChange.START),
    (State.SUBMITTED, State.AWAITING_COMPLETION, ClockChange.PAUSE),
    (State.AWAITING_COMPLETION, State.SUBMITTED, ClockChange.ANSWER),
    (State.SUBMITTED, State.REFUSED, ClockChange.FINISH),
    (State.RECEIVED, State.HANDED_OVER, ClockChange.NONE),
    (State.IN_PROGRESS, State.AWAITING_SUPPLEMENT, ClockChange.PAUSE),
    (State.AWAITING_SUPPLEMENT, State.IN_PROGRESS, ClockChange.RESUME),
    (State.IN_PROGRESS, State.AWAITING_OPINION, ClockChange.PAUSE),
    (State.SIGNED, State.RELEASED, ClockChange.FINISH),
    (State.AWAITING_SUPPLEMENT, State.STOPPED, ClockChange.FINISH),
    (State.RELEASED, State.DELIVERED, ClockChange.NONE),
]


@pytest.mark.parametrize(("before", "after", "change"), CLOCKS)
def test_what_a_move_does_to_the_clock(before: State, after: State, change: ClockChange) -> None:
    assert clock.clock_change(before, after) is change


def test_only_waiting_for_outside_pauses() -> None:
    pausing = {
        line.act
        for line in TABLE
        if line.state and clock.clock_change(line.state, line.to) is ClockChange.PAUSE
    }
    assert pausing == {Act.REQUEST_SUPPLEMENT, Act.CONSULT}


def test_the_diagram_draws_every_state_and_every_move() -> None:
    drawn = diagram.mermaid({state: state.value for state in State}, {act: act.value for act in Act})
    for (state, act), lines in LINES.items():
        if state is not None and lines[0].to is not state:
            arrow = next(
                row for row in drawn.splitlines() if row.strip().startswith(f"{state} --> {lines[0].to}:")
            )
            assert act.value in arrow
    assert all(f"{state} --> [*]" in drawn for state in FINAL)
