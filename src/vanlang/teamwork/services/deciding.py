from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from vanlang.audit.api import record_act
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, DossierPage, InboxFilter, InboxQuery, Medium, State
from vanlang.identity.api import Actor, Role, actor_of, get_appointments, list_appointments, scope_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.vietnamese import normalise
from vanlang.signing import api as signing
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.errors import BatchError, TeamworkNotFoundError
from vanlang.teamwork.models import Batch, BatchLine
from vanlang.teamwork.rules.deciding import MOST, may_mark, may_sign
from vanlang.teamwork.types import BatchState, Choice, LineState

LOOK = "Duyệt kết quả theo lượt"
"""The purpose under which a look at a proposal is recorded."""


@transaction.atomic
def open_batch(*, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Return the leader's batch: the open one with what was proposed since, or a new one.

    Raises: BatchError("teamwork.batch_no_proposals"), ("teamwork.batch_running").
    """
    me = officer_of(actor)
    mine = Batch.objects.select_for_update(of=("self",)).filter(appointment_id=me.appointment_id)
    row = mine.exclude(state=BatchState.DONE).first()
    if row is not None and row.state == BatchState.RUNNING:
        raise BatchError("teamwork.batch_running")
    query = InboxQuery(filter=InboxFilter.MINE, state=State.PROPOSED)
    cards = dossiers.search_inbox(actor, query, at=at).cards[:MOST] if actor.has(Role.LEADER) else ()
    if row is None:
        if not cards:
            raise BatchError("teamwork.batch_no_proposals")
        row = Batch.objects.create(
            agency_id=me.agency_id, appointment_id=me.appointment_id, state=BatchState.OPEN, opened_at=at
        )
    known = set(row.lines.values_list("dossier_id", flat=True))
    fresh = [card for card in cards if card.dossier_id not in known][: MOST - len(known)]
    BatchLine.objects.bulk_create(
        [
            BatchLine(batch=row, position=position, dossier_id=card.dossier_id, code=card.code or "", line=LineState.WAITING)
            for position, card in enumerate(fresh, start=len(known) + 1)
        ]
    )  # fmt: skip
    return row.pk


def look_at(*, batch_id: uuid.UUID, position: int, actor: Actor, at: dt.datetime) -> DossierPage:
    """
    Return a proposal of the batch, opened: the read is recorded, and that this version was looked at.

    Raises: TeamworkNotFoundError, DossierNotFound.
    """
    with transaction.atomic():
        line = _line(batch_id, position, actor)
        page = dossiers.get_dossier_page(line.dossier_id, actor=actor, purpose=LOOK, at=at)
        if line.line == LineState.WAITING and line.batch.state == BatchState.OPEN:
            if line.looked_version != page.version:
                line.choice = ""  # what was marked, was marked of another version
            line.looked_at, line.looked_version = at, page.version
            line.save(update_fields=["looked_at", "looked_version", "choice"])
    return page


@transaction.atomic
def mark(
    *, batch_id: uuid.UUID, position: int, choice: Choice, actor: Actor, at: dt.datetime, reason: str = ""
) -> None:
    """
    Mark a proposal to be approved, returned with a reason, or left for later. Nothing is done to it yet.

    Raises: BatchError("teamwork.batch_not_looked"), ("teamwork.batch_return_without_reason"), ("teamwork.batch_running").
    """
    line = _line(batch_id, position, actor)
    if line.batch.state != BatchState.OPEN:
        raise BatchError("teamwork.batch_running")
    refuse_if(may_mark(choice, looked_at=line.looked_at, reason=reason), BatchError)
    line.choice, line.reason = choice, normalise(reason)[:2000] if choice is Choice.RETURN else ""
    line.save(update_fields=["choice", "reason"])


@transaction.atomic
def start_batch(
    *, batch_id: uuid.UUID, actor: Actor, at: dt.datetime, signs: bool, factor_at: dt.datetime | None
) -> None:
    """
    Have the marked proposals carried out by a job, one act each; started again it goes on where it stopped.

    `signs` also signs what was approved, with a second factor that the view asked for at `factor_at`.
    Raises: BatchError("teamwork.batch_nothing_marked"), ("teamwork.batch_factor_old"); AuthorityError when a first certificate cannot be had now.
    """
    row = _batch(batch_id, actor, locked=True)
    if row.state == BatchState.DONE or not _to_do(row).exists():
        raise BatchError("teamwork.batch_nothing_marked")
    if signs:
        refuse_if(may_sign(factor_at=factor_at, at=at), BatchError)
        _ensure_certificate(actor, at)
    row.state, row.signs, row.factor_at = BatchState.RUNNING, signs, factor_at if signs else None
    row.save(update_fields=["state", "signs", "factor_at"])
    record_act(
        act="teamwork.start_batch", actor=actor, object_type="batch", object_id=row.pk, at=at,
        facts={"signs": signs, "marked": _to_do(row).count()},
    )  # fmt: skip
    _defer(row.pk)


def _defer(batch_id: uuid.UUID) -> None:
    """File the job in the caller's transaction. The jobs of one batch stand in one line: two would do each other's work."""
    lock = f"teamwork.batch:{batch_id}"
    app.configure_task("teamwork.batch", queue="teamwork", lock=lock).defer(batch_id=str(batch_id))


def carry_out_next(*, batch_id: uuid.UUID, at: dt.datetime) -> bool:
    """
    Carry out the next marked proposal; return whether another one waits.

    Approval and signature are an act and a transaction each. What was approved before a crash is only signed after it.
    """
    with acting(Scope.system()):
        row = Batch.objects.get(pk=batch_id)
        actor = _leader(row, at)
    if actor is None or row.state != BatchState.RUNNING:
        return False
    with acting(scope_of(actor)):
        line = _to_do(row).order_by("position").first()
        if line is not None:
            _carry_out(row, line, actor, at)
        is_left = _to_do(row).exists()
        if not is_left:
            Batch.objects.filter(pk=row.pk, state=BatchState.RUNNING).update(
                state=BatchState.DONE, finished_at=at
            )
    return is_left


def _carry_out(row: Batch, line: BatchLine, actor: Actor, at: dt.datetime) -> None:
    try:
        if line.choice == Choice.RETURN:
            with transaction.atomic():
                dossiers.return_for_rework(
                    dossier_id=line.dossier_id,
                    reason=line.reason,
                    actor=actor,
                    at=at,
                    expected_version=line.looked_version,
                )
                _done(line, at)
            return
        version = _approve(line, actor, at)
        _sign(row, line, version, actor, at)
    except DomainError as error:
        BatchLine.objects.filter(pk=line.pk, line=LineState.WAITING).update(
            line=LineState.REFUSED,
            why=error.code,
            facts={key: str(value) for key, value in error.facts.items()},
            done_at=at,
        )


def _approve(line: BatchLine, actor: Actor, at: dt.datetime) -> int | None:
    """Approve, or endorse where a higher leader follows; return the version to sign, or None when nothing is to be signed."""
    page = dossiers.get_dossier_page(line.dossier_id, actor=actor, purpose=LOOK, at=at)
    if line.approved:
        return page.version if page.state is State.APPROVED else None
    acts = {button.act for button in page.acts}
    command = dossiers.endorse if Act.ENDORSE in acts and Act.APPROVE not in acts else dossiers.approve
    with transaction.atomic():
        moved = command(dossier_id=line.dossier_id, actor=actor, at=at, expected_version=line.looked_version)
        line.approved = True
        line.save(update_fields=["approved"])
    is_electronic = page.outcome is not None and page.outcome.medium is Medium.ELECTRONIC
    return moved.version if moved.state is State.APPROVED and is_electronic else None


def _sign(row: Batch, line: BatchLine, version: int | None, actor: Actor, at: dt.datetime) -> None:
    with transaction.atomic():
        if row.signs and version is not None:
            refuse_if(may_sign(factor_at=row.factor_at, at=at), BatchError)
            dossiers.sign(dossier_id=line.dossier_id, actor=actor, at=at, expected_version=version)
            line.signed = True
        _done(line, at)


def _done(line: BatchLine, at: dt.datetime) -> None:
    line.line, line.done_at = LineState.DONE, at
    line.save(update_fields=["line", "signed", "done_at"])


def _to_do(row: Batch) -> QuerySet[BatchLine]:
    """Return what is marked and not carried out."""
    return BatchLine.objects.filter(
        batch=row, line=LineState.WAITING, choice__in=sorted({Choice.APPROVE, Choice.RETURN})
    )


def _ensure_certificate(actor: Actor, at: dt.datetime) -> None:
    """See that the leader has a key to sign with; the first time, one is asked for."""
    me = officer_of(actor)
    if signing.find_credential_of_appointment(me.appointment_id) is None:
        signing.enrol_officer(appointment_id=me.appointment_id, actor=actor, at=at)


def _leader(row: Batch, at: dt.datetime) -> Actor | None:
    """Return who marked the batch, as they stand today; None when their appointment is over."""
    on = at.astimezone(VIETNAM).date()
    card = get_appointments([row.appointment_id])[row.appointment_id]
    valid = {one.id: one for one in list_appointments(card.account_id, on)}
    return actor_of(valid[card.id]) if card.id in valid else None


def _batch(batch_id: uuid.UUID, actor: Actor, *, locked: bool = False) -> Batch:
    rows = Batch.objects.filter(pk=batch_id, appointment_id=officer_of(actor).appointment_id)
    row = (rows.select_for_update(of=("self",)) if locked else rows).first()
    if row is None:
        raise TeamworkNotFoundError
    return row


def _line(batch_id: uuid.UUID, position: int, actor: Actor) -> BatchLine:
    row = _batch(batch_id, actor)
    line = (
        BatchLine.objects.select_for_update(of=("self",))
        .select_related("batch")
        .filter(batch=row, position=position)
        .first()
    )
    if line is None:
        raise TeamworkNotFoundError
    return line
