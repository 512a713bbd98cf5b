"""Questions about printers and templates: an agency's own."""

from __future__ import annotations

import uuid

from vanlang.identity.api import Actor
from vanlang.printing.cards import LayoutCard, PrinterCard
from vanlang.printing.errors import NoSuchPrinterError
from vanlang.printing.models import Printer, PrintLayout
from vanlang.printing.rules.layouts import DEFAULTS
from vanlang.printing.rules.stocks import Stock


def list_printers(actor: Actor) -> tuple[PrinterCard, ...]:
    """Return the printers of an agency by name."""
    rows = Printer.objects.filter(agency_id=actor.agency_id or 0).order_by("name", "id")
    return tuple(printer_card(row) for row in rows)


def get_printer(printer_id: uuid.UUID, *, actor: Actor) -> PrinterCard:
    """Return a printer of the actor's agency. Raises: NoSuchPrinterError."""
    return printer_card(access_printer(printer_id, actor=actor))


def access_printer(printer_id: uuid.UUID, *, actor: Actor) -> Printer:
    row = Printer.objects.filter(pk=printer_id, agency_id=actor.agency_id or 0).first()
    if row is None:
        raise NoSuchPrinterError
    return row


def get_layout(agency_id: int, stock: Stock) -> LayoutCard:
    """Return the template that an agency prints a stock by: its newest, or the house's own."""
    row = PrintLayout.objects.filter(agency_id=agency_id, stock=stock).order_by("-version").first()
    if row is None:
        return LayoutCard(stock=stock, text=DEFAULTS[stock], version=0)
    return LayoutCard(stock=stock, text=row.text, version=row.version)


def printer_card(row: Printer) -> PrinterCard:
    return PrinterCard(
        id=row.pk,
        name=row.name,
        stock=Stock(row.stock),
        offset_x=row.offset_x / 10,
        offset_y=row.offset_y / 10,
    )
