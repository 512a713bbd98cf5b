"""Commands: printers and templates kept, labels and receipts set."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.documents.api import WORDS, Qr, typeset
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import AddressOf, DossierPage
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise
from vanlang.organizations.api import get_agency
from vanlang.printing.cards import LayoutCard, PrintedCopy, PrintedLine, PrinterCard, StockPaper
from vanlang.printing.errors import LayoutRefusedError, NothingToPrintError
from vanlang.printing.labels import cross_note
from vanlang.printing.models import Printer, PrintLayout
from vanlang.printing.queries import access_printer, get_layout, printer_card
from vanlang.printing.rules.layouts import Line, Weight, filled, read_layout, why_not_save
from vanlang.printing.rules.stocks import LABELS_ON_SHEET, MOST_OFFSET, SHEET_TOP, SIZES, Stock

PURPOSE = "In nhãn, phiếu hồ sơ"
_SAMPLE_ADDRESS = "https://van-lang.example/xac-minh/mau/"


@transaction.atomic
def save_printer(
    *,
    name: str,
    stock: Stock,
    offset_x: float,
    offset_y: float,
    actor: Actor,
    at: dt.datetime,
    printer_id: uuid.UUID | None = None,
) -> PrinterCard:
    """Add a printer of the agency, or change one. Raises: LayoutRefusedError, NoSuchPrinterError."""
    if max(abs(offset_x), abs(offset_y)) > MOST_OFFSET:
        raise LayoutRefusedError("printing.offset_unlikely", most=int(MOST_OFFSET))
    assert actor.agency_id is not None  # noqa: S101 - an officer's command
    row = access_printer(printer_id, actor=actor) if printer_id else Printer(agency_id=actor.agency_id)
    row.name, row.stock = normalise(name)[:80], stock
    row.offset_x, row.offset_y = round(offset_x * 10), round(offset_y * 10)
    row.save()
    _record("printing.save_printer", row.pk, actor, at)
    return printer_card(row)


@transaction.atomic
def save_layout(*, stock: Stock, text: str, actor: Actor, at: dt.datetime) -> LayoutCard:
    """
    Keep a template as the agency's newest for a stock; the one before stays.

    Raises: LayoutRefusedError with the fact named that is unknown or missing; the old template stays in use.
    """
    refuse_if(why_not_save(text, stock=stock, known=WORDS), LayoutRefusedError)
    assert actor.agency_id is not None  # noqa: S101 - an officer's command
    before = PrintLayout.objects.select_for_update().filter(agency_id=actor.agency_id, stock=stock)
    version = max([row.version for row in before], default=0) + 1
    row = PrintLayout.objects.create(
        agency_id=actor.agency_id,
        stock=stock,
        version=version,
        text=text.strip(),
        saved_at=at,
        saved_by_id=actor.appointment_id,
    )
    _record("printing.save_layout", row.pk, actor, at)
    return LayoutCard(stock=stock, text=row.text, version=version)


def print_dossiers(
    references: Sequence[uuid.UUID],
    *,
    stock: Stock,
    printer: PrinterCard | None,
    address_of: AddressOf,
    actor: Actor,
    at: dt.datetime,
    first: int = 1,
    each: int = 1,
) -> bytes:
    """
    Return labels or receipts of dossiers as PDF of exact size; each read is written first.

    `first` is where on its sheet the first label goes; `each` how many of every dossier.
    Raises: DossierNotFound, NothingToPrintError before there is a code.
    """
    pages = [
        dossiers.get_dossier_page(reference, actor=actor, purpose=PURPOSE, at=at) for reference in references
    ]
    if not pages or any(page.code is None for page in pages):
        raise NothingToPrintError
    lines = read_layout(get_layout(actor.agency_id or 0, stock).text)
    copies = [_copy(lines, page, address_of) for page in pages for _ in range(each)]
    return _set(stock, copies, printer, actor, at, first=first)


def print_sample(
    *, stock: Stock, text: str, actor: Actor, at: dt.datetime, printer: PrinterCard | None = None
) -> bytes:
    """Return a template with the dictionary's samples in it. Raises: LayoutRefusedError."""
    refuse_if(why_not_save(text, stock=stock, known=WORDS), LayoutRefusedError)
    samples = {word: field.sample for word, field in WORDS.items()}
    copy = _printed(filled(read_layout(text), samples), _SAMPLE_ADDRESS)
    return _set(stock, [copy], printer, actor, at)


def print_test_page(printer: PrinterCard, *, actor: Actor, at: dt.datetime) -> bytes:
    """Return a page of crosses at known millimetres, by which a printer is set."""
    empty = PrintedCopy(lines=(), code=None)
    count = LABELS_ON_SHEET if printer.stock is Stock.LABEL_SHEET else 1
    return _set(printer.stock, [empty] * count, printer, actor, at, crosses=True)


def _copy(lines: Sequence[Line], page: DossierPage, address_of: AddressOf) -> PrintedCopy:
    return _printed(filled(lines, dossiers.template_facts(page)), address_of(page.receipt_token))


def _printed(lines: Sequence[Line], address: str) -> PrintedCopy:
    return PrintedCopy(
        lines=tuple(PrintedLine(weight=line.weight, text=line.text) for line in lines),
        code=Qr(address) if any(line.weight is Weight.CODE for line in lines) else None,
    )


def _set(
    stock: Stock,
    copies: Sequence[PrintedCopy],
    printer: PrinterCard | None,
    actor: Actor,
    at: dt.datetime,
    *,
    first: int = 1,
    crosses: bool = False,
) -> bytes:
    size, today = SIZES[stock], at.astimezone(VIETNAM).date()
    paper = StockPaper(
        title="Trang căn chỉnh máy in" if crosses else "Nhãn, phiếu hồ sơ",
        printed_on=today,
        width=size.width,
        height=size.height,
        margin=size.margin,
        text_pt=size.text_pt,
        qr=size.qr,
        columns=size.columns,
        rows=size.rows,
        sheet_top=SHEET_TOP,
        offset_x=printer.offset_x if printer else 0,
        offset_y=printer.offset_y if printer else 0,
        first=min(max(first, 1), LABELS_ON_SHEET),
        copies=tuple(copies),
        crosses=crosses,
        note=cross_note(printer, size) if crosses and printer else "",
    )
    agency = get_agency(actor.agency_id or 0, today)
    return typeset(paper.template, paper, agency_code=agency.code, archival=False)


def _record(act: str, object_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    record_act(act=act, actor=actor, object_type="printing", object_id=object_id, at=at)
