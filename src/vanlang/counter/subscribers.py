"""What the counter hears: a visitor's dossier was taken in."""

from __future__ import annotations

from vanlang.counter.models import Ticket
from vanlang.counter.services.queueing import link_dossier
from vanlang.intake.api import TakenIn
from vanlang.kernel.events import subscribe


@subscribe(TakenIn)
def remember_dossier(event: TakenIn) -> None:
    """Put a dossier to the ticket whose holder brought it; an id that is no ticket's is somebody else's visit."""
    ticket = Ticket.objects.filter(pk=event.visit_id, agency_id=event.agency_id).first()
    if ticket is not None:
        link_dossier(ticket, dossier_id=event.dossier_id, at=event.at)
