"""What departments still have to confirm."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from vanlang.catalogue.errors import UnknownToDoError
from vanlang.catalogue.models import ToDo
from vanlang.catalogue.types import Aspect, Level, Reason, ToDoCard, ToDoState, ToDoSummary


def list_todos(
    department_code: str, *, state: ToDoState = ToDoState.OPEN, limit: int = 200, after_id: int = 0
) -> list[ToDoCard]:
    """Return the questions to a department under versions that still count, in their order; page on by `after_id`."""
    rows = (
        _current()
        .filter(department_code=department_code, state=state, pk__gt=after_id)
        .select_related("version__procedure")
        .order_by("pk")[:limit]
    )
    return [_card(row) for row in rows]


def get_todo(todo_id: int) -> ToDoCard:
    """Return a question. Raises: UnknownToDoError."""
    row = ToDo.objects.filter(pk=todo_id).select_related("version__procedure").first()
    if row is None:
        raise UnknownToDoError(todo=todo_id)
    return _card(row)


def list_todos_of_version(version_id: int) -> list[ToDoCard]:
    """Return every question about a version, answered or not."""
    rows = ToDo.objects.filter(version_id=version_id).select_related("version__procedure").order_by("pk")
    return [_card(row) for row in rows]


def count_todos() -> list[ToDoSummary]:
    """Return how much each department has to confirm, most first."""
    rows = (
        _current()
        .filter(state=ToDoState.OPEN)
        .values("department_code")
        .annotate(open=Count("id"), procedures=Count("version__procedure", distinct=True))
        .order_by("-open")
    )
    return [ToDoSummary(row["department_code"], row["open"], row["procedures"]) for row in rows]


def _current() -> QuerySet[ToDo]:
    """Return the questions of versions without a successor; those of the province's own levels only."""
    local = Q(version__levels__overlap=[Level.PROVINCE, Level.COMMUNE])
    return ToDo.objects.filter(local, version__valid_to__isnull=True)


def _card(row: ToDo) -> ToDoCard:
    return ToDoCard(
        id=row.pk,
        version_id=row.version_id,
        procedure_code=row.version.procedure.code,
        procedure_name=row.version.name,
        department_code=row.department_code,
        aspect=Aspect(row.aspect) if row.aspect else None,
        reason=Reason(row.reason),
        path=row.path,
        raw=row.raw,
        state=ToDoState(row.state),
        answer=row.answer,
        note=row.note,
        answered_at=row.answered_at,
    )
