"""
The procedure's process: it orders the steps inside processing and shares out the time. It never adds a state.

A step names who does it and its share of the time limit. The position in the list follows the acts; where a process
says nothing (an empty list), the table of transitions alone leads the dossier.

Law: unverified. Internal shares never replace the legal time limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process."""

    name: str
    """As the procedure's decision names it: "Thẩm định hồ sơ"."""
    party: Party
    share: int
    """Weight of the step in the time limit; shares need not add up to 100."""
    due_at: datetime | None = None
    """By when it is planned to end; None before receipt."""


def position_after(
    act: Act, *, steps: Sequence[Step], position: int, waits_for: Party | None, onward: bool = False
) -> int:
    """
    Return the position in the process after `act`, when `waits_for` must act next.

    Acts lead forward to the next step of that party; rework leads back to the last one. `onward` leaves the present
    step behind even when the next one is the same party's (handed over from desk to desk, endorsed from leader to leader).
    """
    if not steps:
        return 0
    mine = [index for index, step in enumerate(steps) if step.party is waits_for]
    if act is Act.RETURN_FOR_REWORK:
        return max((index for index in mine if index <= position), default=position)
    start = position + 1 if onward else position
    return min((index for index in mine if index >= start), default=position)


def another_follows(party: Party, *, steps: Sequence[Step], position: int) -> bool:
    """Tell whether the very next step is again `party`'s, so that the present one is not its last word."""
    here = steps[position : position + 2]
    return len(here) == 2 and here[0].party is party and here[1].party is party
