"""
A time limit split over the steps of an internal process.

Law: docs/reference/law.md#internal-steps
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, pairwise

from vanlang.calendars.types import Extension, Pause, StepShare, TimeLimit

from .counting import receive, runs_of
from .pausing import Stretch, stretches_of, working_minutes_outside
from .work_calendar import WorkCalendar


def split(
    calendar: WorkCalendar,
    *,
    received_at: datetime,
    limit: TimeLimit,
    planned_minutes: Sequence[int],
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> list[StepShare] | None:
    """
    Return one share per planned step, the last one due with the dossier; None while a pause is open.

    The plan is scaled: only the proportions of `planned_minutes` matter.
    Raises: ValueError when the plan is empty, or holds a negative or only zeros; CalendarGapError.
    """
    if not planned_minutes or min(planned_minutes) < 0 or not sum(planned_minutes):
        msg = "A plan has steps, and gives time to at least one of them."
        raise ValueError(msg)
    received = calendar.minute_of(received_at)
    due = runs_of(calendar, received, limit, pauses, extensions)[-1].due
    if due is None:
        return None
    start = receive(calendar, received)[1]
    stretches = stretches_of(calendar, pauses)
    total = working_minutes_outside(calendar, start, due, stretches)
    cuts = [total * planned // sum(planned_minutes) for planned in accumulate(planned_minutes)]
    ends = [_reached_at(calendar, start, cut, stretches) for cut in cuts[:-1]]
    shares = [later - earlier for earlier, later in pairwise([0, *cuts])]
    return [
        StepShare(calendar.instant_of(end), share) for end, share in zip([*ends, due], shares, strict=True)
    ]


def _reached_at(calendar: WorkCalendar, start: int, worked: int, stretches: Sequence[Stretch]) -> int:
    """Return the first minute by which `worked` working minutes outside the stretches have passed since `start`."""
    target = calendar.worked_until(start) + worked
    for paused_from, paused_to in stretches:
        if paused_to is None or calendar.worked_until(paused_from) >= target:
            break
        if paused_to > start:
            target += calendar.worked_until(paused_to) - calendar.worked_until(max(start, paused_from))
    return max(start, calendar.worked_out_at(target))
