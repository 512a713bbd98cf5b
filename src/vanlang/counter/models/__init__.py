"""Rows of the counter's day."""

from vanlang.counter.models.batches import Batch, BatchLine
from vanlang.counter.models.cash import CashDrawer, CashEntry
from vanlang.counter.models.post import PostalItem, PostalPiece
from vanlang.counter.models.queue import (
    QueuePlace,
    QueueService,
    Ticket,
    TicketCounter,
    TicketDossier,
    Window,
)
from vanlang.counter.models.trays import Tray, TrayItem

__all__ = [
    "Batch",
    "BatchLine",
    "CashDrawer",
    "CashEntry",
    "PostalItem",
    "PostalPiece",
    "QueuePlace",
    "QueueService",
    "Ticket",
    "TicketCounter",
    "TicketDossier",
    "Tray",
    "TrayItem",
    "Window",
]
