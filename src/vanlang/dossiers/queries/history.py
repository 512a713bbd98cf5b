from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from vanlang.dossiers import labels
from vanlang.dossiers.cards import (
    AttachmentCard,
    DueChangeCard,
    MovementCard,
    OutcomeInfo,
    SupplementCard,
    SupplementItemCard,
)
from vanlang.dossiers.models import Attachment, DueChange, Movement, Outcome, SupplementRequest
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.rules.supplement import AgainGround, ItemKind
from vanlang.dossiers.types import AttachmentKind, DueChangeKind, Medium, OutcomeKind
from vanlang.identity.api import AppointmentCard, get_appointments


def list_movements(dossier_id: uuid.UUID) -> list[Movement]:
    """Return the history of an accessed dossier, oldest first."""
    return list(Movement.objects.filter(dossier_id=dossier_id).order_by("number"))


def list_due_changes(dossier_id: uuid.UUID) -> list[DueChange]:
    """Return how the due date of an accessed dossier moved, oldest first."""
    return list(DueChange.objects.filter(dossier_id=dossier_id).order_by("at", "id"))


def movement_cards(rows: Iterable[Movement]) -> tuple[MovementCard, ...]:
    rows = list(rows)
    receivers = get_appointments({row.receiver_id for row in rows if row.receiver_id is not None})
    return tuple(_movement(row, receivers) for row in rows)


def _movement(row: Movement, receivers: dict[int, AppointmentCard]) -> MovementCard:
    party, to_state = Party(row.party), State(row.to_state)
    receiver = receivers.get(row.receiver_id) if row.receiver_id is not None else None
    return MovementCard(
        number=row.number,
        act=Act(row.act),
        act_label=labels.ACTS[Act(row.act)],
        from_state=State(row.from_state),
        to_state=to_state,
        to_label=labels.STATES[to_state],
        at=row.at,
        party=party,
        who=", ".join(part for part in (row.actor_name, row.actor_title) if part) or labels.PARTIES[party],
        agency_id=row.agency_id,
        receiver=receiver.name if receiver else "",
        note=row.note,
        facts=row.facts,
        step_name=row.step_name,
        step_due_at=row.step_due_at,
        due_at=row.due_at,
    )


def due_change_cards(rows: Iterable[DueChange]) -> tuple[DueChangeCard, ...]:
    return tuple(
        DueChangeCard(
            kind=DueChangeKind(row.kind),
            kind_label=labels.DUE_CHANGES[DueChangeKind(row.kind)],
            at=row.at,
            from_due_at=row.from_due_at,
            to_due_at=row.to_due_at,
            reason=row.reason,
        )
        for row in rows
    )


def attachment_cards(dossier_id: uuid.UUID) -> tuple[AttachmentCard, ...]:
    """Return the files of an accessed dossier, in the order in which they came; what a scan replaced is left out."""
    rows = Attachment.objects.filter(dossier_id=dossier_id)
    replaced = rows.filter(replaces__isnull=False).values("replaces_id")
    return tuple(
        AttachmentCard(
            id=row.pk,
            kind=AttachmentKind(row.kind),
            kind_label=labels.ATTACHMENT_KINDS[AttachmentKind(row.kind)],
            name=row.name,
            file_id=row.file_id,
            required_document_id=row.required_document_id,
            originals=row.originals,
            copies=row.copies,
            added_at=row.added_at,
        )
        for row in rows.exclude(pk__in=replaced).order_by("id")
    )


def supplement_cards(dossier_id: uuid.UUID) -> tuple[SupplementCard, ...]:
    """Return the supplement requests of an accessed dossier, oldest first."""
    rows = SupplementRequest.objects.filter(dossier_id=dossier_id).order_by("number")
    return tuple(_supplement(row) for row in rows.prefetch_related("items__attachment"))


def _supplement(row: SupplementRequest) -> SupplementCard:
    return SupplementCard(
        number=row.number,
        asked_at=row.asked_at,
        answer_by_on=row.answer_by_on,
        answered_at=row.answered_at,
        note=row.note,
        before_receipt=row.stage == State.SUBMITTED,
        items=tuple(
            SupplementItemCard(
                kind=ItemKind(item.kind),
                key=item.key,
                label=item.label,
                reason=item.reason,
                before=item.before,
                answer=item.answer,
                file_id=item.attachment.file_id if item.attachment else None,
            )
            for item in sorted(row.items.all(), key=lambda item: item.position)
        ),
        again_label=labels.AGAIN_GROUNDS[AgainGround(row.again_ground)] if row.again_ground else "",
        again_reason=row.again_reason,
    )


def outcome_info(dossier_id: uuid.UUID) -> OutcomeInfo | None:
    """Return the outcome of an accessed dossier that is worked on or was issued last, as far as it is."""
    return next(iter(outcome_infos(dossier_id)), None)


def outcome_infos(dossier_id: uuid.UUID) -> tuple[OutcomeInfo, ...]:
    """Return the outcomes of an accessed dossier, the newest first: only a correction makes more than one."""
    rows = Outcome.objects.filter(dossier_id=dossier_id).order_by("-edition")
    return tuple(_outcome(row) for row in rows)


def _outcome(row: Outcome) -> OutcomeInfo:
    return OutcomeInfo(
        kind=OutcomeKind(row.kind),
        kind_label=labels.OUTCOME_KINDS[OutcomeKind(row.kind)],
        medium=Medium(row.medium),
        title=row.title,
        summary=row.summary,
        number=row.number,
        document_id=row.document_id,
        file_id=row.file_id,
        approved_at=row.approved_at,
        signed_at=row.signed_at,
        released_at=row.released_at,
        token=row.token,
        id=row.pk,
        edition=row.edition,
        expires_on=row.expires_on,
        replaced_at=row.replaced_at,
        replaced_by_id=row.replaced_by_id,
        revoked_on=row.revoked_on,
        revocation_number=row.revocation_number,
        revoked_why=row.revoked_why,
    )


_TOLD_TO_CITIZENS = frozenset(
    {
        Act.SUBMIT, Act.RECEIVE, Act.REFUSE, Act.REQUEST_SUPPLEMENT, Act.ANSWER_SUPPLEMENT, Act.EXTEND, Act.STOP,
        Act.WITHDRAW, Act.RELEASE, Act.DELIVER, Act.APPROVE_SUPPLEMENT, Act.CLOSE_PHASE, Act.FULFIL_OBLIGATION,
        Act.REOPEN, Act.KEEP_OUTCOME, Act.REVOKE,
    }
)  # fmt: skip


_INSIDE = frozenset(
    {Act.PROPOSE_SUPPLEMENT, Act.DECLINE_SUPPLEMENT, Act.EXPLAIN_DELAY, Act.DROP_APOLOGY, Act.CONSULT_UNIT}
)
"""Preparations inside the agency that a citizen is not told of at all."""


def for_citizens(cards: Iterable[MovementCard]) -> tuple[MovementCard, ...]:
    """Return what a citizen is told of a history: each outer act by role; inner ones without their notes and names."""
    return tuple(
        replace(
            card,
            who=labels.PARTIES[card.party],
            receiver="",
            to_label=labels.CITIZEN_STATES[card.to_state],
            note=card.note if card.act in _TOLD_TO_CITIZENS else "",
            facts=card.facts if card.act in _TOLD_TO_CITIZENS else {},
        )
        for card in cards
        if card.act not in _INSIDE
    )
