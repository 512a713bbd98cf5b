"""A process is walked through the table that decides: from filing to delivery, or to where it stops and why."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.rehearsing import rehearse
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.rules.transitions import LINES

OFFICERS = [Party.COUNTER, Party.SPECIALIST, Party.LEADER, Party.CLERK]


def process(*parties: Party) -> list[Step]:
    return [Step(f"Bước {number}", party, 10) for number, party in enumerate(parties, start=1)]


def never() -> itertools.repeat[bool]:
    return itertools.repeat(False)


def test_the_straight_road() -> None:
    walk = rehearse(process(*OFFICERS), detours=never())
    assert walk.state is State.DELIVERED and not walk.refusal
    assert [stride.act for stride in walk.strides] == [
        Act.SUBMIT, Act.RECEIVE, Act.HAND_OVER, Act.CLAIM, Act.PROPOSE, Act.APPROVE, Act.SIGN, Act.RELEASE, Act.DELIVER,
    ]  # fmt: skip


def test_two_specialists_and_two_leaders_are_both_asked() -> None:
    parties = [Party.COUNTER, Party.SPECIALIST, Party.SPECIALIST, Party.LEADER, Party.LEADER, Party.CLERK]
    walk = rehearse(process(*parties), detours=never())
    assert walk.state is State.DELIVERED
    acts = [stride.act for stride in walk.strides]
    assert acts.count(Act.CLAIM) == 2 and acts.count(Act.ENDORSE) == 1


def test_a_detour_comes_back() -> None:
    walk = rehearse(process(*OFFICERS), detours=itertools.repeat(True))
    assert walk.state is State.DELIVERED
    assert [stride.act for stride in walk.strides].count(Act.ANSWER_SUPPLEMENT) == 2


@given(st.lists(st.sampled_from(OFFICERS), max_size=8), st.lists(st.booleans(), max_size=4))
def test_every_stride_is_a_line_of_the_table_and_every_walk_ends(
    parties: list[Party], turns: list[bool]
) -> None:
    walk = rehearse(process(*parties), detours=iter(turns))
    assert walk.state is State.DELIVERED or walk.refusal
    for stride in walk.strides:
        assert any(
            line.party is stride.party and line.to is stride.after
            for line in LINES[stride.before, stride.act]
        )
