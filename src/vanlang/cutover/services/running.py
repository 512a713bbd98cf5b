"""Exports of another system: read and compared (dry run), taken over by a job, or compared day by day while both run."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from vanlang.audit.api import record_act
from vanlang.cutover.errors import (
    CutoverConflictError,
    CutoverNotAllowedError,
    ExportUnreadableError,
    UnknownRunError,
)
from vanlang.cutover.models import CutoverLine, CutoverRun, FoundDifference, SourceSystem
from vanlang.cutover.rules.comparing import differences
from vanlang.cutover.rules.sheet import WORDING, sheet_for
from vanlang.cutover.services.world import Reader, national_of
from vanlang.cutover.types import CutoverKind, CutoverState, LineStatus, Standing
from vanlang.dossiers.api import FINAL, adopt, find_adopted
from vanlang.files.api import TABLES, store
from vanlang.identity.api import Actor, Role, actor_of, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError, Refusal
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import AgencyKind, get_agency
from vanlang.sheets.api import Grid, Reading, ReadRow, Values, fold, grid_of, read, tables, workbook
from vanlang.sheets.api import Table as PlainTable

BATCH = 50
"""Dossiers of one transaction."""


@transaction.atomic
def add_system(*, code: str, name: str, actor: Actor, at: dt.datetime) -> None:
    """Add a system from which dossiers will come."""
    need_province(actor, at)
    SourceSystem.objects.get_or_create(code=code, defaults={"name": name})
    record_act(act="cutover.add_system", actor=actor, object_type="system", object_id=code, at=at)


@transaction.atomic
def set_wording(*, code: str, content: bytes, file_name: str, actor: Actor, at: dt.datetime) -> int:
    """Replace a system's wording by that of a file; return how many words it has. Raises: ExportUnreadableError."""
    need_province(actor, at)
    reading = read(WORDING, grid_of(content, file_name))
    _refuse_unread(reading)
    told: dict[str, dict[str, str]] = {"columns": {}, "states": {}, "acts": {}}
    for row in reading.rows:
        part, theirs, ours = (str(row.values[key]) for key in ("part", "theirs", "ours"))
        told[part][ours if part == "columns" else fold(theirs)] = theirs if part == "columns" else ours
    changed = SourceSystem.objects.filter(code=code).update(**told)
    if not changed:
        raise UnknownRunError
    record_act(act="cutover.set_wording", actor=actor, object_type="system", object_id=code, at=at)
    return len(reading.rows)


def wording_workbook(code: str, *, at: dt.datetime) -> bytes:
    """Return a system's wording as a workbook that can be handed in again."""
    system = _system(code)
    rows: list[Values] = [
        {"part": "columns", "theirs": theirs, "ours": ours} for ours, theirs in system.columns.items()
    ]
    for part, words in (("states", system.states), ("acts", system.acts)):
        rows += [{"part": part, "theirs": theirs, "ours": ours} for theirs, ours in words.items()]
    return workbook(WORDING, rows, at=at)


