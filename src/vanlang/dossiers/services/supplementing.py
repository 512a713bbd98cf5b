from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from vanlang.dossiers.errors import NotAcceptable
from vanlang.dossiers.models import Dossier, SupplementItem, SupplementRequest
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.rules import supplement
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.supplement import ItemKind
from vanlang.dossiers.rules.supplement import SupplementItem as Item
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.acting import Moved, complete, open_for
from vanlang.dossiers.services.evidence import held_already
from vanlang.dossiers.services.filing import add_papers
from vanlang.dossiers.types import Answer, AttachmentKind
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if


@transaction.atomic
def request_supplement(
    *,
    dossier_id: uuid.UUID,
    items: Sequence[Item],
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    answer_by_on: dt.date | None = None,
    expected_version: int | None = None,
) -> Moved:
    """
    Ask the citizen for everything that is missing or wrong, at once, field by field and document by document (form 02).

    Before receipt no limit runs yet; after it, the limit pauses until the answer.
    Raises: NotAcceptable naming an item without a reason, one asked twice, an empty request, or a paper that a register holds.
    """
    opening = open_for(
        Act.REQUEST_SUPPLEMENT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    refuse_if(supplement.may_request(items), NotAcceptable)
    row = opening.row
    refuse_if(held_already(row, items, on=at.astimezone(VIETNAM).date()), NotAcceptable)
    row.supplements += 1
    assert actor.appointment_id is not None  # noqa: S101 - the table lets only officers ask
    request = SupplementRequest(
        dossier=row,
        number=row.supplements,
        stage=row.state,
        note=note.strip(),
        asked_at=at,
        asked_by_id=actor.appointment_id,
        answer_by_on=answer_by_on,
    )
    request.save(force_insert=True)
    SupplementItem.objects.bulk_create(
        [
            SupplementItem(
                request=request,
                dossier=row,
                position=position,
                kind=item.kind,
                key=item.key,
                label=item.label.strip(),
                reason=item.reason.strip(),
                before=row.answers.get(item.key) if item.kind is ItemKind.FIELD else None,
            )
            for position, item in enumerate(items)
        ]
    )
    return complete(opening, note=note.strip(), holder_id=row.specialist_id, changed=("supplements",))


@transaction.atomic
def answer_supplement(
    *,
    dossier_id: uuid.UUID,
    answers: Sequence[Answer],
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Answer a supplement request as a whole: new values go into the form, new papers beside the old ones, the clock goes on.

    Raises: NotAcceptable("dossiers.supplement_incomplete") naming what is still open.
    """
    opening = open_for(
        Act.ANSWER_SUPPLEMENT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    request = SupplementRequest.objects.get(dossier_id=row.pk, answered_at__isnull=True)
    items = list(request.items.order_by("position"))
    refuse_if(supplement.may_answer([_value(item) for item in items], _answered(answers)), NotAcceptable)
    _write(row, items, answers, actor=actor, at=at)
    request.answered_at = at
    request.save(update_fields=["answered_at"])
    timing.resume(
        row,
        before=State(row.state),
        process=process_of(row),
        at=at,
        reason=f"Chờ bổ sung lần {request.number}",
    )
    holder_id = row.specialist_id if opening.target is State.IN_PROGRESS else None
    return complete(
        opening, note=note.strip(), holder_id=holder_id, changed=("answers", "answer_due_at", *timing.TIMED)
    )


def _answered(answers: Sequence[Answer]) -> set[tuple[ItemKind, str]]:
    """Return what is answered: a value that is not empty, or a paper."""
    return {
        (ItemKind(answer.kind), answer.key)
        for answer in answers
        if answer.paper is not None or answer.value not in (None, "")
    }


def _write(
    row: Dossier, items: list[SupplementItem], answers: Sequence[Answer], *, actor: Actor, at: dt.datetime
) -> None:
    by_key = {(answer.kind, answer.key): answer for answer in answers}
    for item in items:
        answer = by_key[item.kind, item.key]
        if answer.paper is not None:
            [item.attachment] = add_papers(
                row, (answer.paper,), kind=AttachmentKind.SUPPLEMENT, actor=actor, at=at
            )
        if answer.value not in (None, ""):
            item.answer = answer.value
            if item.kind == ItemKind.FIELD:
                row.answers = {**row.answers, item.key: answer.value}
    SupplementItem.objects.bulk_update(items, ["answer", "attachment"])


def _value(item: SupplementItem) -> Item:
    return Item(ItemKind(item.kind), item.key, item.label, item.reason)
