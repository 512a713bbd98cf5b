"""
Decide on an import: apply it, withdraw it, undo it. Applying and undoing run as jobs, batch after batch.

A batch is one transaction; a group that another app refuses is marked with the reason and the rest goes on. Whatever dies
when, the job goes on where the last committed batch ended: written lines are marked in the transaction that wrote them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Sequence

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from vanlang.audit.api import record_act
from vanlang.configuration.errors import ImportConflictError, ImportNotAllowedError, UnknownImportError
from vanlang.configuration.kinds import KINDS, Kind
from vanlang.configuration.kinds.base import World
from vanlang.configuration.models import ImportRow, ImportRun
from vanlang.configuration.rules.authority import may_decide
from vanlang.configuration.rules.planning import key_of
from vanlang.configuration.services.world import is_province, world_of
from vanlang.configuration.types import Group, ImportState, RowStatus
from vanlang.identity.api import Actor, actor_of, get_appointments
from vanlang.kernel.errors import DomainError, refuse_if
from vanlang.sheets.api import Values

BATCH = 500
"""Lines of one transaction."""
_WRITES = [RowStatus.NEW, RowStatus.CHANGED, RowStatus.REMOVED]
_TOUCHED = [*_WRITES, RowStatus.SAME]


@transaction.atomic
def apply_import(
    *, run_id: uuid.UUID, accept_former_names: bool, running_dossiers: str, actor: Actor, at: dt.datetime
) -> None:
    """
    Let an import be written, by a job. Lines with former names are left out unless they are accepted.

    `running_dossiers` is the sentence that the reader agreed to about dossiers under older versions; it is kept.
    Raises: ImportNotAllowedError to who proposed it, where a second person is asked for; ImportConflictError.
    """
    run = _locked(run_id)
    _may_decide(run, actor, at)
    if run.state != ImportState.PROPOSED:
        raise ImportConflictError
    waiting = run.rows.filter(status__in=_WRITES)
    if not accept_former_names:
        named = run.rows.exclude(proposals=[]).values("group")
        refused = run.rows.filter(group__in=named, status__in=_TOUCHED)
        refused.update(refused={"code": "configuration.former_name", "facts": {}})
        waiting = waiting.filter(refused__isnull=True)
    run.state, run.decided_by_id, run.decided_at = ImportState.APPLYING, actor.appointment_id, at
    run.choices = {"former_names": accept_former_names, "running_dossiers": running_dossiers}
    run.total_groups, run.done_groups = waiting.values("group").distinct().count(), 0
    run.save()
    _record("apply", run, actor, at)
    jobs.configure_task("configuration.write", queue="configuration").defer(run_id=str(run.pk))


@transaction.atomic
def withdraw_import(*, run_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Set an import aside that nobody shall apply. Who proposed it may, too."""
    run = _locked(run_id)
    refuse_if(
        may_decide(needs_second_person=False, proposed_by=0, decides=1, own_agency=run.agency_id == actor.agency_id,
                   is_province=is_province(actor, at.date())),
        ImportNotAllowedError,
    )  # fmt: skip
    if run.state != ImportState.PROPOSED:
        raise ImportConflictError
    run.state, run.decided_by_id, run.decided_at = ImportState.WITHDRAWN, actor.appointment_id, at
    run.save(update_fields=["state", "decided_by", "decided_at"])
    _record("withdraw", run, actor, at)


