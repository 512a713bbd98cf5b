"""
What another system's dossier must be to enter here: a state that can stand alone, times in order, a history that can be.

Nothing is invented. What is not said stays unknown and is listed; what the tables of this house forbid is refused.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import FINAL, State
from vanlang.dossiers.rules.transitions import LINES
from vanlang.kernel.errors import Refusal

ADOPTABLE = frozenset(
    {State.SUBMITTED, State.RECEIVED, State.HANDED_OVER, State.IN_PROGRESS, State.RELEASED, *FINAL}
)
"""States that rest on no paper of another room. A request for a supplement or a draft outcome cannot be taken over."""
BEFORE_RECEIPT = frozenset({State.SUBMITTED, State.REFUSED})
ENDED = FINAL | {State.RELEASED}


@dataclass(frozen=True, slots=True)
class PastAct:
    """One act that was done there."""

    act: Act
    at: datetime
    who: str = ""
    """Name as that system printed it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A dossier's course there, as far as it is known."""

    state: State
    submitted_at: datetime | None
    received_at: datetime | None
    finished_at: datetime | None
    is_held: bool
    history: tuple[PastAct, ...] = ()


def may_adopt(course: Course, at: datetime) -> Refusal | None:
    """Return why a dossier with this course may not enter now, or None."""
    if course.state not in ADOPTABLE:
        return Refusal("dossiers.adopt_state", {"state": course.state})
    missing = next(_missing(course), None)
    if missing is not None:
        return Refusal("dossiers.adopt_unknown", {"what": missing})
    marks = [course.submitted_at, course.received_at, course.finished_at, at]
    known = [mark for mark in marks if mark is not None]
    times = [act.at for act in course.history]
    if (
        known != sorted(known)
        or times != sorted(times)
        or (times and not known[0] <= times[0] <= times[-1] <= at)
    ):
        return Refusal("dossiers.adopt_backwards")
    return _impossible(course.history, was_received=course.received_at is not None)


def _missing(course: Course) -> Iterator[str]:
    """Yield what the state cannot stand without."""
    if course.submitted_at is None:
        yield "ngày nộp"
    if course.received_at is None and course.state not in {*BEFORE_RECEIPT, State.WITHDRAWN}:
        yield "ngày tiếp nhận"
    if course.finished_at is None and course.state in ENDED:
        yield "ngày kết thúc"
    if course.state is State.IN_PROGRESS and not course.is_held:
        yield "cán bộ đang giữ hồ sơ"


def _impossible(history: Sequence[PastAct], *, was_received: bool) -> Refusal | None:
    """Return the first act after which the table of transitions has no way left; None when the history is one of its ways."""
    states = {_start(was_received)}
    for number, past in enumerate(history, start=1):
        after = {line.to for state in states for line in LINES.get((state, past.act), ())}
        if not after:
            return Refusal("dossiers.adopt_history", {"row": number, "act": past.act})
        states = after
    return None


def way(history: Sequence[PastAct], *, was_received: bool) -> tuple[State, ...]:
    """
    Return the states that a possible history leads through, the first one included; the first way of the table that fits.

    Raises: StopIteration for an impossible history; ask `may_adopt` first.
    """
    return next(_ways(_start(was_received), history))


def _ways(state: State, history: Sequence[PastAct]) -> Iterator[tuple[State, ...]]:
    if not history:
        yield (state,)
        return
    for after in dict.fromkeys(line.to for line in LINES.get((state, history[0].act), ())):
        for rest in _ways(after, history[1:]):
            yield (state, *rest)


def _start(was_received: bool) -> State:
    return State.RECEIVED if was_received else State.SUBMITTED
