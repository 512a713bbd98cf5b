"""What the portal is told of: every act on a dossier, and what moves without one."""

from __future__ import annotations

from vanlang.dossiers.api import (
    DossierDelivered,
    DossierDueMoved,
    DossierEvent,
    DossierExtended,
    DossierMoved,
    DossierReceived,
    DossierRefused,
    DossierReopened,
    DossierStopped,
    DossierSubmitted,
    DossierWithdrawn,
    ObligationFulfilled,
    ObligationRequested,
    OpinionAsked,
    OutcomeApproved,
    OutcomeReleased,
    OutcomeRevoked,
    OutcomeSigned,
    SupplementAnswered,
    SupplementProposed,
    SupplementRequested,
)
from vanlang.kernel.events import subscribe
from vanlang.nationalportal.services import telling
from vanlang.payments.api import DemandRaised, PaymentBooked, RefundConfirmed
from vanlang.petitions.api import PetitionAnswered, PetitionClosed

ACTS: tuple[type[DossierEvent], ...] = (
    DossierSubmitted, DossierReceived, DossierRefused, SupplementRequested, SupplementAnswered, SupplementProposed,
    DossierMoved, OpinionAsked, ObligationRequested, ObligationFulfilled, OutcomeApproved, OutcomeSigned, OutcomeReleased,
    OutcomeRevoked, DossierExtended, DossierStopped, DossierWithdrawn, DossierDelivered, DossierReopened,
)  # fmt: skip


def tell_of_act(event: DossierEvent) -> None:
    """Write down that the portal must be told of an act."""
    telling.tell_dossier(
        dossier_id=event.dossier_id,
        number=event.number,
        code=event.code,
        agency_id=event.agency_id,
        at=event.at,
    )


def tell_of_appointment(event: DossierDueMoved) -> None:
    """Write down that the portal must be told of an appointment that a calendar moved."""
    telling.tell_appointment(
        dossier_id=event.dossier_id, edition=event.calendar_version, agency_id=event.agency_id, at=event.at
    )


def tell_of_money(event: DemandRaised | PaymentBooked | RefundConfirmed) -> None:
    """Write down that the portal must be told of money."""
    if event.dossier_id is not None:
        telling.tell_money(dossier_id=event.dossier_id, agency_id=event.agency_id, at=event.at)


def tell_of_petition(event: PetitionAnswered | PetitionClosed) -> None:
    """Write down that the portal must be told what became of a petition that came from there."""
    telling.tell_petition(petition_id=event.petition_id, number=event.number, at=event.at)


def listen() -> None:
    """Begin to listen: only where there is a portal to be told."""
    for heard in ACTS:
        subscribe(heard)(tell_of_act)
    subscribe(DossierDueMoved)(tell_of_appointment)
    subscribe(DemandRaised)(tell_of_money)
    subscribe(PaymentBooked)(tell_of_money)
    subscribe(RefundConfirmed)(tell_of_money)
    subscribe(PetitionAnswered)(tell_of_petition)
    subscribe(PetitionClosed)(tell_of_petition)
