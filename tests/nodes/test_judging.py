"""The drill's judge must be able to say no: it is given nodes that do not hold what was acknowledged."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher.chaos.diary import Kind, Line, Outcome
from launcher.chaos.judging import Found, Trace
from launcher.nodes.judging import Copy, Dark, Digest, Ruling, rule
from launcher.nodes.pulse import Beat, pauses

ACT = "6f9c/claim"
LINES = [Line(Kind.ACT, ACT, "Chị Mai", Outcome.ACKNOWLEDGED)]
BEATS = [Beat(1, 0.0, 0.1), Beat(2, 1.0), Beat(3, 2.0, 2.1)]
"""The second was never answered: it may be there once, or not at all."""
TABLES = {"dossiers_movement": Digest(1, "77"), "drill_pulse": Digest(2, "5")}


def copy(name: str, *, acts: int = 1, beats: tuple[int, ...] = (1, 3)) -> Copy:
    return Copy(name, Found(traces={Kind.ACT: {ACT: Trace(acts)}}), Counter(beats), TABLES)


def three(second: Copy) -> Ruling:
    return rule(LINES, BEATS, [copy("mot"), second, copy("ba")])


def test_nodes_that_hold_what_was_acknowledged_are_sound() -> None:
    assert three(copy("hai")) == Ruling()


def test_what_was_not_answered_may_be_there_once() -> None:
    assert three(copy("hai", beats=(1, 2, 3))) == Ruling()


@pytest.mark.parametrize(
    ("second", "wrong", "about"),
    [
        (copy("hai", acts=0), "lost", f"hai: act {ACT}"),
        (copy("hai", acts=2), "doubled", f"hai: act {ACT}"),
        (copy("hai", beats=(1,)), "lost", "hai: nhịp 3"),
        (copy("hai", beats=(1, 3, 3)), "doubled", "hai: nhịp 3"),
        (copy("hai", beats=(1, 2, 2, 3)), "doubled", "hai: nhịp 2"),
        (copy("hai", beats=(1, 3, 9)), "unasked", "hai: nhịp 9"),
        (replace(copy("hai"), tables={**TABLES, "drill_pulse": Digest(2, "6")}), "unequal", "drill_pulse"),
        (replace(copy("hai"), tables={"drill_pulse": Digest(2, "5")}), "unequal", "dossiers_movement"),
    ],
    ids=["lost act", "doubled act", "lost beat", "doubled beat", "doubled unknown", "never sent", "row differs", "no table"],
)  # fmt: skip
def test_what_is_wrong_on_one_node_only_is_seen(second: Copy, wrong: str, about: str) -> None:
    assert three(second) == Ruling(**{wrong: [about]})


def test_an_act_that_nobody_asked_for_is_seen() -> None:
    strange = copy("hai")
    strange.found.traces[Kind.CASH] = {"Thu lẻ": Trace(1)}
    assert three(strange) == Ruling(unasked=["hai: cash Thu lẻ"])


def test_an_act_that_was_refused_and_is_there_is_seen() -> None:
    refused = [Line(Kind.ACT, ACT, "Chị Mai", Outcome.REFUSED)]
    assert rule(refused, [], [copy("mot", beats=())]) == Ruling(unasked=[f"mot: act {ACT}"])


@pytest.mark.parametrize(
    ("beat", "seen"),
    [
        (Beat(7, 5.0, 6.0), True),
        (Beat(7, 5.0), False),
        (Beat(7, 3.0, 5.0), False),  # sent before: its commit may have been done before
        (Beat(7, 5.0, 11.0), False),  # answered after the others came back
    ],
    ids=["in it", "not answered", "sent before", "answered after"],
)
def test_what_was_acknowledged_by_one_node_alone_is_seen(beat: Beat, seen: bool) -> None:
    ruling = rule([], [beat], [], [Dark(4.0, 10.0)])
    assert ruling.in_the_dark == (["nhịp 7"] if seen else [])


def test_how_long_writes_stood_still() -> None:
    beats = [Beat(number, at - 0.1, at) for number, at in enumerate([1.0, 2.0, 14.0, 15.0, 16.0, 41.0])]
    assert pauses(beats, [2.5, 16.5]) == [12.0, 25.0]
    assert pauses(beats[:2], [2.5]) == [float("inf")], "they never went on"


@given(st.lists(st.floats(0, 1000, allow_nan=False), min_size=2), st.floats(0, 1000, allow_nan=False))
def test_a_pause_is_never_longer_than_the_run(instants: list[float], kill: float) -> None:
    (pause,) = pauses([Beat(number, at, at) for number, at in enumerate(instants)], [kill])
    assert pause == float("inf") or 0 <= pause <= max(*instants, kill) - min(*instants, kill)
