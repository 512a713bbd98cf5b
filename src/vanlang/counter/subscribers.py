"""What the counter hears: a visitor's dossier was taken in, or one that came in an envelope, or one that goes back by post."""

from __future__ import annotations

from vanlang.counter.models import PostalItem, Ticket
from vanlang.counter.services.post import link_envelope, wish_return
from vanlang.counter.services.queueing import link_dossier
from vanlang.intake.api import TakenIn
from vanlang.kernel.events import subscribe


@subscribe(TakenIn)
def remember_visit(event: TakenIn) -> None:
    """Put a dossier to the ticket, or to the envelope, with which it came; another id is nobody's visit here."""
    if event.visit_id is None:
        return
    ticket = Ticket.objects.filter(pk=event.visit_id, agency_id=event.agency_id).first()
    if ticket is not None:
        link_dossier(ticket, dossier_id=event.dossier_id, at=event.at)
    item = PostalItem.objects.filter(pk=event.visit_id, agency_id=event.agency_id).first()
    if item is not None:
        link_envelope(item, dossier_id=event.dossier_id)


@subscribe(TakenIn)
def remember_way_back(event: TakenIn) -> None:
    """Open an envelope for a result that its applicant wants by post."""
    if event.by_post:
        wish_return(dossier_id=event.dossier_id, agency_id=event.agency_id, at=event.at)
