"""Lives that nobody lived obey the table, whatever road and process they are given."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lives.pacing import pace
from vanlang.dossiers.rules.lives.roads import Desk, Front, Middle, Road
from vanlang.dossiers.rules.lives.walking import HAT, PARTY, Leg, walk
from vanlang.dossiers.rules.states import FINAL, NATURE, PAUSED, Party, State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.rules.transitions import LINES
from vanlang.kernel.errors import Refusal

ROADS = st.builds(Road, st.sampled_from(Front), st.sampled_from(Desk), st.sampled_from(Middle), st.booleans())
_OFFICERS = [Party.COUNTER, Party.SPECIALIST, Party.LEADER, Party.CLERK]
PROCESSES = st.lists(
    st.builds(
        Step,
        name=st.just("Bước"),
        party=st.sampled_from(_OFFICERS),
        share=st.integers(0, 9),
        phase=st.sampled_from([1, 1, 1, 2]),
    ),
    max_size=6,
).map(lambda steps: tuple(sorted(steps, key=lambda step: step.phase)))


@given(ROADS, PROCESSES, st.booleans())
def test_every_leg_is_a_line_of_the_table(road: Road, process: tuple[Step, ...], on_paper: bool) -> None:
    legs = walk(road.strides, process, on_paper=on_paper)
    if isinstance(legs, Refusal):
        return
    state = State.DRAFT
    for number, leg in enumerate(legs, start=1):
        lines = [
            line
            for line in LINES[state, leg.act]
            if line.party is leg.party is PARTY[leg.by]
            and line.hat in {HAT.get(leg.by), None}
            and line.to is leg.state
        ]
        assert lines
        assert (leg.number, leg.before) == (number, state)
        assert (leg.waits_for is None) == (leg.state in FINAL)
        assert leg.lies_at is NATURE[leg.state].lies_at
        assert leg.state not in PAUSED or leg.paused_by is not None
        state = leg.state


def test_every_road_without_a_process_arrives() -> None:
    """Nothing bars a road but a second phase, which only a process has, and asking again of whom the counter has asked."""
    for front in Front:
        for desk in Desk:
            for middle in set(Middle) - {Middle.OBLIGED}:
                for on_paper in (True, False):
                    road = Road(front, desk, middle, on_paper)
                    legs = walk(road.strides, (), on_paper=on_paper)
                    if front is Front.COMPLETED and middle in {Middle.SUPPLEMENT, Middle.ASKED_TWICE}:
                        assert isinstance(legs, Refusal)
                        assert legs.code == "dossiers.supplement_needs_leader"
                        continue
                    assert not isinstance(legs, Refusal), (road, legs)
                    assert legs[-1].state in FINAL


def test_every_state_but_the_draft_is_passed_by_some_road() -> None:
    phased = (Step("Một", Party.SPECIALIST, 1), Step("Hai", Party.SPECIALIST, 1, phase=2))
    passed: set[State] = set()
    for front in Front:
        for middle in Middle:
            for on_paper in (True, False):
                road = Road(front, Desk.CLAIMED, middle, on_paper)
                legs = walk(road.strides, phased if middle is Middle.OBLIGED else (), on_paper=on_paper)
                passed |= set() if isinstance(legs, Refusal) else {leg.state for leg in legs}
    assert passed == set(State) - {State.DRAFT}


class _AlwaysOpen:
    """An office that works from eight to five, every day."""

    def worked_until(self, minute: int) -> int:
        day, rest = divmod(minute, 1440)
        return day * 540 + min(max(rest - 480, 0), 540)

    def worked_out_at(self, worked: int) -> int:
        day, rest = divmod(worked - 1, 540)
        return day * 1440 + 480 + rest + 1


@given(ROADS, st.integers(600, 100_000), st.integers(30, 20_000), st.booleans(), st.integers())
def test_acts_follow_each_other(road: Road, filed: int, limit: int, late: bool, seed: int) -> None:
    legs = walk(road.strides, (), on_paper=road.on_paper)
    if isinstance(legs, Refusal):
        return
    minutes = pace(
        legs,
        office=_AlwaysOpen(),
        due=lambda received: received + limit,
        filed=filed,
        late=late,
        draw=Random(seed),
    )
    assert len(minutes) == len(legs)
    for earlier, later, leg in zip(minutes, minutes[1:], legs[1:], strict=False):
        assert later > earlier or (later == earlier and _is_taken_in_at_once(legs, leg))


def _is_taken_in_at_once(legs: tuple[Leg, ...], leg: Leg) -> bool:
    return leg.act is Act.RECEIVE and legs[0].party is Party.COUNTER


@given(st.integers(600, 100_000), st.integers(600, 20_000), st.integers())
def test_late_is_after_the_appointment_and_in_time_before_it(filed: int, limit: int, seed: int) -> None:
    legs = walk(Road(Front.COUNTER).strides, ())
    assert not isinstance(legs, Refusal)
    released = next(index for index, leg in enumerate(legs) if leg.act is Act.RELEASE)
    office = _AlwaysOpen()
    for late in (True, False):
        minutes = pace(
            legs, office=office, due=lambda received: office.worked_out_at(office.worked_until(received) + limit),
            filed=filed, late=late, draw=Random(seed),
        )  # fmt: skip
        due = office.worked_out_at(office.worked_until(minutes[1]) + limit)
        assert (minutes[released] > due) is late
