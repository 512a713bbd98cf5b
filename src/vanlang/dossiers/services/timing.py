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
from vanlang.calendars.api import DueDate, Extension, LimitUnit, Pause, PauseReason, TimeLimit
from vanlang.dossiers.models import Dossier, DueChange
from vanlang.dossiers.queries.times import TimeFacts, time_facts
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.types import DueChangeKind

ANSWER_LIMIT = TimeLimit(8, LimitUnit.HOUR)
"""How long a counter may leave a filing unanswered: eight office hours. Law: unverified"""

TIMED = ("due_at", "due_is_forecast", "calendar_version", "process", "step_due_at")
"""Columns that a new count may change."""


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
    waited_for = PauseReason.OTHER_AGENCY if before is State.AWAITING_OPINION else PauseReason.SUPPLEMENT
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
    assert row.received_at is not None  # noqa: S101 - only what was received has a limit
    calendar = calendars.calendar_of(row.competent_agency_id)
    due: DueDate = calendars.due(
        calendar,
        received_at=row.received_at,
        limit=facts.limit,
        pauses=facts.pauses,
        extensions=facts.extensions,
    )
    assert due.due_at is not None  # noqa: S101 - every pause that is passed has ended
    row.due_at, row.due_is_forecast, row.calendar_version = due.due_at, due.forecast, due.calendar_version
    ends = _planned_ends(row.received_at, calendar, facts, process)
    row.process = [
        {"name": step.name, "party": step.party.value, "share": step.share, "due_at": end.isoformat()}
        for step, end in zip(process, ends, strict=True)
    ]
    row.step_due_at = ends[row.position] if ends else None
    return due.due_at


def _planned_ends(
    received_at: dt.datetime, calendar: calendars.WorkCalendar, facts: TimeFacts, process: Sequence[Step]
) -> list[dt.datetime]:
    if not process:
        return []
    weights = [step.share for step in process]
    shares = calendars.split(
        calendar,
        received_at=received_at,
        limit=facts.limit,
        planned_minutes=weights if any(weights) else [1] * len(process),
        pauses=facts.pauses,
        extensions=facts.extensions,
    )
    assert shares is not None  # noqa: S101 - every pause that is passed has ended
    return [share.due_at for share in shares]
