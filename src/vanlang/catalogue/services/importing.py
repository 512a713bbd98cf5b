"""
Import the national catalogue: one transaction, set-based, idempotent.

A row is compared with what the source said last, field by field. A procedure that is new, or whose text changed, gets a
version from the day of validity on; answers of departments are carried over where the source still leaves the same
thing open in the same words. A procedure that we keep ourselves (starter catalogue, edited by a department) keeps its
version: a change of the source becomes a question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.models import Procedure, ProcedureVersion, SourceRecord, ToDo
from vanlang.catalogue.queries.content import load_contents
from vanlang.catalogue.rules.answers import apply_answer
from vanlang.catalogue.rules.content import Content, Question, canonical
from vanlang.catalogue.rules.diff import Difference, differences
from vanlang.catalogue.rules.reading.rows import (
    EDITION,
    ImportedRow,
    Reading,
    RowProblem,
    SourceProcedure,
    read_row,
    reading_hash,
)
from vanlang.catalogue.services.publishing import last_versions, retire
from vanlang.catalogue.services.storing import (
    BATCH,
    AnsweredQuestion,
    VersionPlan,
    lock_catalogue,
    raise_edition,
    store_versions,
    todo_of,
)
from vanlang.catalogue.types import Origin, Reason, ToDoState
from vanlang.identity.api import Actor
from vanlang.kernel.errors import Refusal

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read."""

    number: int
    problem: RowProblem


@dataclass(frozen=True, slots=True)
class ChangedProcedure:
    """A procedure whose text changed since the last import."""

    code: str
    name: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    rows: int
    added: tuple[str, ...]
    changed: tuple[ChangedProcedure, ...]
    unchanged: int
    kept: tuple[str, ...]
    """Procedures of our own keeping: their source is recorded, their version stays."""
    reread: int
    """Source unchanged, but read differently since reading was improved."""
    broken: tuple[BrokenRow, ...]
    written: bool

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.changed) + self.reread


@dataclass(frozen=True, slots=True)
class _Compared:
    """A row beside what is known of its procedure."""

    source: SourceProcedure
    content: str
    """Canonical JSON of the row."""
    content_hash: str
    record: SourceRecord | None
    last: ProcedureVersion | None

    @property
    def is_ours(self) -> bool:
        return self.last is not None and self.last.origin != Origin.NATIONAL


