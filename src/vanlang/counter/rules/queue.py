"""
Who is called next, and what can be done with a ticket. Pure.

The alternating rule: those sent on to this window come first; then whoever has priority; but after `IN_A_ROW`
priority calls one of the others is called when one waits. Inside each group: first come, first served. So nobody
starves: of any `IN_A_ROW + 1` calls at least one is an ordinary ticket while one waits, and at least one a priority
ticket while one waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from vanlang.counter.types import TicketAct, TicketState
from vanlang.kernel.errors import Refusal

IN_A_ROW = 2
"""Priority calls after which an ordinary ticket has its turn."""

LINES = MappingProxyType(
    {
        (TicketState.WAITING, TicketAct.CALL): TicketState.CALLED,
        (TicketState.CALLED, TicketAct.CALL_AGAIN): TicketState.CALLED,
        (TicketState.CALLED, TicketAct.SKIP): TicketState.NO_SHOW,
        (TicketState.CALLED, TicketAct.TRANSFER): TicketState.WAITING,
        (TicketState.CALLED, TicketAct.FINISH): TicketState.DONE,
        (TicketState.NO_SHOW, TicketAct.CALL_AGAIN): TicketState.CALLED,
    }
)
"""State and act → state. What is not here is refused."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket that waits, as the rule sees it."""

    id: UUID
    order: int
    """Place in the line of arrivals: lower came earlier."""
    has_priority: bool = False
    is_sent_here: bool = False
    """Another window sent this visitor on to the window that calls."""


def may(act: TicketAct, state: TicketState) -> Refusal | None:
    """Return why `act` cannot be done to a ticket in `state`, or None."""
    if (state, act) in LINES:
        return None
    return Refusal("counter.ticket_not_so", {"state": state.value})


def choose_next(waiting: Sequence[Waiting], *, priority_in_a_row: int) -> Waiting | None:
    """
    Return who is called next, or None when nobody waits.

    `priority_in_a_row` counts the priority tickets that were called last without an ordinary one between.
    """
    line = sorted(waiting, key=lambda ticket: ticket.order)
    sent = [ticket for ticket in line if ticket.is_sent_here]
    first = [ticket for ticket in line if ticket.has_priority]
    others = [ticket for ticket in line if not ticket.has_priority]
    if sent:
        return sent[0]
    if first and (priority_in_a_row < IN_A_ROW or not others):
        return first[0]
    return others[0] if others else None


def in_a_row_after(ticket: Waiting, *, priority_in_a_row: int) -> int:
    """Return how many priority tickets in a row there are once `ticket` was called."""
    return priority_in_a_row + 1 if ticket.has_priority else 0


def count_ahead(ticket_id: UUID, waiting: Sequence[Waiting], *, priority_in_a_row: int) -> int:
    """Return how many are called before `ticket_id` when nobody else comes: the rule itself, played forward."""
    line, row = list(waiting), priority_in_a_row
    for ahead in range(len(waiting)):
        called = choose_next(line, priority_in_a_row=row)
        if called is None or called.id == ticket_id:
            return ahead
        row = in_a_row_after(called, priority_in_a_row=row)
        line.remove(called)
    return 0


def number_of(letter: str, number: int) -> str:
    """Return a ticket as it is printed, shown and said: "A007"."""
    return f"{letter}{number:03d}"


def spoken(letter: str, number: int) -> str:
    """Return a ticket as a voice says it: letter and single digits."""
    return " ".join([letter, *str(number).zfill(3)])
