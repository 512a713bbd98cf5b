"""
Apologies (form 04) drafted by the house, one working day before an appointment that will hardly be kept.

    draft_apologies(at=…)     one round: a draft for each dossier near its appointment; run twice, the second finds nothing

A draft is a task for whoever holds the dossier (say why) and for the leader (send it with `extend`, or drop it with a
reason). It is never sent by itself, and it keeps no act back.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from fractions import Fraction

import structlog
from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.calendars import api as calendars
from vanlang.calendars.api import CalendarGapError, Extension, LimitUnit, TimeLimit
from vanlang.dossiers.events import ApologyDrafted
from vanlang.dossiers.models import ApologyDraft, Dossier
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.queries.times import time_facts
from vanlang.dossiers.rules import apology
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import PAUSED, UNFINISHED
from vanlang.dossiers.services.acting import Moved, complete, open_for, required_text
from vanlang.dossiers.services.remembering import OBJECT_TYPE, facts_of_event
from vanlang.dossiers.types import ApologyEnd
from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM

log = structlog.get_logger(__name__)

_RUNNING = sorted(UNFINISHED - PAUSED)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one batch did."""

    last: uuid.UUID | None
    """Where the next batch goes on; None when this one was the last."""
    drafted: int = 0


@transaction.atomic
def draft_apologies(*, at: dt.datetime, after: uuid.UUID | None = None) -> Drafted:
    """Draft the apologies of one batch of dossiers that are due within a working day, or overdue without one."""
    rows = Dossier.objects.select_for_update(of=("self",)).filter(
        state__in=_RUNNING, received_at__isnull=False, apology_drafted=False, due_at__lt=_due_before(at)
    )
    if after is not None:
        rows = rows.filter(pk__gt=after)
    batch = list(rows.order_by("pk")[:BATCH])
    known = set(ApologyDraft.objects.filter(dossier__in=batch).values_list("dossier_id", "due_at"))
    drafted = sum(_draft(row, at) for row in batch if (row.pk, row.due_at) not in known)
    return Drafted(batch[-1].pk if len(batch) == BATCH else None, drafted)


@transaction.atomic
def close_moot(*, at: dt.datetime) -> int:
    """Close drafts whose dossier was finished or whose appointment moved before anybody decided; return how many."""
    rows = ApologyDraft.objects.filter(ended_at__isnull=True).select_related("dossier").order_by("pk")
    moot = [row for row in rows if row.dossier.finished_at is not None or row.dossier.due_at != row.due_at]
    for row in moot:
        _end(row, ApologyEnd.MOOT, None, at)
        Dossier.objects.filter(pk=row.dossier_id).update(apology_drafted=False)
    return len(moot)


@transaction.atomic
def explain_delay(
    *, dossier_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    Say why it will be late, on the apology that waits for the leader.

    Raises: NotAcceptable("dossiers.reason_missing").
    """
    opening = open_for(
        Act.EXPLAIN_DELAY, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said, row = required_text(reason), opening.row
    ApologyDraft.objects.filter(dossier=row, ended_at__isnull=True).update(
        reason=said, explained_by_id=actor.appointment_id
    )
    return complete(opening, note=said, holder_id=row.holder_id, holder_unit_id=row.holder_unit_id)


@transaction.atomic
def drop_apology(
    *, dossier_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    Drop a drafted apology with a reason; for this appointment none is drafted again.

    Raises: NotAcceptable("dossiers.reason_missing").
    """
    opening = open_for(
        Act.DROP_APOLOGY, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said, row = required_text(reason), opening.row
    close(row, end=ApologyEnd.DROPPED, why=said, actor=actor, at=at)
    return complete(
        opening,
        note=said,
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        changed=("apology_drafted",),
    )


def close(row: Dossier, *, end: ApologyEnd, actor: Actor, at: dt.datetime, why: str = "") -> None:
    """End the drafted apology of a dossier, if there is one."""
    for draft in ApologyDraft.objects.filter(dossier=row, ended_at__isnull=True):
        _end(draft, end, actor.appointment_id, at, why)
    row.apology_drafted = False


def _end(
    draft: ApologyDraft, end: ApologyEnd, appointment_id: int | None, at: dt.datetime, why: str = ""
) -> None:
    draft.end, draft.ended_at, draft.ended_by_id, draft.dropped_why = end, at, appointment_id, why
    draft.save(update_fields=["end", "ended_at", "ended_by", "dropped_why"])


def _due_before(at: dt.datetime) -> dt.datetime:
    """Return the bound: what is due before it is at most a working day away. The agency's own hours are in its due date."""
    local = at.astimezone(VIETNAM)
    on = calendars.add_working_days(calendars.calendar_of(None), local.date(), apology.AHEAD_DAYS + 1)
    return dt.datetime.combine(on, dt.time(), tzinfo=VIETNAM)


def _draft(row: Dossier, at: dt.datetime) -> bool:
    """Write the draft of one dossier; return whether there was a day to propose."""
    assert row.due_at is not None  # noqa: S101 - filtered
    calendar, process = calendars.calendar_of(row.competent_agency_id), process_of(row)
    facts = time_facts(row)
    try:
        left = calendars.remaining(calendar, due_at=row.due_at, at=at)
        more = apology.days_needed(
            Fraction(facts.limit.amount),
            facts.limit.unit.value,
            process,
            position=row.position,
            overrun_days=left.working_days if left.is_late else 0,
        )
        new_due_at = calendars.due(
            calendar,
            received_at=row.reopened_at or row.received_at or row.due_at,
            limit=facts.limit,
            pauses=facts.pauses,
            extensions=(*facts.extensions, Extension(TimeLimit(more, LimitUnit.WORKING_DAY))),
        ).due_at
    except CalendarGapError:
        log.warning("apology_not_drafted", dossier_id=str(row.pk))
        return False
    assert new_due_at is not None  # noqa: S101 - nothing pauses here
    ApologyDraft(
        dossier=row,
        due_at=row.due_at,
        drafted_at=at,
        holder_id=row.holder_id,
        step_name=process[row.position].name if process else "",
        more_days=more,
        new_due_at=new_due_at,
    ).save(force_insert=True)
    row.apology_drafted = True
    row.save(update_fields=["apology_drafted"])
    record_act(
        act="dossiers.draft_apology",
        actor=SYSTEM,
        object_type=OBJECT_TYPE,
        object_id=row.pk,
        at=at,
        facts={"code": row.code, "due_at": row.due_at.isoformat(), "more_days": more},
    )
    events.publish(ApologyDrafted(due_at=row.due_at, new_due_at=new_due_at, **facts_of_event(row, at)))
    return True
