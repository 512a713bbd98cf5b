from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.chains.labels import CHAIN_STATES, LEG_STATES, LEG_TONES, SENTENCES
from vanlang.chains.rules.asking import question_of, source_of
from vanlang.chains.rules.definitions import ancestors, in_order, read_plan
from vanlang.chains.rules.running import Standing, cut_off, forecast, last, startable, state_of
from vanlang.chains.types import ENDED, ChainState, LegPlan, LegState, Plan
from vanlang.kernel.clock import VIETNAM

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
GOOD = """
code = "birth"
title = "Khai sinh liên thông"
limit = "20 working_day"
[[leg]]
key = "insurance"
title = "Thẻ bảo hiểm y tế"
outside = "Bảo hiểm xã hội"
limit = "10 day"
after = "birth"
[[leg]]
key = "birth"
title = "Khai sinh"
procedure = "1.001193"
[[leg]]
key = "residence"
title = "Thường trú"
procedure = "1.004222"
after = ["birth"]
papers = { birth = "Giấy khai sinh" }
answers = { born_on = "birth.child_born_on" }
"""


def codes(text: str) -> set[str]:
    told = read_plan(text)
    assert not isinstance(told, Plan)
    return {refusal.code for refusal in told}


def test_a_definition_is_read_in_the_order_it_can_run() -> None:
    plan = read_plan(GOOD)
    assert isinstance(plan, Plan)
    assert [leg.key for leg in plan.legs] == ["birth", "insurance", "residence"]
    assert plan.leg("residence").papers == {"birth": "Giấy khai sinh"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("code = ", "cod = "), "chains.no_name"),
        (('limit = "20 working_day"', 'limit = "hai mươi ngày"'), "chains.limit_not_readable"),
        (('key = "residence"', 'key = "birth"'), "chains.leg_twice"),
        (('after = ["birth"]', 'after = ["death"]'), "chains.leg_unknown"),
        (('after = ["birth"]', ""), "chains.no_first_leg"),
        (('after = "birth"', 'after = "residence"'), None),
        (('outside = "Bảo hiểm xã hội"', ""), "chains.leg_neither"),
        (('procedure = "1.004222"', 'procedure = "1.004222"\noutside = "Công an"'), "chains.leg_neither"),
        (('birth = "Giấy khai sinh"', 'insurance = "Thẻ"'), "chains.paper_from_nowhere"),
        (('"birth.child_born_on"', '"child_born_on"'), "chains.answer_from_nowhere"),
        (('key = "insurance"', 'key = "Bảo hiểm"'), "chains.leg_no_name"),
        (("code = ", "code == "), "chains.not_readable"),
    ],
)
def test_what_cannot_stand_is_named(change: tuple[str, str], code: str | None) -> None:
    text = GOOD.replace(*change, 1)
    if code is None:
        assert isinstance(read_plan(text), Plan)
    else:
        assert code in codes(text)
        assert code in SENTENCES


def test_everything_wrong_is_told_at_once() -> None:
    told = codes('title = "X"\n[[leg]]\nkey = "a"\n')
    assert {"chains.no_name", "chains.too_short", "chains.leg_no_name", "chains.leg_neither"} <= told


