from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from procrastinate.contrib.django import app

from vanlang.audit.api import record_act
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import TransferCandidate, Transferred
from vanlang.identity.api import Actor, actor_of, get_appointments
from vanlang.kernel.errors import DomainError
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.vietnamese import normalise
from vanlang.teamwork.actors import Officer, officer_of
from vanlang.teamwork.errors import NotAcceptableError, TeamworkNotFoundError, TransferError
from vanlang.teamwork.models import Transfer, TransferLine
from vanlang.teamwork.queries.transfers import Resolved, moved_by, preview_transfer, resolve
from vanlang.teamwork.types import Destination, LineState, Source, SourceKind, TransferState

BATCH = 50
"""Dossiers in one transaction: locks are short, and a killed worker loses at most so many to do again."""


def order_transfer(
    *,
    source: Source,
    destination: Destination,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    decision: str = "",
    only: frozenset[uuid.UUID] | None = None,
) -> uuid.UUID:
    """
    Order that the open work of `source` goes to `destination`; return the transfer's id. A job carries it out.

    What cannot be moved is a line with its reason from the start.
    Raises: TransferNotAllowedError, NotAcceptableError, TransferError when there is nothing to move.
    """
    said = normalise(reason)
    if not said:
        raise NotAcceptableError("teamwork.transfer_without_reason")
    me = officer_of(actor)
    preview = preview_transfer(source, destination, actor=actor, at=at, only=only)
    if not preview.moving:
        raise TransferError
    with acting(Scope.system()), transaction.atomic():
        row = _write_order(preview.order, source, destination, me=me, at=at, reason=said, decision=decision)
        _write_lines(row, preview.candidates)
        facts = {
            "source": str(source.kind),
            "source_id": source.id,
            "to_agency": destination.agency_id,
            "dossiers": preview.moving,
        }
        record_act(act="teamwork.order_transfer", actor=actor, object_type="transfer", object_id=row.pk, at=at, facts=facts)  # fmt: skip
        _defer(row.pk)
    return row.pk


def _write_order(
    order: Resolved,
    source: Source,
    destination: Destination,
    *,
    me: Officer,
    at: dt.datetime,
    reason: str,
    decision: str,
) -> Transfer:
    return Transfer.objects.create(
        agency_id=me.agency_id,
        appointment_id=me.appointment_id,
        ordered_by_name=me.name,
        ordered_at=at,
        reason=reason[:300],
        decision=normalise(decision)[:100],
        source_kind=source.kind,
        source_id=source.id,
        source_words=order.source_words[:300],
        to_agency_id=destination.agency_id,
        to_unit_id=destination.unit_id,
        to_officer_id=destination.officer_id,
        to_leader_id=destination.leader_id,
        to_words=order.target_words[:300],
        state=TransferState.ORDERED,
    )


def _write_lines(row: Transfer, candidates: Sequence[TransferCandidate]) -> None:
    TransferLine.objects.bulk_create(
        [
            TransferLine(
                transfer=row,
                position=position,
                dossier_id=one.dossier_id,
                code=one.code,
                version=one.version,
                line=LineState.WAITING if one.refusal is None else LineState.REFUSED,
                why=one.refusal.code if one.refusal else "",
            )
            for position, one in enumerate(candidates, start=1)
        ]
    )


