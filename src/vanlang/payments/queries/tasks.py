"""What waits for a person: fees to be counted, money that fits nothing, money to be given back."""

from __future__ import annotations

import uuid

from vanlang.payments.cards import PaymentCard, QuestionCard, RefundCard, StrayCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import FeeQuestion, Payment, Refund, Stray
from vanlang.payments.queries.demands import payment_card
from vanlang.payments.types import (
    FeeGap,
    PaymentWay,
    RefundState,
    StrayReason,
    StrayState,
)


def list_questions(agency_id: int) -> tuple[QuestionCard, ...]:
    """Return the dossiers of an agency for which no demand could be raised, the oldest first."""
    rows = FeeQuestion.objects.filter(agency_id=agency_id, answered_at=None).order_by("asked_at", "id")
    return tuple(
        QuestionCard(dossier_id=row.dossier_id, gap=FeeGap(row.gap), asked_at=row.asked_at) for row in rows
    )


def list_strays(agency_id: int) -> tuple[StrayCard, ...]:
    """Return the money of an agency that fits nothing yet, the oldest first."""
    rows = Stray.objects.filter(agency_id=agency_id, state__in=[StrayState.OPEN, StrayState.RETURNING])
    return tuple(stray_card(row) for row in rows.select_related("payment").order_by("came_at", "id"))


def get_stray(stray_id: uuid.UUID) -> StrayCard:
    """Raises: MoneyNotFound."""
    row = Stray.objects.filter(pk=stray_id).select_related("payment").first()
    if row is None:
        raise MoneyNotFound
    return stray_card(row)


def list_refunds(agency_id: int, *, is_open: bool = True) -> tuple[RefundCard, ...]:
    """Return what is proposed or asked to go back; or, newest first, what became of the last two hundred."""
    waiting = [RefundState.PROPOSED, RefundState.ASKED]
    rows = Refund.objects.filter(agency_id=agency_id)
    if is_open:
        return tuple(refund_card(row) for row in rows.filter(state__in=waiting).order_by("proposed_at", "id"))
    return tuple(
        refund_card(row) for row in rows.exclude(state__in=waiting).order_by("-settled_at", "id")[:200]
    )


def get_refund(refund_id: uuid.UUID) -> RefundCard:
    """Raises: MoneyNotFound."""
    row = Refund.objects.filter(pk=refund_id).first()
    if row is None:
        raise MoneyNotFound
    return refund_card(row)


def find_payment_by_reference(reference: str) -> PaymentCard | None:
    """Return the attempt to pay that carries a reference."""
    row = Payment.objects.filter(reference=reference).select_related("demand").first()
    return payment_card(row, row.demand.dossier_id) if row is not None else None


def stray_card(row: Stray) -> StrayCard:
    return StrayCard(
        id=row.pk,
        agency_id=row.agency_id,
        way=PaymentWay(row.way),
        transaction=row.transaction,
        reference=row.reference,
        amount_vnd=row.amount_vnd,
        reason=StrayReason(row.reason),
        state=StrayState(row.state),
        came_at=row.came_at,
        demand_id=row.payment.demand_id if row.payment else None,
    )


def refund_card(row: Refund) -> RefundCard:
    return RefundCard(
        id=row.pk,
        agency_id=row.agency_id,
        payment_id=row.payment_id,
        stray_id=row.stray_id,
        way=PaymentWay(row.way),
        amount_vnd=row.amount_vnd,
        state=RefundState(row.state),
        reference=row.reference,
        reason=row.reason,
        answer=row.answer,
        proposed_at=row.proposed_at,
        settled_at=row.settled_at,
    )
