from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.calendars.api import TimeLimit
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.services import apologies, outcomes, timing
from vanlang.dossiers.services.acting import Moved, complete, open_for, required_text
from vanlang.dossiers.services.consulting import close_opinions
from vanlang.dossiers.types import ApologyEnd, Channel
from vanlang.identity.api import Actor

WITHDRAWN = "Người nộp rút hồ sơ"
"""Reason under which the register keeps a number that was given before the applicant withdrew."""


@transaction.atomic
def extend(
    *,
    dossier_id: uuid.UUID,
    more: TimeLimit,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Apologise and give a new appointment (form 04). The old one stays in the history, and lateness stays counted.

    Raises: NotAcceptable("dossiers.reason_missing").
    Law: unverified
    """
    opening = open_for(
        Act.EXTEND, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    said = required_text(reason)
    timing.extend(
        row, more=more, process=process_of(row), reason=said, approver_id=actor.appointment_id, at=at
    )
    row.extensions += 1
    apologies.close(row, end=ApologyEnd.SENT, actor=actor, at=at)
    return complete(
        opening,
        note=said,
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        changed=("extensions", "apology_drafted", *timing.TIMED),
    )


@transaction.atomic
def stop(
    *,
    dossier_id: uuid.UUID,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    legal_ground: str = "",
    guidance: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Stop processing before any outcome is issued, with its ground (form 05).

    Raises: NotAcceptable("dossiers.reason_missing").
    Law: unverified
    """
    opening = open_for(Act.STOP, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version)
    facts = {"legal_ground": legal_ground.strip(), "guidance": guidance.strip()}
    said = required_text(reason)
    outcomes.give_up(opening.row, reason=said, actor=actor, at=at)
    close_opinions(opening.row, why=said, actor=actor, at=at)
    return complete(opening, note=said, facts=facts)


@transaction.atomic
def withdraw(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> Moved:
    """Take a dossier back at the applicant's wish. A citizen owes no reason."""
    opening = open_for(
        Act.WITHDRAW, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    outcomes.give_up(opening.row, reason=reason.strip() or WITHDRAWN, actor=actor, at=at)
    close_opinions(opening.row, why=reason.strip() or WITHDRAWN, actor=actor, at=at)
    return complete(opening, note=reason.strip())


@transaction.atomic
def deliver(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    channel: Channel,
    receiver: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Hand the outcome to the citizen: over the counter to a named person, by post, or by their own opening it online.

    Raises: NotAcceptable("dossiers.receiver_missing") when a counter hands it to nobody.
    """
    opening = open_for(
        Act.DELIVER, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    if channel is not Channel.ONLINE:
        required_text(receiver, "dossiers.receiver_missing")
    opening.row.delivered_at = at
    return complete(
        opening, facts={"channel": channel.value, "receiver": receiver.strip()}, changed=("delivered_at",)
    )
