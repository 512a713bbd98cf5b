"""
After a change of the calendar: what rests on the changed days is counted again.

    recounted = recount(change=…, after=None, at=…)      one batch, one transaction
    recounted = recount(change=…, after=recounted.last, at=…)      … until `last` is None

Facts do not change here, so neither a pause nor an extension is touched: receipt, limit, pauses and extensions are
counted once more, with the newest calendar. Who counted a dossier with this edition, an act or an earlier run of the
same job, has set its `calendar_version`: it is passed over, so a second run finds nothing.
Nobody acted, so the dossier's version stays and an officer's open page is not refused.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import structlog
from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.calendars.api import CalendarGapError
from vanlang.dossiers import labels
from vanlang.dossiers.events import DossierDueMoved
from vanlang.dossiers.models import Dossier, DueChange
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.queries.recounting import lock_resting_on
from vanlang.dossiers.queries.times import TimeFacts, time_facts_of
from vanlang.dossiers.rules.periods import CalendarChange, Period, within
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.remembering import OBJECT_TYPE, facts_of_event
from vanlang.dossiers.types import DueChangeKind
from vanlang.identity.api import SYSTEM
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM

log = structlog.get_logger(__name__)

BATCH = 100
"""Dossiers a transaction: a few tenths of a second, for which an officer who acts on one of them waits at most."""


@dataclass(frozen=True, slots=True)
class Recounted:
    """What one batch did."""

    last: uuid.UUID | None
    """Where the next batch goes on; None when this one was empty."""
    moved: int = 0
    """How many appointments, or counters' answers, moved."""


@transaction.atomic
def recount(*, change: CalendarChange, after: uuid.UUID | None = None, at: dt.datetime) -> Recounted:
    """
    Count a batch of dossiers again that rest on a changed calendar.

    A moved appointment leaves a due change, an audit line and `DossierDueMoved`; one that only stops or starts being
    a forecast leaves the audit line. A count that leaves the calendar is logged and its dossier left as it was.
    Law: unverified
    """
    rows = lock_resting_on(change, after=after, limit=BATCH)
    facts = time_facts_of(rows)
    moved = sum(_count_again(row, facts.get(row.pk), change, at) for row in rows)
    return Recounted(rows[-1].pk if rows else None, moved)


def _count_again(row: Dossier, facts: TimeFacts | None, change: CalendarChange, at: dt.datetime) -> bool:
    """Write the new count of one dossier; return whether its date moved."""
    from_due_at, was_forecast = row.due_at or row.answer_due_at, row.due_is_forecast
    try:
        _tick(row, facts, change)
    except CalendarGapError:
        log.warning("dossier_not_recounted", dossier_id=str(row.pk), calendar_version=change.version)
        return False
    row.save(update_fields=["answer_due_at", *timing.TIMED])
    to_due_at = row.due_at or row.answer_due_at
    if (to_due_at, row.due_is_forecast) != (from_due_at, was_forecast):
        _remember(row, from_due_at, to_due_at, at)
    if row.due_at is None or to_due_at == from_due_at:
        return to_due_at != from_due_at
    _add_due_change(row, from_due_at, row.due_at, change, at)
    events.publish(
        DossierDueMoved(
            from_due_at=from_due_at,
            due_at=row.due_at,
            calendar_version=row.calendar_version,
            **facts_of_event(row, at),
        )
    )
    return True


def _tick(row: Dossier, facts: TimeFacts | None, change: CalendarChange) -> None:
    if facts is not None:
        timing.recount(row, facts, process_of(row))
    else:
        timing.recount_answer(row)
        row.calendar_version = change.version


def _add_due_change(
    row: Dossier, from_due_at: dt.datetime, to_due_at: dt.datetime, change: CalendarChange, at: dt.datetime
) -> None:
    DueChange(
        dossier=row,
        kind=DueChangeKind.CALENDAR,
        at=at,
        from_due_at=from_due_at,
        to_due_at=to_due_at,
        reason=labels.days_changed(_days_of(row, from_due_at, change)),
        calendar_version=row.calendar_version,
    ).save(force_insert=True)


def _days_of(row: Dossier, from_due_at: dt.datetime, change: CalendarChange) -> tuple[Period, ...]:
    """Return the changed days that the due date of `row` rested on."""
    assert row.received_at is not None  # noqa: S101 - only what was received has an appointment
    first_on, last_on = row.received_at.astimezone(VIETNAM).date(), from_due_at.astimezone(VIETNAM).date()
    return within(change.periods, first_on=first_on, last_on=last_on)


def _remember(row: Dossier, from_due_at: dt.datetime, to_due_at: dt.datetime, at: dt.datetime) -> None:
    record_act(
        act="dossiers.recount",
        actor=SYSTEM,
        object_type=OBJECT_TYPE,
        object_id=row.pk,
        at=at,
        facts={
            "code": row.code,
            "from_due_at": from_due_at.isoformat(),
            "to_due_at": to_due_at.isoformat(),
            "forecast": row.due_is_forecast,
            "calendar_version": row.calendar_version,
        },
    )