@transaction.atomic
def read_export(
    *,
    system_code: str,
    kind: CutoverKind,
    content: bytes,
    file_name: str,
    on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID:
    """
    Read an export and compare it with what is here; nothing of the house changes.

    Raises: SheetError, FileRefusedError, ExportUnreadableError when it is no table or lacks columns; CutoverNotAllowedError.
    """
    need_province(actor, at)
    system = _system(system_code)
    grid = grid_of(content, file_name)
    reading = read(sheet_for(system.columns), grid)
    _refuse_unread(reading)
    with acting(Scope.system()):
        file = store(
            content=_kept(content, grid, at),
            name=file_name,
            at=at,
            policy=TABLES,
            uploaded_by=actor.account_id,
        )
        run = CutoverRun.objects.create(
            system=system, kind=kind, state=CutoverState.READ, file_id=file.id, file_name=file_name[:250], on=on,
            read_by_id=actor.appointment_id or 0, read_at=at,
        )  # fmt: skip
        reader = Reader(system, at)
        run.totals = (
            _dry_run(run, reading, reader)
            if kind is CutoverKind.TAKE_OVER
            else _compare(run, reading, reader)
        )
        run.save(update_fields=["totals"])
    record_act(
        act=f"cutover.read_{kind}", actor=actor, object_type="cutover", object_id=run.pk, at=at,
        facts={"system": system.code, "lines": len(reading.rows)},
    )  # fmt: skip
    return run.pk


@transaction.atomic
def take_over(*, run_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Let the ready lines of an export enter, by a job. Raises: CutoverConflictError when that was decided before."""
    need_province(actor, at)
    with acting(Scope.system()):
        run = _locked(run_id)
        if run.state != CutoverState.READ or run.kind != CutoverKind.TAKE_OVER:
            raise CutoverConflictError
        run.state, run.decided_by_id = CutoverState.APPLYING, actor.appointment_id
        run.save(update_fields=["state", "decided_by"])
    record_act(act="cutover.take_over", actor=actor, object_type="cutover", object_id=run_id, at=at)
    jobs.configure_task("cutover.take_over", queue="cutover").defer(run_id=str(run_id))


@transaction.atomic
def take_over_batch(*, run_id: uuid.UUID, at: dt.datetime) -> bool:
    """Let the next lines enter; return whether more are left. The caller works as the system."""
    run = _locked(run_id)
    if run.state != CutoverState.APPLYING:
        return False
    lines = list(run.lines.filter(status=LineStatus.READY).order_by("number")[:BATCH])
    if not lines:
        run.state, run.finished_at = CutoverState.APPLIED, at
        run.save(update_fields=["state", "finished_at"])
        return False
    card = get_appointments([run.decided_by_id or 0])[run.decided_by_id or 0]
    reader, actor = Reader(run.system, at), actor_of(card)
    for line in lines:
        _enter(line, reader, actor, at)
    run.done += len(lines)
    run.totals = {**run.totals, "statuses": dict(Counter(run.lines.values_list("status", flat=True)))}
    run.save(update_fields=["done", "totals"])
    return True


def differences_workbook(run_id: uuid.UUID, names: Mapping[str, str], *, at: dt.datetime) -> bytes:
    """Return a day's differences as a workbook."""
    rows = FoundDifference.objects.filter(run_id=run_id).order_by("kind", "external_code")
    lines = [
        (one.external_code, names.get(one.kind, one.kind), one.agency, one.theirs, one.ours) for one in rows
    ]
    title = ("Mã hồ sơ", "Khác biệt", "Cơ quan", "Hệ thống kia", "Ở đây")
    return tables([PlainTable("Khác biệt", title, lines)], at=at)


def need_province(actor: Actor, at: dt.datetime) -> None:
    """Raise CutoverNotAllowedError unless the actor administers at the office of the province."""
    if (
        not actor.has(Role.ADMIN)
        or get_agency(actor.agency_id or 0, at.date()).kind is not AgencyKind.PROVINCE
    ):
        raise CutoverNotAllowedError


def _enter(line: CutoverLine, reader: Reader, actor: Actor, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            moved, _ = adopt(
                filing=reader.filing(line.values), elsewhere=reader.elsewhere(line.values), actor=actor, at=at
            )
    except DomainError as error:
        line.status, line.problems = LineStatus.FAULTY, [_problem(Refusal(error.code, dict(error.facts)))]
    else:
        line.status, line.dossier_id = LineStatus.ENTERED, moved.dossier_id
    line.save(update_fields=["status", "problems", "dossier"])


def _dry_run(run: CutoverRun, reading: Reading, reader: Reader) -> dict[str, object]:
    here = find_adopted(run.system.code)
    lines = [
        _line(run, row, reader, is_here=str(row.values.get("external_code")) in here) for row in reading.rows
    ]
    CutoverLine.objects.bulk_create(lines, batch_size=1000)
    return {
        "statuses": dict(Counter(line.status for line in lines)),
        "by_place": [
            {"agency": agency, "state": state, "status": status, "count": count}
            for (agency, state, status), count in sorted(
                Counter((line.agency, line.dossier_state, str(line.status)) for line in lines).items()
            )
        ],
    }


def _line(run: CutoverRun, row: ReadRow, reader: Reader, *, is_here: bool) -> CutoverLine:
    problems: list[dict[str, object]] = [
        {"cell": one.cell, "code": one.code, "facts": dict(one.facts)} for one in row.problems
    ]
    values = dict(row.values)
    whole = {"external_code", "procedure", "agency", "state", "applicant_name"} <= {
        key for key, value in values.items() if value
    }
    if whole and not problems and not is_here:
        problems = [_problem(refusal) for refusal in reader.judge(values)]
    standing = reader.standing(values) if whole else None
    status = LineStatus.HERE if is_here else LineStatus.FAULTY if problems else LineStatus.READY
    return CutoverLine(
        run=run, number=row.number, external_code=str(values.get("external_code") or "")[:80], status=status,
        agency=standing.agency if standing else str(values.get("agency") or "")[:35],
        dossier_state=standing.state if standing else "", values=values, problems=problems,
        unknown=list(reader.unknown(values)) if whole else [],
    )  # fmt: skip


def _compare(run: CutoverRun, reading: Reading, reader: Reader) -> dict[str, object]:
    theirs: dict[str, Standing] = {}
    unread: list[str] = []
    for row in reading.rows:
        whole = all(row.values.get(key) for key in ("external_code", "agency", "state"))
        standing = reader.standing(row.values) if whole else None
        if standing is None:
            unread.append(str(row.values.get("external_code") or f"dòng {row.number}"))
        else:
            theirs[standing.external_code] = standing
    code_of = {place.id: place.code for place in reader.names.by_code.values()}
    ours = {
        code: Standing(code, card.state.value, national_of(card.state), code_of.get(card.agency_id, ""), _day(card.due_at), _day(card.finished_at))
        for code, card in find_adopted(run.system.code).items()
        if code not in unread
    }  # fmt: skip
    found = list(differences(theirs, ours, closed=frozenset(state.value for state in FINAL)))
    FoundDifference.objects.bulk_create(
        FoundDifference(run=run, external_code=code, kind=kind, agency=agency, theirs=said, ours=our)
        for code, kind, agency, said, our in found
    )
    counts = Counter(kind.value for _, kind, _, _, _ in found)
    same = len(set(theirs) & set(ours)) - len({code for code, *_ in found} & set(theirs) & set(ours))
    return {
        "differences": dict(counts),
        "theirs": len(theirs),
        "ours": len(ours),
        "same": same,
        "unread": unread[:200],
    }


def _day(at: dt.datetime | None) -> str:
    return at.astimezone(VIETNAM).date().isoformat() if at else ""


def _problem(refusal: Refusal) -> dict[str, object]:
    return {
        "cell": "",
        "code": refusal.code,
        "facts": {name: str(value) for name, value in refusal.facts.items()},
    }


def _kept(content: bytes, grid: Grid, at: dt.datetime) -> bytes:
    """Return what is kept of an export: the workbook itself; text becomes a workbook with the same cells."""
    if content[:2] == b"PK":
        return content
    width = max((len(row) for row in grid.rows), default=1)
    head = [str(value) for value in grid.rows[0]] if grid.rows else []
    titles = tuple((head + [""] * width)[:width])
    return tables([PlainTable("Tệp gốc", titles, list(grid.rows[1:]))], at=at)


def _refuse_unread(reading: Reading) -> None:
    for wrong in reading.problems:
        raise ExportUnreadableError.of(Refusal(wrong.code, dict(wrong.facts)))
    if not reading.rows:
        raise ExportUnreadableError


def _system(code: str) -> SourceSystem:
    found = SourceSystem.objects.filter(code=code).first()
    if found is None:
        raise UnknownRunError("cutover.unknown_system")
    return found


def _locked(run_id: uuid.UUID) -> CutoverRun:
    run = (
        CutoverRun.objects.select_for_update(of=("self",)).select_related("system").filter(pk=run_id).first()
    )
    if run is None:
        raise UnknownRunError
    return run
