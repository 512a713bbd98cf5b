"""
The clocks of a dossier, asked of `calendars`. Here nothing is counted: facts go in, due dates come out.

A due date is a function of receipt, limit, pauses and extensions; when one of these facts is added the whole is
asked again, so it can be explained line by line at any time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from vanlang.calendars import api as calendars
from vanlang.calendars.api import DueDate, Extension, LimitUnit, Pause, TimeLimit
from vanlang.dossiers.models import Dossier, DueChange
from vanlang.dossiers.queries.times import TimeFacts, time_facts, waited_for_in
from vanlang.dossiers.rules import steps
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.types import DueChangeKind

ANSWER_LIMIT = TimeLimit(8, LimitUnit.HOUR)
"""How long a counter may leave a filing unanswered: eight office hours. Law: unverified"""

TIMED = ("due_at", "due_is_forecast", "calendar_version", "process", "step_due_at")
"""Columns that a new count may change."""


OPINION_DAYS = 5
"""Working days that who is asked for an opinion has, when the asker says nothing else. Law: unverified"""

CORRECTION_DAYS = 3
"""Working days for correcting an outcome that the agency got wrong, when the leader says nothing else. Law: unverified"""


def opinion_due_at(*, agency_id: int, days: int, at: dt.datetime) -> dt.datetime:
    """Return by when an agency that is asked at `at` must give its opinion, by its own calendar."""
    limit = TimeLimit(days, LimitUnit.WORKING_DAY)
    due = calendars.due(calendars.calendar_of(agency_id), received_at=at, limit=limit)
    assert due.due_at is not None  # noqa: S101 - nothing pauses here
    return due.due_at


def answer_due_at(*, agency_id: int, at: dt.datetime) -> dt.datetime:
    """Return by when the counter of an agency must answer what was filed at `at`."""
    due = calendars.due(calendars.calendar_of(agency_id), received_at=at, limit=ANSWER_LIMIT)
    assert due.due_at is not None  # noqa: S101 - nothing pauses here
    return due.due_at


def start(row: Dossier, *, limit: TimeLimit, process: Sequence[Step], at: dt.datetime) -> None:
    """Start the time limit on `row`: appointment, and the planned ends of the steps."""
    row.received_at = at
    row.limit_amount = Decimal(limit.amount.numerator) / limit.amount.denominator
    row.limit_unit = limit.unit.value
    row.original_due_at = _count(row, TimeFacts(limit), process)


def resume(row: Dossier, *, before: State, process: Sequence[Step], at: dt.datetime, reason: str) -> None:
    """End a pause on `row`: the appointment moves by the time that was waited. Before receipt there is none to move."""
    if row.received_at is None:
        row.answer_due_at = answer_due_at(agency_id=row.intake_agency_id, at=at)
        return
    assert row.paused_at is not None and row.due_at is not None  # noqa: S101 - constraints of the table
    waited_for = waited_for_in(before)
    facts, from_due_at = time_facts(row), row.due_at
    to_due_at = _count(
        row,
        TimeFacts(facts.limit, (*facts.pauses, Pause(row.paused_at, at, waited_for)), facts.extensions),
        process,
    )
    DueChange(
        dossier=row,
        kind=DueChangeKind.RESUMED,
        at=at,
        from_due_at=from_due_at,
        to_due_at=to_due_at,
        reason=reason,
        paused_from_at=row.paused_at,
        paused_to_at=at,
        pause_reason=waited_for.value,
    ).save(force_insert=True)


def reopen(row: Dossier, *, days: int, process: Sequence[Step], at: dt.datetime) -> dt.datetime:
    """Start the clock of a correction on `row`; the first issue and its appointment are kept aside. Return the due date."""
    assert row.finished_at is not None and row.due_at is not None  # noqa: S101 - it was issued
    if row.first_finished_at is None:
        row.first_finished_at, row.first_due_at = row.finished_at, row.due_at
    row.finished_at, row.reopened_at = None, at
    limit = TimeLimit(days, LimitUnit.WORKING_DAY)
    return _count(row, TimeFacts(limit), process)


def extend(
    row: Dossier,
    *,
    more: TimeLimit,
    process: Sequence[Step],
    reason: str,
    approver_id: int | None,
    at: dt.datetime,
) -> None:
    """Move the appointment of `row` by `more`."""
    assert row.due_at is not None  # noqa: S101 - only what was received can be extended
    facts, from_due_at = time_facts(row), row.due_at
    to_due_at = _count(
        row, TimeFacts(facts.limit, facts.pauses, (*facts.extensions, Extension(more))), process
    )
    DueChange(
        dossier=row,
        kind=DueChangeKind.EXTENDED,
        at=at,
        from_due_at=from_due_at,
        to_due_at=to_due_at,
        reason=reason,
        approver_id=approver_id,
        more_amount=Decimal(more.amount.numerator) / more.amount.denominator,
        more_unit=more.unit.value,
    ).save(force_insert=True)


def recount(row: Dossier, facts: TimeFacts, process: Sequence[Step]) -> None:
    """Count `row` again with the calendar of today; its facts, and so its pauses and extensions, stay."""
    _count(row, facts, process)


def recount_answer(row: Dossier) -> None:
    """Count again by when the counter must answer `row`: filed, or completed, at its last move."""
    row.answer_due_at = answer_due_at(agency_id=row.intake_agency_id, at=row.moved_at)


def _count(row: Dossier, facts: TimeFacts, process: Sequence[Step]) -> dt.datetime:
    begun_at = row.reopened_at or row.received_at
    assert begun_at is not None  # noqa: S101 - only what was received has a limit
    calendar = calendars.calendar_of(row.competent_agency_id)
    due: DueDate = calendars.due(
        calendar, received_at=begun_at, limit=facts.limit, pauses=facts.pauses, extensions=facts.extensions
    )
    assert due.due_at is not None  # noqa: S101 - every pause that is passed has ended
    row.due_at, row.due_is_forecast, row.calendar_version = due.due_at, due.forecast, due.calendar_version
    redone_from = _first_redone(row, process)
    ends = _planned_ends(begun_at, calendar, facts, process, redone_from)
    row.process = [
        {
            "name": step.name,
            "party": step.party.value,
            "share": step.share,
            "due_at": (step.due_at if index < redone_from and step.due_at is not None else end).isoformat(),
            "phase": step.phase,
        }
        for index, (step, end) in enumerate(zip(process, ends, strict=True))
    ]
    row.step_due_at = ends[max(row.position, redone_from)] if ends else None
    return due.due_at


def _first_redone(row: Dossier, process: Sequence[Step]) -> int:
    """Return the first step that a correction goes through again; outside a correction, the first of all."""
    if row.reopened_at is None or not process:
        return 0
    return steps.position_after(Act.REOPEN, steps=process, position=row.position, waits_for=Party.SPECIALIST)


def _planned_ends(
    begun_at: dt.datetime,
    calendar: calendars.WorkCalendar,
    facts: TimeFacts,
    process: Sequence[Step],
    redone_from: int,
) -> list[dt.datetime]:
    if not process:
        return []
    weights = [step.share if index >= redone_from else 0 for index, step in enumerate(process)]
    shares = calendars.split(
        calendar,
        received_at=begun_at,
        limit=facts.limit,
        planned_minutes=weights if any(weights) else [1] * len(process),
        pauses=facts.pauses,
        extensions=facts.extensions,
    )
    assert shares is not None  # noqa: S101 - every pause that is passed has ended
    return [share.due_at for share in shares]
