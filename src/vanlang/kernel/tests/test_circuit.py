"""When an outside system is held ill, asked again, and trusted again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel import circuit
from vanlang.kernel.circuit import Circuit, CircuitState, Sign, Tally
from vanlang.kernel.clock import VIETNAM

START = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
WELL = Circuit(CircuitState.CLOSED, START)
steps = st.lists(st.tuples(st.sampled_from(Sign), st.integers(min_value=0, max_value=1200)), max_size=60)


@pytest.mark.parametrize(
    ("sign", "tally", "state"),
    [
        (Sign.FAULT, Tally(well=0, failed=4), CircuitState.CLOSED),  # too few to judge
        (Sign.FAULT, Tally(well=6, failed=1), CircuitState.CLOSED),  # 14.3 %
        (Sign.FAULT, Tally(well=17, failed=3), CircuitState.OPEN),  # 15 %
        (Sign.CUT, Tally(well=99, failed=1), CircuitState.OPEN),  # no connection: at once
        (Sign.WELL, Tally(well=9, failed=0), CircuitState.CLOSED),
    ],
)
def test_when_it_is_ill(sign: Sign, tally: Tally, state: CircuitState) -> None:
    assert circuit.after(WELL, sign, tally, START).state is state


@given(steps)
def test_whoever_is_ill_gets_nothing_before_its_probe_and_waits_never_outgrow(
    walk: list[tuple[Sign, int]],
) -> None:
    now, one = START, WELL
    for sign, seconds in walk:
        now += dt.timedelta(seconds=seconds)
        if one.state is CircuitState.OPEN and one.probe_at is not None:
            assert one.probe_at - one.since_at <= circuit.LONGEST_WAIT
            assert circuit.room_for(one, now, batch=50) == (1 if now >= one.probe_at else 0)
        if circuit.room_for(one, now, batch=50):
            failed = 10 if sign is not Sign.WELL else 0
            one = circuit.after(one, sign, Tally(well=0, failed=failed), now)


@given(steps)
def test_three_probes_in_a_row_and_nothing_less_make_it_well(walk: list[tuple[Sign, int]]) -> None:
    now, one = START, circuit.opened(WELL, START)
    in_a_row = 0
    for sign, seconds in walk:
        now += dt.timedelta(seconds=seconds)
        if not circuit.room_for(one, now, batch=50):
            continue
        one = circuit.after(one, sign, Tally(), now)
        in_a_row = 0 if sign is not Sign.WELL else in_a_row + 1
        assert (one.state is CircuitState.CLOSED) is (in_a_row == circuit.PROBES)
        if one.state is CircuitState.CLOSED:
            break


def test_once_it_answers_again_it_is_well_in_three_probes() -> None:
    one, now = WELL, START
    for _ in range(20):
        one = circuit.opened(one, now)
        now = one.probe_at or now
    for _ in range(circuit.PROBES):
        assert circuit.room_for(one, now, batch=50) == 1
        one = circuit.after(one, Sign.WELL, Tally(), now)
    assert circuit.room_for(one, now, batch=50) == 50
