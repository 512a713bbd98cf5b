"""
The procedure's process: it orders the steps inside processing and shares out the time. It never adds a state.

A process may have phases: the steps of one phase are followed by an obligation of the citizen (a tax to pay, a boundary
to mark), and the next phase begins with the second intake. Each phase ends by the planned end of its last step.

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
    phase: int = 1
    """Which phase it belongs to; phases follow each other, 1, 2, …"""


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a process, as a citizen is told of it."""

    number: int
    due_at: datetime | None
    """By when its last step is planned to end."""
    is_over: bool
    is_now: bool


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
    if act is Act.FULFIL_OBLIGATION:
        return next((index for index, step in _ahead(steps, position) if step.party is waits_for), position)
    phase = steps[position].phase
    mine = [index for index, step in enumerate(steps) if step.party is waits_for and step.phase == phase]
    if act in {Act.RETURN_FOR_REWORK, Act.REOPEN}:
        return max((index for index in mine if index <= position), default=position)
    start = position + 1 if onward else position
    return min((index for index in mine if index >= start), default=position)


def another_follows(party: Party, *, steps: Sequence[Step], position: int) -> bool:
    """Tell whether the very next step is again `party`'s, so that the present one is not its last word."""
    here = steps[position : position + 2]
    return len(here) == 2 and all(step.party is party for step in here) and here[0].phase == here[1].phase


def phases_follow(*, steps: Sequence[Step], position: int) -> bool:
    """Tell whether another phase follows the present one."""
    return any(True for _ in _ahead(steps, position))


def phases_of(*, steps: Sequence[Step], position: int, between: bool = False) -> tuple[Phase, ...]:
    """
    Return the phases of a process; none when it has only one.

    `between`: the present phase is over, the next one waits for the citizen.
    """
    numbers = sorted({step.phase for step in steps})
    if len(numbers) < 2:
        return ()
    now = steps[position].phase
    return tuple(
        Phase(
            number=number,
            due_at=[step.due_at for step in steps if step.phase == number][-1],
            is_over=number < now or (between and number == now),
            is_now=number == now and not between,
        )
        for number in numbers
    )


def phases_in_order(phases: Sequence[int]) -> bool:
    """Tell whether the phases of steps, in the order of the steps, begin with 1 and go on one by one."""
    return all(
        phase in {before, before + 1} for before, phase in zip((1, *phases), phases, strict=False)
    ) and (not phases or phases[0] == 1)


def _ahead(steps: Sequence[Step], position: int) -> list[tuple[int, Step]]:
    """Return the steps of the phases that follow the present one, with their places."""
    if not steps:
        return []
    phase = steps[position].phase
    return [(index, step) for index, step in enumerate(steps) if step.phase > phase]