def test_legs_that_wait_for_each_other_are_refused() -> None:
    text = GOOD.replace('after = "birth"', 'after = ["birth", "residence"]').replace(
        'after = ["birth"]', 'after = ["birth", "insurance"]'
    )
    assert codes(text) == {"chains.circle"}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw plans of two to seven legs, each after any of those before it; all but the first after one at least."""
    count = draw(st.integers(2, 7))
    legs = [LegPlan("leg0", "Bước 0", "1.000000")]
    for index in range(1, count):
        after = draw(st.sets(st.integers(0, index - 1), min_size=1))
        legs.append(
            LegPlan(
                f"leg{index}", f"Bước {index}", "1.000000", after=tuple(f"leg{one}" for one in sorted(after))
            )
        )
    return Plan("x", "X", "X", "", "", tuple(legs))


@st.composite
def standings(draw: st.DrawFn) -> tuple[Plan, dict[str, LegState]]:
    plan = draw(plans())
    return plan, {leg.key: draw(st.sampled_from(list(LegState))) for leg in plan.legs}


@given(plans(), st.randoms(use_true_random=False))
def test_an_order_is_found_however_the_legs_are_written(plan: Plan, random: object) -> None:
    legs = list(plan.legs)
    random.shuffle(legs)  # type: ignore[attr-defined] # hypothesis' Random
    ordered = in_order(legs)
    assert ordered is not None
    done: set[str] = set()
    for leg in ordered:
        assert done.issuperset(leg.after)
        done.add(leg.key)


@given(standings())
def test_no_leg_starts_before_those_it_waits_for(told: tuple[Plan, dict[str, LegState]]) -> None:
    plan, states = told
    for key in startable(plan, states):
        assert states[key] is LegState.WAITING
        assert all(states[other] is LegState.DONE for other in plan.leg(key).after)
        assert key not in cut_off(plan, states)


@given(standings())
def test_a_waiting_leg_waits_for_something_or_for_a_person(told: tuple[Plan, dict[str, LegState]]) -> None:
    """Nothing hangs: what waits can start, or something before it is not at its end, or a person is asked."""
    plan, states = told
    lost = cut_off(plan, states)
    for leg in plan.legs:
        if states[leg.key] is not LegState.WAITING:
            continue
        before = [states[key] for key in leg.after]
        hopeful = any(state not in ENDED for state in before) or all(
            state is LegState.DONE for state in before
        )
        assert hopeful or leg.key in lost
        broken = {key for key in ancestors(leg.key, plan.legs) if states[key] in ENDED - {LegState.DONE}}
        assert leg.key not in lost or broken


@given(plans())
def test_a_chain_whose_legs_all_succeed_comes_to_its_end(plan: Plan) -> None:
    states = {leg.key: LegState.WAITING for leg in plan.legs}
    for _ in plan.legs:
        for key in startable(plan, states):
            states[key] = LegState.DONE
    assert state_of(plan, states) is ChainState.DONE


@given(standings())
def test_a_chain_is_open_as_long_as_a_leg_is(told: tuple[Plan, dict[str, LegState]]) -> None:
    plan, states = told
    assert (state_of(plan, states) is ChainState.OPEN) == any(state not in ENDED for state in states.values())


@given(plans(), st.integers(0, 9))
def test_the_forecast_never_lies_before_now_and_respects_the_order(plan: Plan, days: int) -> None:
    def due(key: str, starts_at: dt.datetime) -> dt.datetime:
        return starts_at + dt.timedelta(days=days)

    ends = forecast(plan, {leg.key: Standing(LegState.WAITING) for leg in plan.legs}, due=due, now=NOW)
    for leg in plan.legs:
        end = ends[leg.key]
        assert end is not None and end >= NOW
        for other in leg.after:
            before = ends[other]
            assert before is not None and end >= before
    assert last(ends) == max(end for end in ends.values() if end is not None)


def test_a_forecast_knows_what_runs_late_and_what_never_starts() -> None:
    plan = read_plan(GOOD)
    assert isinstance(plan, Plan)
    late, done = NOW - dt.timedelta(days=2), NOW - dt.timedelta(days=3)
    ends = forecast(
        plan,
        {
            "birth": Standing(LegState.DONE, finished_at=done),
            "residence": Standing(LegState.OPEN, due_at=late),
            "insurance": Standing(LegState.FAILED),
        },
        due=lambda key, at: None,
        now=NOW,
    )
    assert ends == {"birth": done, "residence": NOW, "insurance": None}


def test_one_question_is_asked_once() -> None:
    plan = read_plan(GOOD)
    assert isinstance(plan, Plan)
    assert question_of(plan, "birth", "child_born_on") == "child_born_on"
    assert question_of(plan, "residence", "born_on") == "child_born_on"
    assert question_of(plan, "residence", "applicant_name") == "applicant_name"
    assert question_of(plan, "residence", "new_address") == "residence__new_address"
    assert source_of(plan, "residence", "born_on") == ("birth", "child_born_on")


def test_every_state_has_its_words() -> None:
    assert set(CHAIN_STATES) == set(ChainState)
    assert set(LEG_STATES) == set(LEG_TONES) == set(LegState)
