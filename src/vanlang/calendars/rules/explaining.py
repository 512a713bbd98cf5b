"""
The same count as `counting`, told step by step.

The instants come from the count itself, so the last step is the due date by construction. The days between
are named one by one, with the minutes that each uses up; these sum to the budget of the limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from vanlang.calendars.types import DueDate, Extension, LimitUnit, Pause, Step, StepKind, TimeLimit
from vanlang.calendars.types.hours import MINUTES_A_DAY

from .counting import Run, begin, due, receive, runs_of
from .work_calendar import WorkCalendar

SAME_DAY_LAW = "docs/reference/law.md#same-day"
PAUSE_LAW = "docs/reference/law.md#pause"


def steps_of(
    calendar: WorkCalendar,
    *,
    received_at: datetime,
    limit: TimeLimit,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> tuple[DueDate, list[Step]]:
    """
    Return the due date and the steps that lead to it, the last of which is the due date (or the open pause).

    Raises: CalendarGapError when the count leaves the calendar.
    """
    answer = due(calendar, received_at=received_at, limit=limit, pauses=pauses, extensions=extensions)
    received = calendar.minute_of(received_at)
    runs = runs_of(calendar, received, limit, pauses, extensions)
    steps = [_receipt(calendar, received)]
    for run in runs:
        steps.append(_opening(calendar, run, is_extension=run is not runs[0]))
        steps.extend(_middle(calendar, run, pauses))
    steps.append(_ending(calendar, runs[-1], received, answer, steps))
    return answer, steps


def _step(
    calendar: WorkCalendar,
    kind: StepKind,
    first: int,
    last: int | None = None,
    *,
    minute: int | None = None,
    minutes: int = 0,
    law: str | None = None,
    **facts: object,
) -> Step:
    return Step(
        kind=kind,
        from_on=calendar.date_of(first),
        to_on=calendar.date_of(first if last is None else last),
        at=None if minute is None else calendar.instant_of(minute),
        minutes=minutes,
        facts=facts,
        law=law,
    )


def _receipt(calendar: WorkCalendar, received: int) -> Step:
    day, minute_of_day = divmod(received, MINUTES_A_DAY)
    counted_day, _ = receive(calendar, received)
    halves = calendar.hours_of(day).halves
    row = calendar.row_of(day)
    if not halves:
        kind = StepKind.RECEIVED_ON_DAY_OFF
    elif counted_day != day:
        kind = StepKind.RECEIVED_AFTER_CLOSING
    elif minute_of_day < halves[0].opens:
        kind = StepKind.RECEIVED_BEFORE_OPENING
    elif len(halves) == 2 and halves[0].closes <= minute_of_day < halves[1].opens:
        kind = StepKind.RECEIVED_AT_BREAK
    else:
        kind = StepKind.RECEIVED
    closes = calendar.instant_of(calendar.closes[day]) if halves else None
    opens = calendar.instant_of(day * MINUTES_A_DAY + halves[0].opens) if halves else None
    return _step(
        calendar, kind, day, minute=received,
        counted_on=calendar.date_of(counted_day), closes_at=closes, opens_at=opens, name=row.name if row else None,
    )  # fmt: skip


def _opening(calendar: WorkCalendar, run: Run, *, is_extension: bool) -> Step:
    first = run.clock_from // MINUTES_A_DAY
    if is_extension:
        return _step(calendar, StepKind.EXTENDED, run.day, minute=run.begins, limit=run.limit)
    if not run.limit.is_same_day:
        return _step(calendar, StepKind.LIMIT, run.day, minute=run.clock_from, limit=run.limit)
    kind = StepKind.SAME_DAY if first == run.day else StepKind.SAME_DAY_MISSED
    until = calendar.instant_of(calendar.same_day_until(run.day))
    return _step(
        calendar,
        kind,
        run.day,
        minute=run.clock_from,
        law=SAME_DAY_LAW,
        until=until,
        due_on=calendar.date_of(first),
    )


def _middle(calendar: WorkCalendar, run: Run, pauses: Sequence[Pause]) -> Iterator[Step]:
    """Yield the days and pauses of one count, in order of time."""
    is_calendar_clock = run.limit.unit in {LimitUnit.DAY, LimitUnit.MONTH}
    days = _calendar_days(calendar, run) if is_calendar_clock else _office_days(calendar, run)
    paused = [
        _paused(calendar, stretch, pauses, is_calendar_clock=is_calendar_clock) for stretch in run.paused
    ]
    yield from sorted([*_folded(list(days)), *paused], key=_in_order)
    if is_calendar_clock and run.due is not None:
        yield from _rolled(calendar, run, run.due)


def _in_order(step: Step) -> tuple[int, int]:
    # A pause stands before the days that it touches, so that their shorter count is no surprise.
    return step.from_on.toordinal(), 0 if step.kind is StepKind.PAUSED else 1


def _paused(
    calendar: WorkCalendar,
    stretch: tuple[int, int | None],
    pauses: Sequence[Pause],
    *,
    is_calendar_clock: bool,
) -> Step:
    begins, ends = stretch
    reasons = [
        pause.reason
        for pause in pauses
        if (ends is None or calendar.minute_of(pause.from_at) < ends)
        and (pause.to_at is None or calendar.minute_of(pause.to_at) > begins)
    ]
    last = begins if ends is None else ends
    lost = last - begins if is_calendar_clock else calendar.worked_until(last) - calendar.worked_until(begins)
    return _step(
        calendar, StepKind.PAUSED, begins // MINUTES_A_DAY, last // MINUTES_A_DAY, minute=begins, law=PAUSE_LAW,
        to_at=None if ends is None else calendar.instant_of(ends),
        lost_minutes=lost, is_calendar_clock=is_calendar_clock, reasons=tuple(dict.fromkeys(reasons)),
    )  # fmt: skip


# --- days of an office clock ------------------------------------------------------------------


def _office_days(calendar: WorkCalendar, run: Run) -> Iterator[Step]:
    """Yield each day from the day after receipt (or of it, when its minutes count) to the last."""
    end = _known_end(run)
    spent = halves = 0
    base_out = begin(calendar, run.begins, run.limit)[2]
    budget = calendar.worked_until(base_out) - calendar.worked_until(run.clock_from)
    in_halves = run.limit.unit is LimitUnit.WORKING_DAY and not run.limit.is_same_day and not run.paused
    for day in range(_first_named(run), (end - 1) // MINUTES_A_DAY + 1):
        if not calendar.is_working(day):
            yield _rest(calendar, day)
            continue
        minutes = _counted(calendar, run, day, end)
        spent += minutes
        if not minutes:
            continue
        halves += _halves_by(calendar, day, end)
        row = calendar.row_of(day)
        yield _step(
            calendar, StepKind.WORKED, day, minutes=minutes,
            days=1, spent=spent, budget=budget, halves=halves if in_halves else None, limit=run.limit,
            row=row.kind if row else None, name=row.name if row else None,
            make_up_for=row.make_up_for if row else None,
        )  # fmt: skip


def _first_named(run: Run) -> int:
    """Return the day from which days are named; where "the same day" was missed, the rest that follows is named too."""
    first = run.clock_from // MINUTES_A_DAY
    return min(first, run.day + 1) if run.limit.is_same_day else first


def _known_end(run: Run) -> int:
    """Return where the naming of days stops: the run-out, or the open pause."""
    if run.due is None:
        return max(run.paused[-1][0], run.clock_from)
    return run.run_out


def _counted(calendar: WorkCalendar, run: Run, day: int, end: int) -> int:
    first = max(day * MINUTES_A_DAY, run.clock_from)
    last = min((day + 1) * MINUTES_A_DAY, end)
    minutes = calendar.worked_until(last) - calendar.worked_until(first)
    for begins, ends in run.paused:
        inner_first, inner_last = max(first, begins), last if ends is None else min(last, ends)
        if inner_first < inner_last:
            minutes -= calendar.worked_until(inner_last) - calendar.worked_until(inner_first)
    return minutes


def _halves_by(calendar: WorkCalendar, day: int, end: int) -> int:
    return sum(day * MINUTES_A_DAY + span.closes <= end for span in calendar.hours_of(day).halves)


def _rest(calendar: WorkCalendar, day: int) -> Step:
    row = calendar.row_of(day)
    if row is None:
        return _step(calendar, StepKind.RESTED, day, days=1)
    return _step(calendar, StepKind.OFF, day, days=1, name=row.name)


# --- days of a calendar clock -----------------------------------------------------------------


def _calendar_days(calendar: WorkCalendar, run: Run) -> Iterator[Step]:
    """Yield the stretches of days between pauses."""
    end, begins, spent = _known_end(run), run.clock_from, 0
    budget = begin(calendar, run.begins, run.limit)[2] - run.clock_from
    for paused_from, paused_to in (*run.paused, (end, end)):
        last = min(paused_from, end, begins + budget - spent)
        if begins < last:
            spent += last - begins
            yield _step(
                calendar, StepKind.RAN, begins // MINUTES_A_DAY, (last - 1) // MINUTES_A_DAY, minute=begins,
                minutes=last - begins, limit=run.limit, to_at=calendar.instant_of(last),
            )  # fmt: skip
        begins = end if paused_to is None else max(begins, paused_to)


def _rolled(calendar: WorkCalendar, run: Run, due_minute: int) -> Iterator[Step]:
    last, due_day = (run.run_out - 1) // MINUTES_A_DAY, due_minute // MINUTES_A_DAY
    has_resumed_late = bool(run.paused) and run.paused[-1][1] == run.run_out
    if last == due_day and not has_resumed_late:
        return
    row = calendar.row_of(last)
    kind = StepKind.RESUMED_LATE if has_resumed_late or calendar.is_working(last) else StepKind.ROLLED
    yield _step(calendar, kind, last, name=row.name if row else None, due_on=calendar.date_of(due_day))


# --- folding and ending -----------------------------------------------------------------------

_LONG = 7
"""More plain working days than this are told week by week."""

_VERY_LONG = 30
"""More than this are told from one named day to the next, across weekly rest."""


def _folded(steps: list[Step]) -> list[Step]:
    """Join neighbours that say the same: weekly rest always, working days as far as the length of the count asks for it."""
    worked = sum(step.kind is StepKind.WORKED for step in steps)
    kinds = {StepKind.RESTED, StepKind.WORKED} if worked > _LONG else {StepKind.RESTED}
    folded: list[Step] = []
    for step in steps:
        if folded and step.kind in kinds and _may_join(folded[-1], step):
            folded[-1] = _joined(folded[-1], step)
        elif worked > _VERY_LONG and _is_bridged(folded[-2:], step):
            folded[-2:] = [_joined(folded[-2], step)]
        else:
            folded.append(step)
    return folded


def _may_join(before: Step, step: Step) -> bool:
    return before.kind is step.kind and _is_next(before, step) and _is_plain(before) and _is_plain(step)


def _is_bridged(before: list[Step], step: Step) -> bool:
    """Say whether only a weekly rest lies between two runs of plain working days."""
    if [other.kind for other in (*before, step)] != [StepKind.WORKED, StepKind.RESTED, StepKind.WORKED]:
        return False
    run, rest = before
    return _is_next(run, rest) and _is_next(rest, step) and _is_plain(run) and _is_plain(step)


def _is_next(before: Step, step: Step) -> bool:
    return (step.from_on - before.to_on).days == 1


def _is_plain(step: Step) -> bool:
    return step.facts.get("row") is None


def _joined(before: Step, step: Step) -> Step:
    facts = {**step.facts, "days": _number(before, "days") + _number(step, "days")}
    return Step(step.kind, before.from_on, step.to_on, None, before.minutes + step.minutes, facts)


def _number(step: Step, name: str) -> int:
    value = step.facts[name]
    return value if isinstance(value, int) else 0


def _ending(calendar: WorkCalendar, run: Run, received: int, answer: DueDate, steps: list[Step]) -> Step:
    if run.due is None:
        return _step(calendar, StepKind.STOPPED, run.paused[-1][0] // MINUTES_A_DAY, minute=run.paused[-1][0])
    due_day = run.due // MINUTES_A_DAY
    if answer.forecast:
        years = calendar.forecast_years(received // MINUTES_A_DAY, due_day)
        steps.append(_step(calendar, StepKind.FORECAST, due_day, years=tuple(years)))
    return _step(calendar, StepKind.DUE, due_day, minute=run.due, forecast=answer.forecast)
