"""Differences that closed days left: what stands on their account, and what was cleared lately."""

from __future__ import annotations

import uuid

from vanlang.payments.cards import CarriedCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import CarriedDifference
from vanlang.payments.types import Clearing, PaymentWay

LATELY = 20


def list_carried(agency_id: int) -> tuple[CarriedCard, ...]:
    """Return the differences that stand, the oldest first."""
    rows = CarriedDifference.objects.filter(agency_id=agency_id, cleared_at=None)
    return tuple(_card(row) for row in rows.order_by("on", "id"))


def list_cleared(agency_id: int) -> tuple[CarriedCard, ...]:
    """Return the differences that were cleared last, the latest first."""
    rows = CarriedDifference.objects.filter(agency_id=agency_id, cleared_at__isnull=False)
    return tuple(_card(row) for row in rows.order_by("-cleared_at", "-id")[:LATELY])


def get_carried(carried_id: uuid.UUID) -> CarriedCard:
    """Raises: MoneyNotFound."""
    row = CarriedDifference.objects.filter(pk=carried_id).first()
    if row is None:
        raise MoneyNotFound
    return _card(row)


def count_carried(agency_id: int) -> int:
    """Return how many differences stand."""
    return CarriedDifference.objects.filter(agency_id=agency_id, cleared_at=None).count()


def _card(row: CarriedDifference) -> CarriedCard:
    return CarriedCard(
        id=row.pk,
        agency_id=row.agency_id,
        way=PaymentWay(row.way),
        on=row.on,
        transaction=row.transaction,
        reference=row.reference,
        vnd=row.vnd,
        explanation=row.explanation,
        clearing=Clearing(row.clearing) if row.clearing else None,
        cleared_at=row.cleared_at,
        document=row.document,
    )
