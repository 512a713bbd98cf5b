"""
Where a chain stands: which legs may start, when the last will be done, whether anything is left to wait for.

Functions of states and instants only. The calendar comes in as a function, so nothing here counts days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vanlang.chains.types import ENDED, RUNNING, ChainState, LegState, Plan

_WITHOUT_RESULT = frozenset({LegState.FAILED, LegState.DROPPED})

Due = Callable[[str, dt.datetime], dt.datetime | None]
"""When a leg that starts at an instant is due; None when nothing tells."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What planning asks of a leg."""

    state: LegState
    due_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None


def startable(plan: Plan, states: Mapping[str, LegState]) -> tuple[str, ...]:
    """Return the legs that wait, and for which everything before is done, in order."""
    return tuple(
        leg.key
        for leg in plan.legs
        if states[leg.key] is LegState.WAITING and all(states[other] is LegState.DONE for other in leg.after)
    )


def cut_off(plan: Plan, states: Mapping[str, LegState]) -> tuple[str, ...]:
    """Return the waiting legs that can never start by themselves: something before them failed or was given up."""
    lost: dict[str, None] = {}
    for leg in plan.legs:
        broken = any(states[other] in _WITHOUT_RESULT or other in lost for other in leg.after)
        if states[leg.key] is LegState.WAITING and broken:
            lost[leg.key] = None
    return tuple(lost)


def state_of(plan: Plan, states: Mapping[str, LegState]) -> ChainState:
    """Return where the whole stands."""
    values = {states[leg.key] for leg in plan.legs}
    if values == {LegState.DONE}:
        return ChainState.DONE
    if values <= ENDED:
        return ChainState.ENDED
    return ChainState.OPEN


def forecast(
    plan: Plan, standings: Mapping[str, Standing], *, due: Due, now: dt.datetime
) -> dict[str, dt.datetime | None]:
    """
    Return for each leg when it will be done if nobody is late; None for one that failed, was given up or never starts.

    A leg that runs is done at its due date, or now when that has passed; one that waits starts when the last before
    it is done, and no earlier than now.
    """
    ends: dict[str, dt.datetime | None] = {}
    for leg in plan.legs:
        standing = standings[leg.key]
        match standing.state:
            case LegState.DONE:
                ends[leg.key] = standing.finished_at
            case LegState.FAILED | LegState.DROPPED:
                ends[leg.key] = None
            case LegState.OPEN | LegState.OUTSIDE if standing.due_at is not None:
                ends[leg.key] = max(standing.due_at, now)
            case _:
                before = [ends[other] for other in leg.after]
                starts = [end for end in before if end is not None]
                ends[leg.key] = due(leg.key, max([now, *starts])) if len(starts) == len(before) else None
    return ends


def last(ends: Mapping[str, dt.datetime | None]) -> dt.datetime | None:
    """Return when the last leg will be done; None when none will."""
    return max((end for end in ends.values() if end is not None), default=None)


def is_running(state: LegState) -> bool:
    """Tell whether somebody works on the leg."""
    return state in RUNNING
