"""Tables as the tests hand them in: a kind's own workbook, with lines by column."""

from __future__ import annotations

import datetime as dt
import uuid

from vanlang.configuration import services
from vanlang.configuration.kinds import KINDS
from vanlang.configuration.models import ImportRow, ImportRun
from vanlang.identity.api import Actor
from vanlang.kernel.scope import Scope, acting
from vanlang.sheets.api import EMPTY, Value, Values, grid_of, read, workbook


def table(kind: str, *lines: dict[str, Value], at: dt.datetime) -> bytes:
    """Return the workbook of a kind with these lines; columns that a line leaves out are empty."""
    sheet = KINDS[kind].sheet
    full = [
        {column.key: line.get(column.key, EMPTY[column.kind]) for column in sheet.columns} for line in lines
    ]
    return workbook(sheet, full, at=at)


def propose(kind: str, content: bytes, actor: Actor, at: dt.datetime) -> ImportRun:
    run_id = services.propose_import(
        kind_slug=kind, content=content, file_name="bang.xlsx", actor=actor, at=at
    )
    return ImportRun.objects.get(pk=run_id)


def apply(run: ImportRun, actor: Actor, at: dt.datetime, *, former_names: bool = False) -> ImportRun:
    """Decide on an import and do the work of its job."""
    services.apply_import(
        run_id=run.pk, accept_former_names=former_names, running_dossiers="", actor=actor, at=at
    )
    with acting(Scope.system()):
        while services.write_batch(run_id=run.pk, at=at):
            pass
    run.refresh_from_db()
    return run


def undo(run: ImportRun, actor: Actor, at: dt.datetime) -> ImportRun:
    services.undo_import(run_id=run.pk, actor=actor, at=at)
    with acting(Scope.system()):
        while services.undo_batch(run_id=run.pk, at=at):
            pass
    run.refresh_from_db()
    return run


def exported(kind: str, actor: Actor, at: dt.datetime) -> list[Values]:
    content = services.export(kind_slug=kind, actor=actor, at=at)
    return [row.values for row in read(KINDS[kind].sheet, grid_of(content)).rows]


def rows(run_id: uuid.UUID) -> list[ImportRow]:
    return list(ImportRow.objects.filter(run_id=run_id).order_by("place"))
