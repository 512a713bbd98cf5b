"""A department answers a question that the source leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from vanlang.audit.api import record_act
from vanlang.catalogue.errors import CatalogueConflictError, CatalogueInvalidError, UnknownToDoError
from vanlang.catalogue.models import (
    Case,
    Fee,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
    TimeLimit,
    ToDo,
)
from vanlang.catalogue.queries.content import load_contents
from vanlang.catalogue.rules.answers import apply_answer
from vanlang.catalogue.rules.content import Content, PaperContent, Question
from vanlang.catalogue.services.editing import check_editor
from vanlang.catalogue.services.storing import (
    lacks_of,
    lock_catalogue,
    raise_edition,
    store_cases,
    store_limits_and_fees,
    store_process,
)
from vanlang.catalogue.types import Reason, ToDoState
from vanlang.identity.api import Actor
from vanlang.kernel.errors import Refusal


@transaction.atomic
def confirm(*, todo_id: int, value: Mapping[str, object], actor: Actor, at: datetime) -> None:
    """
    Answer a question: the value becomes part of the version, and the version's readiness is judged again.

    Shapes: `value` as in `rules.answers.apply_answer`.
    Raises: CatalogueNotAllowedError, CatalogueConflictError when it was answered, CatalogueInvalidError.
    """
    todo = _open_todo(todo_id, actor, at)
    version = todo.version
    question = Question(Reason(todo.reason), todo.path, todo.raw)
    content = load_contents([version.pk])[version.pk]
    applied = apply_answer(content, question, value, f"Cơ quan chủ quản xác nhận ngày {at:%d/%m/%Y}")
    if isinstance(applied, Refusal):
        raise CatalogueInvalidError.of(applied)
    if applied != content:
        _rewrite(version, applied)
    _close(todo, ToDoState.CONFIRMED, dict(value), "", actor, at)
    _judge(version, applied)


@transaction.atomic
def reject(*, todo_id: int, note: str, actor: Actor, at: datetime) -> None:
    """Close a question that does not apply (the channel is not offered, the line means nothing), saying why."""
    todo = _open_todo(todo_id, actor, at)
    if not note.strip():
        raise CatalogueInvalidError("catalogue.answer_unreadable", problem="note")
    _close(todo, ToDoState.REJECTED, None, note.strip(), actor, at)
    _judge(todo.version, load_contents([todo.version_id])[todo.version_id])


def _open_todo(todo_id: int, actor: Actor, at: datetime) -> ToDo:
    lock_catalogue()
    todo = ToDo.objects.filter(pk=todo_id).select_related("version__procedure").first()
    if todo is None:
        raise UnknownToDoError(todo=todo_id)
    check_editor(actor, todo.department_code, at)
    if todo.state != ToDoState.OPEN:
        raise CatalogueConflictError("catalogue.todo_answered", todo=todo_id)
    return todo


def _rewrite(version: ProcedureVersion, content: Content) -> None:
    """
    Write the parts of a version anew: limits and fees always, papers in their rows while cases and lines stay as many.

    Only a version that is not ready gets other cases or lines; no dossier was received under it.
    """
    cases = list(Case.objects.filter(version=version).order_by("position"))
    rows = list(RequiredDocument.objects.filter(case__version=version).order_by("case__position", "position"))
    TimeLimit.objects.filter(version=version).delete()
    Fee.objects.filter(version=version).delete()
    if _shape(rows, cases) == [(case.title, len(case.papers)) for case in content.cases]:
        _update_papers(rows, [paper for case in content.cases for paper in case.papers])
        store_limits_and_fees([(version, content)], {version.pk: cases})
        return
    ProcessStep.objects.filter(version=version).delete()
    RequiredDocument.objects.filter(case__version=version).delete()
    Case.objects.filter(version=version).delete()
    stored = store_cases([(version, content)])
    store_process([(version, content)], stored)


def _shape(rows: Sequence[RequiredDocument], cases: Sequence[Case]) -> list[tuple[str, int]]:
    counts = Counter(row.case_id for row in rows)
    return [(case.title, counts[case.pk]) for case in cases]


def _update_papers(rows: Sequence[RequiredDocument], papers: Sequence[PaperContent]) -> None:
    for row, paper in zip(rows, papers, strict=True):
        row.name, row.kind, row.form_files = paper.name, paper.kind, list(paper.form_files)
        row.originals, row.copies, row.is_required = paper.originals, paper.copies, paper.is_required
        row.section, row.condition, row.note = paper.section, paper.condition, paper.note
    fields = [
        "name",
        "kind",
        "form_files",
        "originals",
        "copies",
        "is_required",
        "section",
        "condition",
        "note",
    ]
    RequiredDocument.objects.bulk_update(rows, fields)


def _close(
    todo: ToDo, state: ToDoState, answer: dict[str, object] | None, note: str, actor: Actor, at: datetime
) -> None:
    todo.state, todo.answer, todo.note = state, answer, note
    todo.answered_by_id, todo.answered_at = actor.account_id, at
    todo.save(update_fields=["state", "answer", "note", "answered_by", "answered_at"])
    record_act(
        act=f"catalogue.{'confirm' if state is ToDoState.CONFIRMED else 'reject'}",
        actor=actor,
        object_type="procedure",
        object_id=todo.version.procedure.code,
        at=at,
        facts={"todo": todo.pk, "reason": todo.reason, "path": todo.path[:200]},
    )


def _judge(version: ProcedureVersion, content: Content) -> None:
    """Write what the version still lacks, and tell caches that it changed."""
    open_questions = [
        Question(Reason(reason), path, raw)
        for reason, path, raw in ToDo.objects.filter(version=version, state=ToDoState.OPEN).values_list(
            "reason", "path", "raw"
        )
    ]
    missing = lacks_of(content, open_questions)
    ProcedureVersion.objects.filter(pk=version.pk).update(
        lacks=missing, is_ready=not missing, revision=F("revision") + 1
    )
    raise_edition()