def import_rows(
    *,
    rows: Iterable[ImportedRow],
    file_name: str,
    cited_as: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    dry_run: bool = False,
    skip_broken: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> ImportReport:
    """
    Import `rows`; nothing is written when one is broken, unless `skip_broken`, nor on a dry run.

    `cited_as` is what each limit and fee names as its source.
    """
    sources, broken, total = _sorted_out(rows)
    if broken and not skip_broken:
        return ImportReport(total, (), (), 0, (), 0, broken, written=False)
    with transaction.atomic():
        lock_catalogue()
        compared = _compare(sources)
        report = _apply(compared, total, broken, file_name, cited_as, valid_from, actor, at, progress)
        if dry_run:
            transaction.set_rollback(True)
        else:
            _record(report, file_name, actor, at)
    return replace(report, written=not dry_run)


def _sorted_out(rows: Iterable[ImportedRow]) -> tuple[list[SourceProcedure], tuple[BrokenRow, ...], int]:
    """Return (rows that can be read, broken ones, how many there were); the second row of a code is broken."""
    sources: list[SourceProcedure] = []
    broken: list[BrokenRow] = []
    first_of: dict[str, int] = {}
    total = 0
    for row in rows:
        total += 1
        if row.problem is not None:
            broken.append(BrokenRow(row.number, row.problem))
        elif row.source is not None:
            first = first_of.setdefault(row.source.code, row.number)
            if first == row.number:
                sources.append(row.source)
            else:
                facts = {"value": row.source.code, "first": first}
                broken.append(BrokenRow(row.number, RowProblem("code_duplicate", facts)))
    return sources, tuple(broken), total


def _compare(sources: Sequence[SourceProcedure]) -> list[_Compared]:
    codes = [source.code for source in sources]
    records = {
        record.procedure.code: record
        for record in SourceRecord.objects.filter(procedure__code__in=codes)
        .select_related("procedure")
        .defer("content")
    }
    last = last_versions(codes)
    compared = []
    for source in sources:
        content = canonical(source)
        content_hash = sha256(content.encode()).hexdigest()
        compared.append(
            _Compared(source, content, content_hash, records.get(source.code), last.get(source.code))
        )
    return compared


def _apply(
    compared: Sequence[_Compared],
    total: int,
    broken: tuple[BrokenRow, ...],
    file_name: str,
    cited_as: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    progress: Progress,
) -> ImportReport:
    fresh = [
        item for item in compared if item.record is None or item.record.content_hash != item.content_hash
    ]
    stale = [
        item for item in compared if item.record and item.record.content_hash == item.content_hash
        and item.record.reading_edition != EDITION and not item.is_ours
    ]  # fmt: skip
    readings: dict[str, Reading] = {}
    for done, item in enumerate((*fresh, *stale), start=1):
        readings[item.source.code] = read_row(item.source, cited_as=cited_as)
        if done % 200 == 0:
            progress("Đọc thủ tục", done, len(fresh) + len(stale))
    changes = _differences(fresh)
    stale = [item for item in stale if _reads_differently(item, readings[item.source.code])]
    procedures = _ensure_procedures([item.source.code for item in compared])
    publishable = [item for item in (*fresh, *stale) if not item.is_ours and not _has_later(item, valid_from)]
    progress("Ghi phiên bản", 0, len(publishable))
    plans = _plans(publishable, readings, procedures, valid_from)
    retire([item.last for item in publishable if item.last is not None], valid_from)
    store_versions(plans, at=at, account_id=actor.account_id)
    kept = [item for item in fresh if item.is_ours or _has_later(item, valid_from)]
    _ask_about_changes([item for item in kept if item.source.code in changes], changes)
    _remember(compared, procedures, file_name, at)
    progress("Ghi phiên bản", len(publishable), len(publishable))
    return ImportReport(
        rows=total,
        added=tuple(item.source.code for item in fresh if item.record is None and not item.is_ours),
        changed=tuple(
            ChangedProcedure(item.source.code, item.source.name, changes[item.source.code])
            for item in fresh
            if item.source.code in changes
        ),
        unchanged=len(compared) - len(fresh) - len(stale),
        kept=tuple(item.source.code for item in fresh if item.record is None and item.is_ours),
        reread=len(stale),
        broken=broken,
        written=False,
    )


def _differences(fresh: Sequence[_Compared]) -> dict[str, tuple[Difference, ...]]:
    """Return the fields that changed, of the procedures that the source had before."""
    known = [item for item in fresh if item.record is not None]
    before = dict(
        SourceRecord.objects.filter(procedure__code__in=[item.source.code for item in known]).values_list(
            "procedure__code", "content"
        )
    )
    return {
        item.source.code: differences(json.loads(before[item.source.code]), json.loads(item.content))
        for item in known
    }


def _reads_differently(item: _Compared, reading: Reading) -> bool:
    if item.last is None:
        return True
    return reading_hash(reading) != item.last.content_hash


def _has_later(item: _Compared, valid_from: date) -> bool:
    """Return whether a version is already published from a later day on: then a person decides."""
    return item.last is not None and item.last.valid_from > valid_from


def _ensure_procedures(codes: Sequence[str]) -> dict[str, int]:
    Procedure.objects.bulk_create(
        (Procedure(code=code) for code in codes), batch_size=BATCH, ignore_conflicts=True
    )
    return dict(Procedure.objects.filter(code__in=codes).values_list("code", "id"))


def _plans(
    items: Sequence[_Compared],
    readings: Mapping[str, Reading],
    procedures: Mapping[str, int],
    valid_from: date,
) -> list[VersionPlan]:
    succeeded = [item.last.pk for item in items if item.last is not None]
    before = load_contents(succeeded)
    answers: dict[int, list[ToDo]] = {pk: [] for pk in succeeded}
    for todo in ToDo.objects.filter(version_id__in=succeeded).exclude(state=ToDoState.OPEN).order_by("id"):
        answers[todo.version_id].append(todo)
    plans = []
    for item in items:
        reading = readings[item.source.code]
        number, carried = 1, _Carried(reading.content, reading.questions, ())
        if item.last is not None:
            number = item.last.number + 1
            carried = _carry_over(reading, before[item.last.pk], answers[item.last.pk])
        plans.append(
            VersionPlan(
                procedures[item.source.code],
                number,
                valid_from,
                carried.content,
                carried.questions,
                carried.answered,
                content_hash=reading_hash(reading),
            )
        )
    return plans


@dataclass(frozen=True, slots=True)
class _Carried:
    content: Content
    questions: tuple[Question, ...]
    answered: tuple[AnsweredQuestion, ...]


def _carry_over(reading: Reading, before: Content, answers: Sequence[ToDo]) -> _Carried:
    """Return the reading with the internal process, the forms, and every answer that still fits."""
    known = {case.title: case for case in before.cases}
    cases = tuple(
        replace(case, form_code=same.form_code, yields=same.yields, takes=same.takes)
        if (same := known.get(case.title))
        else case
        for case in reading.content.cases
    )
    process = tuple(step for step in before.process if step.case is None)
    content = replace(reading.content, process=process, cases=cases)
    given = {(todo.path, todo.raw, todo.reason): todo for todo in answers}
    open_questions: list[Question] = []
    answered: list[AnsweredQuestion] = []
    for question in reading.questions:
        todo = given.get((question.path, question.raw, question.reason))
        if todo is None or todo.answered_at is None:
            open_questions.append(question)
            continue
        if todo.state == ToDoState.CONFIRMED:
            applied = apply_answer(
                content, question, todo.answer or {}, f"Xác nhận ngày {todo.answered_at:%d/%m/%Y}"
            )
            if isinstance(applied, Refusal):
                open_questions.append(question)
                continue
            content = applied
        answered.append(
            AnsweredQuestion(
                question, ToDoState(todo.state), todo.answer, todo.answered_by_id, todo.answered_at, todo.note
            )
        )
    return _Carried(content, tuple(open_questions), tuple(answered))


def _ask_about_changes(items: Sequence[_Compared], changes: Mapping[str, tuple[Difference, ...]]) -> None:
    """Ask the department about changes of the source under a version that is not replaced by the import."""
    ToDo.objects.bulk_create(
        (
            todo_of(
                item.last,
                Question(
                    Reason.SOURCE_CHANGED, change.path, f"{_shown(change.before)} → {_shown(change.after)}"
                ),
            )
            for item in items
            if item.last is not None
            for change in changes[item.source.code]
        ),
        batch_size=BATCH,
    )


def _remember(
    compared: Sequence[_Compared], procedures: Mapping[str, int], file_name: str, at: datetime
) -> None:
    """Record what the source says now."""
    changed = [
        item
        for item in compared
        if item.record is None
        or item.record.content_hash != item.content_hash
        or item.record.reading_edition != EDITION
    ]
    SourceRecord.objects.bulk_create(
        (
            SourceRecord(
                procedure_id=procedures[item.source.code],
                content=item.content,
                content_hash=item.content_hash,
                reading_edition=EDITION,
                file_name=file_name[:250],
                imported_at=at,
            )
            for item in changed
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["procedure"],
        update_fields=["content", "content_hash", "reading_edition", "file_name", "imported_at"],
    )


def _shown(value: object) -> str:
    return "(không có)" if value is None else str(value)[:500]


def _record(report: ImportReport, file_name: str, actor: Actor, at: datetime) -> None:
    record_act(
        act="catalogue.import",
        actor=actor,
        object_type="catalogue",
        object_id=file_name,
        at=at,
        facts={
            "rows": report.rows,
            "added": len(report.added),
            "changed": len(report.changed),
            "unchanged": report.unchanged,
            "kept": len(report.kept),
            "broken": len(report.broken),
        },
    )
    raise_edition()
