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
    GUARDS,
    LINES,
    TABLE,
    Facts,
    Guard,
    Standing,
    allowed_acts,
    may,
    target,
    ways_out,
)
from vanlang.dossiers.tests import strategies

ANYBODY = Standing(parties=frozenset(Party), hats=frozenset(Hat), holds=True, in_unit=True, asked=True)
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
    State.AWAITING_OBLIGATION: "4",
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
    state = target(Act.DRAFT, Facts(None, ANYBODY))
    for act, expected in STRAIGHT_ROAD:
        assert may(act, Facts(state, ANYBODY)) is None
        state = target(act, Facts(state, ANYBODY))
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


AFTER_THE_END = {Act.REOPEN, Act.REVOKE}
"""What a leader may do to an outcome that was handed over: the agency's own error."""


@pytest.mark.parametrize("state", sorted(FINAL))
@given(more=strategies.conditions)
def test_after_a_final_state_only_an_issued_outcome_is_put_right(state: State, more: dict[str, bool]) -> None:
    allowed = set(allowed_acts(Facts(state, ANYBODY, **more)))
    assert allowed <= (AFTER_THE_END if state is State.DELIVERED else set())
    assert ways_out(state) <= {Act.REOPEN}
    if allowed:
        assert not set(
            allowed_acts(Facts(state, standing(Party.SPECIALIST, Hat.COMPETENT, holds=True), **more))
        )


EXCLUDE = {
    frozenset({Guard.LAST_OUTSIDE, Guard.MORE_OUTSIDE}),
    frozenset({Guard.WAS_DELIVERED, Guard.WAS_NOT_DELIVERED}),
}
"""Guards of which never both hold: they choose between two places."""


@given(strategies.conditions)
def test_an_act_from_a_state_leads_to_one_place(more: dict[str, bool]) -> None:
    for (state, _), lines in LINES.items():
        facts = Facts(state, ANYBODY, **more)
        open_now = {line.to for line in lines if all(GUARDS[guard][0](facts) for guard in line.guards)}
        assert len(open_now) <= 1
    for pair in EXCLUDE:
        assert sum(GUARDS[guard][0](Facts(None, ANYBODY, **more)) for guard in pair) == 1


def test_every_guard_is_asked_somewhere_and_has_its_refusal() -> None:
    assert set(GUARDS) == set(Guard) == {guard for line in TABLE for guard in line.guards}


@given(st.lists(st.tuples(strategies.acts, strategies.standings, strategies.conditions), max_size=40))
def test_random_walks_keep_the_law(walk: list[tuple[Act, Standing, dict[str, bool]]]) -> None:
    state: State | None = None
    for act, who, more in walk:
        before, facts = state, Facts(state, who, **more)
        if may(act, facts) is None:
            state = target(act, facts)
        if before in FINAL:
            assert state is before or (before is State.DELIVERED and act is Act.REOPEN)
        if state is State.RELEASED and before is not State.RELEASED:
            assert (
                before is State.SIGNED
                or (before is State.APPROVED and more["on_paper"])
                or (act is Act.KEEP_OUTCOME and more["correcting"])
            )


@given(strategies.facts, strategies.acts)
def test_the_button_and_the_command_agree(facts: Facts, act: Act) -> None:
    refusal = may(act, facts)
    assert (act in allowed_acts(facts)) == (refusal is None)
    if refusal is None:
        assert target(act, facts) in State


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
    deciding = {Act.PROPOSE, Act.APPROVE, Act.SIGN, Act.STOP, Act.EXTEND, Act.REOPEN, Act.REVOKE}
    assert not {line.act for line in TABLE if line.party is Party.COUNTER} & deciding
    assert not {line.act for line in TABLE if line.party is Party.SPECIALIST} & (deciding - {Act.PROPOSE})
    assert {line.act for line in TABLE if line.party is Party.CLERK} == {
        Act.RELEASE, Act.RETURN_FOR_REWORK, Act.GIVE_OPINION,
    }  # fmt: skip
    leaders = {
        Act.REOPEN,
        Act.REVOKE,
        Act.KEEP_OUTCOME,
        Act.APPROVE_SUPPLEMENT,
        Act.DECLINE_SUPPLEMENT,
        Act.DROP_APOLOGY,
    }
    assert {line.party for line in TABLE if line.act in leaders} == {Party.LEADER}
    assert {line.act for line in TABLE if line.party is Party.SYSTEM} == {
        Act.SUBMIT,
        Act.RECEIVE,
        Act.DELIVER,
        Act.ADOPT,
        Act.TRANSFER,
        Act.HAND_OVER,
        Act.RETURN_FOR_REWORK,
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
    assert pausing == {Act.REQUEST_SUPPLEMENT, Act.APPROVE_SUPPLEMENT, Act.CONSULT, Act.CLOSE_PHASE}


@given(strategies.conditions)
def test_asking_inside_the_agency_never_pauses(more: dict[str, bool]) -> None:
    for line in TABLE:
        if line.act is Act.CONSULT_UNIT:
            assert line.to is line.state
    for state in State:
        facts = Facts(state, ANYBODY, **more)
        if may(Act.GIVE_OPINION, facts) is None and state is not State.AWAITING_OPINION:
            assert target(Act.GIVE_OPINION, facts) is state


CONDITIONS = [
    (Act.PROPOSE, State.IN_PROGRESS, {"opinion_awaited": True}, "dossiers.opinions_awaited"),
    (Act.PROPOSE, State.IN_PROGRESS, {"phases_ahead": True}, "dossiers.phase_remains"),
    (Act.CLOSE_PHASE, State.IN_PROGRESS, {}, "dossiers.no_phase_follows"),
    (Act.REQUEST_SUPPLEMENT, State.IN_PROGRESS, {"asked_before": True}, "dossiers.supplement_needs_leader"),
    (Act.PROPOSE_SUPPLEMENT, State.IN_PROGRESS, {}, "dossiers.supplement_first_is_free"),
    (Act.FORGO_OPINION, State.IN_PROGRESS, {}, "dossiers.no_opinion_awaited"),
    (Act.DROP_APOLOGY, State.IN_PROGRESS, {}, "dossiers.no_apology_drafted"),
    (Act.STOP, State.IN_PROGRESS, {"correcting": True}, "dossiers.correcting"),
    (Act.KEEP_OUTCOME, State.IN_PROGRESS, {}, "dossiers.not_correcting"),
    (Act.REVOKE, State.DELIVERED, {"revoked": True}, "dossiers.revoked_already"),
    (Act.REOPEN, State.STOPPED, {}, "dossiers.act_not_in_state"),
]


@pytest.mark.parametrize(("act", "state", "more", "code"), CONDITIONS)
def test_a_condition_that_does_not_hold_is_named(
    act: Act, state: State, more: dict[str, bool], code: str
) -> None:
    refusal = may(act, Facts(state, ANYBODY, **more))
    assert refusal is not None
    assert refusal.code == code


def test_the_diagram_draws_every_state_and_every_move() -> None:
    drawn = diagram.mermaid({state: state.value for state in State}, {act: act.value for act in Act})
    for (state, act), lines in LINES.items():
        for to in {line.to for line in lines} - {state}:
            if state is not None:
                arrow = next(
                    row for row in drawn.splitlines() if row.strip().startswith(f"{state} --> {to}:")
                )
                assert act.value in arrow
    assert all(f"{state} --> [*]" in drawn for state in FINAL)
