from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from vanlang.documents.api import PaperData, Qr
from vanlang.printing.rules.stocks import Stock


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterCard:
    """A printer of an agency: what it holds, and how far it prints beside the mark."""

    id: uuid.UUID
    name: str
    stock: Stock
    offset_x: float
    """Units: millimetres to the right."""
    offset_y: float
    """Units: millimetres down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutCard:
    """An agency's template for a stock."""

    stock: Stock
    text: str
    version: int
    """0: the house's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    weight: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCopy:
    """What stands on one label or receipt."""

    lines: tuple[PrintedLine, ...]
    code: Qr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPaper(PaperData):
    """Labels or receipts, set on paper of exact size. Units: millimetres."""

    template: ClassVar[str] = "printing/stock.typ"

    title: str
    printed_on: date
    width: float
    height: float | None
    margin: float
    text_pt: float
    qr: float
    columns: int
    rows: int
    sheet_top: float
    offset_x: float
    offset_y: float
    first: int
    """Place of the first label on its sheet, from 1: used sheets are used up."""
    copies: tuple[PrintedCopy, ...]
    crosses: bool = False
    """A page for setting the printer: crosses and rulers instead of text."""
    note: str = ""
    """What the page of crosses says of itself."""