@transaction.atomic
def undo_import(*, run_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Let an applied import be written back, by a job. Lines on which something newer rests stay, with the reason."""
    run = _locked(run_id)
    _may_decide(run, actor, at)
    if run.state != ImportState.APPLIED:
        raise ImportConflictError("configuration.not_applied")
    run.state, run.undone_by_id, run.finished_at = ImportState.UNDOING, actor.appointment_id, None
    written = run.rows.filter(written_at__isnull=False, status__in=_WRITES)
    run.total_groups, run.done_groups = written.values("group").distinct().count(), 0
    run.save()
    _record("undo", run, actor, at)
    jobs.configure_task("configuration.undo", queue="configuration").defer(run_id=str(run.pk))


@transaction.atomic
def write_batch(*, run_id: uuid.UUID, at: dt.datetime) -> bool:
    """Write the next lines of an import; return whether more are left."""
    run = _locked(run_id)
    if run.state != ImportState.APPLYING:
        return False
    rows = _next_rows(run, {"status__in": _TOUCHED, "written_at__isnull": True, "refused__isnull": True})
    if not rows:
        run.state, run.finished_at = ImportState.APPLIED, at
        run.save(update_fields=["state", "finished_at"])
        return False
    kind, world = KINDS[run.kind], _world(run.decided_by_id, at)
    batches = [(lines, _group_of(lines)) for lines in _grouped(rows)]
    if not _all_at_once(kind, [group for _, group in batches], world, at):
        for lines, group in batches:
            _write(kind, group, lines, world, at)
    _mark(rows, written_at=at)
    run.done_groups += len(batches)
    run.save(update_fields=["done_groups"])
    return True


@transaction.atomic
def undo_batch(*, run_id: uuid.UUID, at: dt.datetime) -> bool:
    """Write the next lines back, the last first; return whether more are left."""
    run = _locked(run_id)
    if run.state != ImportState.UNDOING:
        return False
    rows = _next_rows(
        run, {"written_at__isnull": False, "undone_at__isnull": True, "refused__isnull": True}, backwards=True
    )  # fmt: skip
    if not rows:
        run.state, run.finished_at = ImportState.UNDONE, at
        run.save(update_fields=["state", "finished_at"])
        return False
    kind, world = KINDS[run.kind], _world(run.undone_by_id, at)
    now = kind.now(world)
    for lines in _grouped(rows):
        group = _group_of(lines)
        if _sorted(kind, now.get(group.key, ())) != _sorted(kind, group.after):
            _refuse(lines, ImportConflictError("configuration.newer_rests_on_it"))
            continue
        _write(kind, Group(group.key, before=group.after, after=group.before), lines, world, at)
    _mark(rows, undone_at=at)
    run.done_groups += len({line.group for line in rows})
    run.save(update_fields=["done_groups"])
    return True


def _next_rows(run: ImportRun, which: dict[str, object], *, backwards: bool = False) -> list[ImportRow]:
    """Return about a batch of lines, whole groups only: the last group is followed to its end."""
    order = "-place" if backwards else "place"
    rows = list(run.rows.filter(**which).order_by(order)[: BATCH + 1])
    if len(rows) <= BATCH:
        return rows
    last = rows[-1].group
    kept = [row for row in rows if row.group != last]
    return kept or list(run.rows.filter(group=last, **which).order_by(order))


def _grouped(rows: Sequence[ImportRow]) -> list[list[ImportRow]]:
    return [list(lines) for _, lines in itertools.groupby(rows, key=lambda row: row.group)]


def _group_of(lines: Sequence[ImportRow]) -> Group:
    return Group(
        lines[0].group,
        before=tuple(line.before for line in lines if line.before is not None),
        after=tuple(line.after for line in lines if line.after is not None),
    )


def _all_at_once(kind: Kind, groups: Sequence[Group], world: World, at: dt.datetime) -> bool:
    """Write a batch in one go where the kind can; when anything in it is refused, the lines are tried one by one."""
    try:
        with transaction.atomic():
            return kind.write_many(groups, world=world, at=at)
    except DomainError:
        return False


def _write(kind: Kind, group: Group, lines: Sequence[ImportRow], world: World, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            kind.write(group, world=world, at=at)
    except DomainError as error:
        _refuse(lines, error)


def _mark(rows: Sequence[ImportRow], **done: dt.datetime) -> None:
    """Write on the lines that they are done, or why they are not."""
    ImportRow.objects.filter(pk__in=[row.pk for row in rows if row.refused is None]).update(**done)
    ImportRow.objects.bulk_update([row for row in rows if row.refused is not None], ["refused"])


def _refuse(lines: Sequence[ImportRow], error: DomainError) -> None:
    for line in lines:
        line.refused = {
            "code": error.code,
            "facts": {name: str(value) for name, value in error.facts.items()},
        }


def _sorted(kind: Kind, lines: Sequence[Values]) -> list[Values]:
    return sorted(lines, key=lambda values: key_of(kind.sheet, values))


def _world(appointment_id: int | None, at: dt.datetime) -> World:
    cards = get_appointments([appointment_id or 0])
    return world_of(actor_of(cards[appointment_id or 0]), at)


def _locked(run_id: uuid.UUID) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise UnknownImportError
    return run


def _may_decide(run: ImportRun, actor: Actor, at: dt.datetime) -> None:
    kind = KINDS[run.kind]
    if not actor.has(kind.card.role):
        raise ImportNotAllowedError
    refuse_if(
        may_decide(
            needs_second_person=kind.card.needs_second_person,
            proposed_by=run.proposed_by.account_id,
            decides=actor.account_id or 0,
            own_agency=run.agency_id == actor.agency_id,
            is_province=is_province(actor, at.date()),
        ),
        ImportNotAllowedError,
    )


def _record(act: str, run: ImportRun, actor: Actor, at: dt.datetime) -> None:
    record_act(
        act=f"configuration.{act}_import", actor=actor, object_type="import", object_id=run.pk, at=at,
        facts={"kind": run.kind, **run.choices},
    )  # fmt: skip
