from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from vanlang.dossiers.errors import NotAcceptable
from vanlang.dossiers.models import Dossier, SupplementItem, SupplementProposal, SupplementRequest
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.rules import supplement
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.supplement import Again, AgainGround, ItemKind
from vanlang.dossiers.rules.supplement import SupplementItem as Item
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.acting import Moved, Opening, complete, open_for, required_text
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
    again: Again | None = None,
    expected_version: int | None = None,
) -> Moved:
    """
    Ask the citizen for everything that is missing or wrong, at once, field by field and document by document (form 02).

    Before receipt no limit runs yet; after it, the limit pauses until the answer. A second request says why (`again`);
    during processing it goes by the leader (`propose_supplement`).
    Raises: NotAcceptable naming an item without a reason, one asked twice, an empty request, a paper that a register
    holds, or a second request without its ground.
    """
    opening = open_for(
        Act.REQUEST_SUPPLEMENT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    refuse_if(supplement.may_request(items), NotAcceptable)
    refuse_if(supplement.may_ask_again(asked_before=opening.facts.asked_before, again=again), NotAcceptable)
    assert actor.appointment_id is not None  # noqa: S101 - the table lets only officers ask
    again = again if opening.facts.asked_before else None
    _ask(opening, items, note=note, answer_by_on=answer_by_on, again=again, asked_by_id=actor.appointment_id)
    return complete(
        opening,
        note=note.strip(),
        holder_id=opening.row.specialist_id,
        facts=_why_again(again),
        changed=("supplements",),
    )


@transaction.atomic
def propose_supplement(
    *,
    dossier_id: uuid.UUID,
    items: Sequence[Item],
    again: Again | None,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    answer_by_on: dt.date | None = None,
    expected_version: int | None = None,
) -> Moved:
    """
    Lay a second request for supplements before the leader. The time limit runs on until the leader sends it.

    Raises: NotAcceptable as for a first request, and without a ground for asking again.
    """
    opening = open_for(
        Act.PROPOSE_SUPPLEMENT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    refuse_if(supplement.may_request(items), NotAcceptable)
    refuse_if(supplement.may_ask_again(asked_before=True, again=again), NotAcceptable)
    refuse_if(held_already(row, items, on=at.astimezone(VIETNAM).date()), NotAcceptable)
    assert again is not None and actor.appointment_id is not None  # noqa: S101 - just asked; only officers ask
    SupplementProposal(
        dossier=row,
        items=[_item_as_json(item) for item in items],
        note=note.strip(),
        answer_by_on=answer_by_on,
        again_ground=again.ground,
        again_reason=again.reason.strip(),
        proposed_at=at,
        proposed_by_id=actor.appointment_id,
    ).save(force_insert=True)
    row.supplement_proposed = True
    return complete(
        opening,
        note=again.reason.strip(),
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        facts=_why_again(again),
        changed=("supplement_proposed",),
    )


def _item_as_json(item: Item) -> dict[str, str]:
    return {
        "kind": item.kind.value,
        "key": item.key,
        "label": item.label.strip(),
        "reason": item.reason.strip(),
    }


@transaction.atomic
def approve_supplement(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """Agree to a second request: it goes out as it was proposed, and the time limit pauses from now."""
    opening = open_for(
        Act.APPROVE_SUPPLEMENT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    proposal = _decide(row, approved=True, note=note, actor=actor, at=at)
    again = Again(AgainGround(proposal.again_ground), proposal.again_reason)
    items = [Item(ItemKind(one["kind"]), one["key"], one["label"], one["reason"]) for one in proposal.items]
    _ask(
        opening,
        items,
        note=proposal.note,
        answer_by_on=proposal.answer_by_on,
        again=again,
        asked_by_id=proposal.proposed_by_id,
    )
    return complete(
        opening,
        note=note.strip(),
        holder_id=row.specialist_id,
        facts=_why_again(again),
        changed=("supplements", "supplement_proposed"),
    )


@transaction.atomic
def decline_supplement(
    *, dossier_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    Send a second request back to the specialist with a reason; the citizen hears nothing of it.

    Raises: NotAcceptable("dossiers.reason_missing").
    """
    opening = open_for(
        Act.DECLINE_SUPPLEMENT, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said, row = required_text(reason), opening.row
    _decide(row, approved=False, note=said, actor=actor, at=at)
    return complete(
        opening,
        note=said,
        holder_id=row.holder_id,
        holder_unit_id=row.holder_unit_id,
        changed=("supplement_proposed",),
    )


def _decide(row: Dossier, *, approved: bool, note: str, actor: Actor, at: dt.datetime) -> SupplementProposal:
    proposal = SupplementProposal.objects.get(dossier=row, decided_at__isnull=True)
    proposal.approved, proposal.decided_at = approved, at
    proposal.decided_by_id, proposal.decision_note = actor.appointment_id, note.strip()
    proposal.save(update_fields=["approved", "decided_at", "decided_by", "decision_note"])
    row.supplement_proposed = False
    return proposal


def _ask(
    opening: Opening,
    items: Sequence[Item],
    *,
    note: str,
    answer_by_on: dt.date | None,
    again: Again | None,
    asked_by_id: int,
) -> None:
    """Write the request that goes out."""
    row = opening.row
    refuse_if(held_already(row, items, on=opening.at.astimezone(VIETNAM).date()), NotAcceptable)
    row.supplements += 1
    request = SupplementRequest(
        dossier=row,
        number=row.supplements,
        stage=row.state,
        note=note.strip(),
        asked_at=opening.at,
        asked_by_id=asked_by_id,
        answer_by_on=answer_by_on,
        again_ground=again.ground if again else "",
        again_reason=again.reason.strip() if again else "",
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


def _why_again(again: Again | None) -> dict[str, object]:
    return {} if again is None else {"again_ground": again.ground.value, "again_reason": again.reason.strip()}


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
