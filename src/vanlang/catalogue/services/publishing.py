"""Bring a version into force, and retire the one before: a running dossier keeps the version it was received under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from vanlang.catalogue.errors import CatalogueConflictError
from vanlang.catalogue.events import VersionPublished
from vanlang.catalogue.models import ProcedureVersion
from vanlang.catalogue.rules.content import Content, Question
from vanlang.catalogue.rules.validity import may_publish_from
from vanlang.catalogue.services.registering import check_registers
from vanlang.catalogue.services.storing import VersionPlan, store_versions
from vanlang.catalogue.types import Reason, ToDoState, VersionState
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.events import publish


def last_versions(codes: Iterable[str]) -> dict[str, ProcedureVersion]:
    """Return, per procedure code, the published version with the latest beginning."""
    rows = (
        ProcedureVersion.objects.filter(procedure__code__in=list(codes))
        .exclude(state=VersionState.DRAFT)
        .select_related("procedure")
        .order_by("procedure_id", "-valid_from", "-number")
        .distinct("procedure_id")
    )
    return {row.procedure.code: row for row in rows}


def retire(versions: Sequence[ProcedureVersion], valid_to: date) -> None:
    """End the validity of `versions` where their successors begin."""
    ProcedureVersion.objects.filter(pk__in=[version.pk for version in versions]).update(
        state=VersionState.RETIRED, valid_to=valid_to
    )


def open_questions_of(version: ProcedureVersion) -> tuple[Question, ...]:
    """Return what is still asked about `version`: a successor inherits the questions."""
    rows = version.todos.filter(state=ToDoState.OPEN).order_by("id").values_list("reason", "path", "raw")
    return tuple(Question(Reason(reason), path, raw) for reason, path, raw in rows)


def succeed(
    last: ProcedureVersion, content: Content, *, valid_from: date, actor: Actor, at: datetime
) -> ProcedureVersion:
    """Publish `content` as the successor of `last`, in the caller's transaction."""
    refuse_if(may_publish_from(valid_from, last.valid_from), CatalogueConflictError)
    check_registers(content)
    retire([last], valid_from)
    plan = VersionPlan(last.procedure_id, last.number + 1, valid_from, content, open_questions_of(last))
    (version,) = store_versions([plan], at=at, account_id=actor.account_id)
    publish(VersionPublished(at=at, procedure_code=last.procedure.code, version_id=version.pk))
    return version
