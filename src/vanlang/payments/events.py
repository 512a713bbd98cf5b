"""What happened to money. Ids alone: who listens asks for the rest."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import ClassVar

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRaised(Event):
    """Something is owed for a dossier."""

    name: ClassVar[str] = "payments.demand_raised"
    demand_id: uuid.UUID
    dossier_id: uuid.UUID
    agency_id: int


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBooked(Event):
    """Money came and is in the books: the demand is paid."""

    name: ClassVar[str] = "payments.booked"
    payment_id: uuid.UUID
    demand_id: uuid.UUID
    dossier_id: uuid.UUID
    agency_id: int


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyStrayed(Event):
    """Money came that fits nothing: it lies in suspense until a person has looked."""

    name: ClassVar[str] = "payments.strayed"
    stray_id: uuid.UUID
    agency_id: int


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAsked(Event):
    """Somebody decided that money goes back."""

    name: ClassVar[str] = "payments.refund_asked"
    refund_id: uuid.UUID
    agency_id: int


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class RefundConfirmed(Event):
    """Money went back."""

    name: ClassVar[str] = "payments.refund_confirmed"
    refund_id: uuid.UUID
    agency_id: int
    dossier_id: uuid.UUID | None
    """None for money that fitted nothing."""
