"""Who is called next: first come first served, priority first, and nobody starves."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.counter.rules import waiting as times
from vanlang.counter.rules.queue import (
    IN_A_ROW,
    LINES,
    Waiting,
    choose_next,
    count_ahead,
    in_a_row_after,
    may,
    number_of,
    spoken,
)
from vanlang.counter.rules.waiting import Visit
from vanlang.counter.types import TicketAct, TicketState


def tickets(text: str) -> list[Waiting]:
    """Return a line of arrivals: `p` has priority, `s` was sent to this window, anything else is ordinary."""
    return [
        Waiting(id=UUID(int=place), order=place, has_priority=letter == "p", is_sent_here=letter == "s")
        for place, letter in enumerate(text)
    ]


def played(line: list[Waiting], row: int = 0) -> list[Waiting]:
    waiting, order = list(line), []
    while (called := choose_next(waiting, priority_in_a_row=row)) is not None:
        row = in_a_row_after(called, priority_in_a_row=row)
        waiting.remove(called)
        order.append(called)
    return order


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("ooo", [0, 1, 2]),
        ("oop", [2, 0, 1]),
        ("ooppp", [2, 3, 0, 4, 1]),
        ("pppp", [0, 1, 2, 3]),
        ("opops", [4, 1, 3, 0, 2]),
        ("", []),
    ],
)
def test_the_order_of_a_line(line: str, order: list[int]) -> None:
    assert [ticket.order for ticket in played(tickets(line))] == order


lines = st.text(alphabet="opos", max_size=40).map(tickets)


@given(lines, st.integers(0, 5))
def test_everybody_is_called_once(line: list[Waiting], row: int) -> None:
    assert sorted(ticket.order for ticket in played(line, row)) == list(range(len(line)))


@given(lines, st.integers(0, 5))
def test_nobody_starves(line: list[Waiting], row: int) -> None:
    """After those who were sent on, of any IN_A_ROW + 1 calls one is ordinary and one has priority, while both wait."""
    order = [ticket for ticket in played(line, row) if not ticket.is_sent_here]
    for start in range(len(order) - IN_A_ROW):
        window, rest = order[start : start + IN_A_ROW + 1], order[start:]
        if not all(ticket.has_priority for ticket in rest):
            assert not all(ticket.has_priority for ticket in window)
        if any(ticket.has_priority for ticket in rest):
            assert any(ticket.has_priority for ticket in window)


@given(lines, st.integers(0, 5))
def test_inside_a_group_first_come_first_served(line: list[Waiting], row: int) -> None:
    order = played(line, row)
    for group in (True, False):
        places = [
            ticket.order for ticket in order if ticket.has_priority is group and not ticket.is_sent_here
        ]
        assert places == sorted(places)


@given(lines, st.integers(0, 5))
def test_what_a_ticket_says_is_what_happens(line: list[Waiting], row: int) -> None:
    for ahead, ticket in enumerate(played(line, row)):
        assert count_ahead(ticket.id, line, priority_in_a_row=row) == ahead


def test_every_state_and_act_has_an_answer() -> None:
    for state in TicketState:
        for act in TicketAct:
            assert (may(act, state) is None) is ((state, act) in LINES)
    assert may(TicketAct.FINISH, TicketState.DONE) is not None


def test_a_number_as_printed_and_as_said() -> None:
    assert (number_of("A", 7), spoken("A", 7), number_of("B", 1204)) == ("A007", "A 0 0 7", "B1204")


@given(st.integers(0, 200), st.floats(0.5, 60), st.integers(0, 9))
def test_an_estimate_promises_no_less_than_it_counts(ahead: int, each: float, windows: int) -> None:
    minutes = times.estimate(ahead=ahead, each=each, windows=windows)
    assert minutes % times.STEP == 0
    assert ahead * each / max(windows, 1) <= minutes < ahead * each / max(windows, 1) + times.STEP


def test_the_plan_holds_until_enough_were_served() -> None:
    assert times.minutes_each(10, [2, 2, 2, 2]) == 10
    assert times.minutes_each(10, [2, 2, 3, 4, 90]) == 3


def test_a_day_in_figures(at: dt.datetime) -> None:
    def visit(waited: int | None, took: int | None = None, *, no_show: bool = False) -> Visit:
        called = None if waited is None else at + dt.timedelta(minutes=waited)
        done = None if took is None or called is None else called + dt.timedelta(minutes=took)
        return Visit(issued_at=at, called_at=called, finished_at=done, is_no_show=no_show)

    day = times.figures([visit(4, 6), visit(10, 8), visit(30, 1, no_show=True), visit(12), visit(None)])
    assert (day.issued, day.served, day.no_show, day.waiting) == (5, 2, 1, 1)
    assert (day.median_wait, day.longest_wait, day.long_wait, day.median_took) == (10, 30, 30, 6)
    assert times.figures([]).median_wait is None


@given(st.lists(st.integers(0, 500), min_size=1), st.floats(0.01, 1))
def test_a_quantile_covers_its_share(values: list[int], share: float) -> None:
    bound = times.quantile(values, share)
    assert bound in values
    assert sum(value <= bound for value in values) >= share * len(values)  # type: ignore[operator] # not None: values are not empty
