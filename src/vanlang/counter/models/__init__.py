"""Rows of the counter's day."""

from vanlang.counter.models.queue import (
    QueuePlace,
    QueueService,
    Ticket,
    TicketCounter,
    TicketDossier,
    Window,
)

__all__ = ["QueuePlace", "QueueService", "Ticket", "TicketCounter", "TicketDossier", "Window"]
