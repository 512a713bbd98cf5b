"""
Which clock a dossier runs, and what an act does to it.

The time limit pauses only while the dossier waits for the citizen or for another agency. It pauses because of the
state it is in, never because somebody pressed pause: there is no act for internal reasons.
The arithmetic of working time is the app `calendars`' alone; here is decided only what is to be computed.

Law: unverified
"""

from __future__ import annotations

from enum import StrEnum

from vanlang.dossiers.rules.states import NATURE, Clock, State


class ClockChange(StrEnum):
    """What happens to the clock between two states."""

    NONE = "none"
    START = "start"
    """The time limit begins: compute the due date."""
    PAUSE = "pause"
    RESUME = "resume"
    """Move the due date by the working time that passed while waiting."""
    ANSWER = "answer"
    """The counter's time to answer a filing begins (again)."""
    FINISH = "finish"
    """The agency owes nothing more: note the instant that decides on time or late."""


def clock_of(state: State) -> Clock:
    """Return which clock runs in `state`."""
    return NATURE[state].clock


_OWED = frozenset({Clock.ANSWER, Clock.LIMIT, Clock.PAUSED})


def clock_change(before: State, after: State) -> ClockChange:
    """Return what a move from `before` to `after` does to the clock."""
    was, becomes = clock_of(before), clock_of(after)
    if becomes in {Clock.COLLECTION, Clock.NONE}:
        return ClockChange.FINISH if was in _OWED else ClockChange.NONE
    if was is becomes:
        return ClockChange.NONE
    if becomes is Clock.ANSWER:
        return ClockChange.ANSWER
    if becomes is Clock.PAUSED:
        return ClockChange.PAUSE
    return ClockChange.RESUME if was is Clock.PAUSED else ClockChange.START
