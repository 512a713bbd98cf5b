"""A department answers a question that the source leaves open."""

from __future__ import annotations

from collections.abc import Mapping
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
from vanlang.catalogue.rules.content import Content, Question
from vanlang.catalogue.services.editing import check_editor
from vanlang.catalogue.services.storing import lacks_of, lock_catalogue, raise_edition, store_cases
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
    Write the parts of a version anew.

    A version that is not ready has no dossier, so its parts have no readers yet. A ready one is only asked about names:
    its papers stay the same rows.
    """
    if version.is_ready:
        _rename_papers(version, content)
        return
    ProcessStep.objects.filter(version=version).update(case=None)
    for model in (TimeLimit, Fee):
        model.objects.filter(version=version).delete()
    RequiredDocument.objects.filter(case__version=version).delete()
    Case.objects.filter(version=version).delete()
    store_cases([(version, content)])


def _rename_papers(version: ProcedureVersion, content: Content) -> None:
    rows = RequiredDocument.objects.filter(case__version=version).order_by("case__position", "position")
    papers = [paper for case in content.cases for paper in case.papers]
    for row, paper in zip(rows, papers, strict=True):
        if row.name != paper.name or tuple(row.form_files) != paper.form_files:
            row.name, row.form_files = paper.name, list(paper.form_files)
            row.save(update_fields=["name", "form_files"])


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
