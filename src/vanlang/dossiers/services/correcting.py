"""
After the end: an issued outcome that the agency got wrong is corrected, kept, or revoked.

Nothing is taken back in silence: the former outcome stays, says what stands in its place, and how the first issue
stood to its appointment is kept for ever. A correction has a clock of its own.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.dossiers.errors import NotAcceptable
from vanlang.dossiers.models import Rectification
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.services import outcomes, timing
from vanlang.dossiers.services.acting import Moved, complete, open_for, required_text
from vanlang.dossiers.services.handing import check_officer
from vanlang.identity.api import Actor, Role
from vanlang.kernel.clock import VIETNAM
from vanlang.registers.api import revoke_entry

MOST_DAYS = 30


@transaction.atomic
def reopen(
    *,
    dossier_id: uuid.UUID,
    reason: str,
    to_appointment_id: int,
    actor: Actor,
    at: dt.datetime,
    days: int = timing.CORRECTION_DAYS,
    expected_version: int | None = None,
) -> Moved:
    """
    Reopen a dossier whose issued outcome the agency got wrong: a specialist works on it again, with `days` working days.

    The issued outcome stays in force until the corrected one is released in its place.
    Raises: NotAcceptable("dossiers.reason_missing"), ("dossiers.officer_not_suitable"), ("dossiers.correction_days").
    Law: unverified
    """
    opening = open_for(
        Act.REOPEN, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said, row = required_text(reason), opening.row
    if not 1 <= days <= MOST_DAYS:
        raise NotAcceptable("dossiers.correction_days", most=MOST_DAYS)
    unit_id = check_officer(row, to_appointment_id, Role.SPECIALIST, at)
    assert actor.appointment_id is not None  # noqa: S101 - the table lets only leaders reopen
    row.corrections += 1
    row.specialist_id, row.on_paper = to_appointment_id, False
    due_at = timing.reopen(row, days=days, process=process_of(row), at=at)
    Rectification(
        dossier=row,
        number=row.corrections,
        reason=said,
        opened_at=at,
        opened_by_id=actor.appointment_id,
        limit_days=days,
        due_at=due_at,
    ).save(force_insert=True)
    return complete(
        opening,
        note=said,
        holder_id=to_appointment_id,
        holder_unit_id=unit_id,
        facts={"correction": row.corrections},
        changed=("corrections", "on_paper", "first_finished_at", "first_due_at", *timing.TIMED),
    )


@transaction.atomic
def keep_outcome(
    *, dossier_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    End a correction because the issued outcome was right after all: it stays as it is.

    Raises: NotAcceptable("dossiers.reason_missing").
    """
    opening = open_for(
        Act.KEEP_OUTCOME, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said, row = required_text(reason), opening.row
    outcomes.leave_as_issued(row, actor=actor, at=at)
    return complete(opening, note=said, changed=("on_paper",))


@transaction.atomic
def revoke(
    *,
    dossier_id: uuid.UUID,
    reason: str,
    number: str,
    revoked_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Take an issued outcome out of force by a decision, from a day on.

    Raises: NotAcceptable("dossiers.reason_missing"), ("dossiers.decision_missing"), ("dossiers.revoked_before_issue").
    Law: unverified
    """
    opening = open_for(
        Act.REVOKE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said, row = required_text(reason), opening.row
    decision = required_text(number, "dossiers.decision_missing")
    outcome = outcomes.issued_of(row)
    if outcome.released_at is None or revoked_on < outcome.released_at.astimezone(VIETNAM).date():
        raise NotAcceptable("dossiers.revoked_before_issue")
    outcomes.revoke(outcome, reason=said, number=decision, revoked_on=revoked_on, actor=actor, at=at)
    row.outcome_revoked = True
    revoke_entry(dossier_id=row.pk, reason=f"{said} ({decision})", actor=actor, at=at)
    return complete(
        opening,
        note=said,
        facts={"decision": decision, "revoked_on": revoked_on.isoformat()},
        changed=("outcome_revoked",),
        told={"outcome_id": outcome.pk, "revoked_on": revoked_on},
    )