def order_return(*, transfer_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Order that what a transfer moved goes back: another transfer, of those dossiers alone.

    Raises: TeamworkNotFoundError; TransferError for an agency that is no more.
    """
    row = Transfer.objects.filter(pk=transfer_id, agency_id=officer_of(actor).agency_id).first()
    if row is None:
        raise TeamworkNotFoundError
    back = _way_back(row)
    if back is None:
        raise TransferError("teamwork.transfer_no_way_back")
    source, destination = back
    return order_transfer(
        source=source, destination=destination, reason=reason, actor=actor, at=at, only=moved_by(transfer_id)
    )


def resume_transfer(*, transfer_id: uuid.UUID, actor: Actor) -> None:
    """File the job again; it goes on where it stopped, and does nothing when another one is at it."""
    if not Transfer.objects.filter(pk=transfer_id, agency_id=officer_of(actor).agency_id).exists():
        raise TeamworkNotFoundError
    _defer(transfer_id)


def carry_out_batch(*, transfer_id: uuid.UUID, at: dt.datetime, size: int = BATCH) -> int:
    """
    Move the next dossiers of a transfer in one transaction; return how many lines still wait.

    Lines and dossiers change together or not at all: run twice, or killed in between, nothing is moved twice.
    """
    with acting(Scope.system()), transaction.atomic():
        row = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)
        waiting = TransferLine.objects.filter(transfer=row, line=LineState.WAITING)
        lines = list(waiting.order_by("position")[:size])
        if lines:
            _move(row, lines, at)
        left = waiting.count()
        row.state = TransferState.RUNNING if left else TransferState.DONE
        row.finished_at = None if left else row.finished_at or at
        row.save(update_fields=["state", "finished_at"])
    return left


def _move(row: Transfer, lines: list[TransferLine], at: dt.datetime) -> None:
    actor = actor_of(get_appointments([row.appointment_id])[row.appointment_id])
    try:
        with transaction.atomic():
            order = resolve(_source(row), _destination(row), actor=actor, at=at)
            done = dossiers.transfer(
                dossier_ids=[line.dossier_id for line in lines],
                source=order.source,
                target=order.target,
                reason=row.reason,
                decision=row.decision,
                actor=actor,
                at=at,
            )
    except (
        DomainError
    ) as error:  # who was to receive it has left, say: the order cannot be carried out any more
        _refuse(lines, error.code)
    else:
        _note(lines, {one.dossier_id: one for one in done}, at)
    TransferLine.objects.bulk_update(lines, ["line", "why", "version", "moved_at"])


def _note(lines: list[TransferLine], done: dict[uuid.UUID, Transferred], at: dt.datetime) -> None:
    for line in lines:
        one = done[line.dossier_id]
        line.version = one.version
        if one.refusal is None:
            line.line, line.moved_at = LineState.DONE, at
        else:
            line.line, line.why = LineState.REFUSED, one.refusal.code


def _refuse(lines: list[TransferLine], code: str) -> None:
    for line in lines:
        line.line, line.why = LineState.REFUSED, code


def _source(row: Transfer) -> Source:
    return Source(kind=SourceKind(row.source_kind), id=row.source_id)


def _destination(row: Transfer) -> Destination:
    return Destination(
        agency_id=row.to_agency_id,
        unit_id=row.to_unit_id,
        officer_id=row.to_officer_id,
        leader_id=row.to_leader_id,
    )


def _way_back(row: Transfer) -> tuple[Source, Destination] | None:
    """Return the order that leads back. An agency that is no more takes nothing back."""
    if row.source_kind == SourceKind.AGENCY:
        return None
    if row.to_officer_id is not None:
        source = Source(kind=SourceKind.OFFICER, id=row.to_officer_id)
    elif row.to_unit_id is not None:
        source = Source(kind=SourceKind.UNIT, id=row.to_unit_id)
    elif row.to_leader_id is not None:
        source = Source(kind=SourceKind.OFFICER, id=row.to_leader_id)
    else:
        return None
    if row.source_kind == SourceKind.UNIT:
        return source, Destination(agency_id=row.to_agency_id, unit_id=row.source_id)
    card = get_appointments([row.source_id])[row.source_id]
    roles = {role.value for role in card.roles}
    return source, Destination(
        agency_id=card.agency_id,
        unit_id=card.unit_id,
        officer_id=card.id if "specialist" in roles else None,
        leader_id=card.id if "leader" in roles else None,
    )


def _defer(transfer_id: uuid.UUID) -> None:
    """File the job in the caller's transaction: no order without a job, no job without an order."""
    app.configure_task("teamwork.transfer", queue="teamwork").defer(transfer_id=str(transfer_id))
