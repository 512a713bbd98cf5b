"""Take a table in: keep the file, read it, compare it with what is there, keep the comparison. Nothing else is written."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from vanlang.audit.api import record_act
from vanlang.configuration.errors import ImportNotAllowedError, NothingToImportError
from vanlang.configuration.kinds import KINDS
from vanlang.configuration.models import ImportRun
from vanlang.configuration.rules.authority import may_import
from vanlang.configuration.rules.planning import plan
from vanlang.configuration.services.world import world_of
from vanlang.configuration.types import ImportState, PlannedRow, RowStatus
from vanlang.files.api import TABLES, store
from vanlang.identity.api import Actor
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.sheets.api import grid_of, read, workbook

_COPY = """
    COPY configuration_importrow (run_id, place, number, "group", status, before, after, problems, proposals)
    FROM STDIN
"""


@transaction.atomic
def propose_import(
    *, kind_slug: str, content: bytes, file_name: str, actor: Actor, at: dt.datetime
) -> uuid.UUID:
    """
    Keep and compare a table; return the import that somebody now decides on. Nothing of the house changes.

    Raises: SheetError, FileRefusedError when the file is no table; NothingToImportError when it says nothing or lacks
    columns; ImportNotAllowedError.
    """
    kind = KINDS[kind_slug]
    world = world_of(actor, at)
    refuse_if(
        may_import(province_only=kind.card.province_only, is_province=world.is_province),
        ImportNotAllowedError,
    )
    reading = read(kind.sheet, grid_of(content, file_name))
    for wrong in reading.problems:
        raise NothingToImportError.of(Refusal(wrong.code, dict(wrong.facts)))
    if not reading.rows:
        raise NothingToImportError
    file = store(content=content, name=file_name, at=at, policy=TABLES, uploaded_by=actor.account_id)
    run = ImportRun.objects.create(
        kind=kind_slug, state=ImportState.PROPOSED, agency_id=actor.agency_id or 0, file_id=file.id, file_name=file_name[:250],
        proposed_by_id=actor.appointment_id or 0, proposed_at=at, ignored=list(reading.ignored)[:50],
    )  # fmt: skip
    judged = ((row.number, kind.judge(row, reading, world)) for row in reading.rows)
    now = kind.now(world)
    rows = plan(kind.sheet, kind.together(judged), now, group_by=kind.group_by, empty=kind.defaults(world))
    run.totals, run.total_groups = _keep(run, rows)
    run.save(update_fields=["totals", "total_groups"])
    record_act(
        act="configuration.propose_import", actor=actor, object_type="import", object_id=run.pk, at=at,
        facts={"kind": kind_slug, "totals": run.totals},
    )  # fmt: skip
    return run.pk


def export(*, kind_slug: str, actor: Actor, at: dt.datetime, empty: bool = False) -> bytes:
    """Return the workbook of a kind: what is there now, or nothing but titles and guide."""
    kind = KINDS[kind_slug]
    if empty:
        return workbook(kind.sheet, [], at=at)
    lines = itertools.chain.from_iterable(kind.now(world_of(actor, at)).values())
    return workbook(kind.sheet, lines, at=at)


def _keep(run: ImportRun, rows: Iterable[PlannedRow]) -> tuple[dict[str, int], int]:
    """Write the comparison; unchanged lines only where their group changes, since a group is written as a whole."""
    counts: Counter[str] = Counter()
    groups: set[str] = set()
    kept: list[PlannedRow] = []
    for group, lines in itertools.groupby(rows, key=lambda row: row.group):
        own = list(lines)
        counts.update(row.status.value for row in own)
        if all(row.status is RowStatus.SAME for row in own):
            continue
        if not any(row.status is RowStatus.FAULTY for row in own):
            groups.add(group)
        kept += own
    with (
        connection.cursor() as cursor,
        cursor.copy(_COPY) as out,
    ):  # while it is open, nothing else may be asked
        for place, row in enumerate(kept, start=1):
            out.write_row(_line(run, place, row))
    return dict(counts), len(groups)


def _line(run: ImportRun, place: int, row: PlannedRow) -> tuple[object, ...]:
    problems = [{"cell": one.cell, "code": one.code, "facts": dict(one.facts)} for one in row.problems]
    proposals = [
        {"cell": one.cell, "said": one.said, "code": one.code, "name": one.name, "on": one.on}
        for one in row.proposals
    ]
    written = [
        None if one is None else json.dumps(one, ensure_ascii=False) for one in (row.before, row.after)
    ]
    return (
        run.pk, place, row.number, row.group[:600], row.status.value, *written,
        json.dumps(problems, ensure_ascii=False, default=str), json.dumps(proposals, ensure_ascii=False),
    )  # fmt: skip
