"""What is printed: the words of certification over the copies, and the book, on paper and as a workbook."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import xlsxwriter

from vanlang.certification.errors import NotEnteredError, PlaceError
from vanlang.certification.labels import BOOK_COLUMNS, note_of
from vanlang.certification.queries import access_request, entries_of, read_book, state_of
from vanlang.certification.rules.book import volume_of
from vanlang.certification.rules.placing import HEIGHT, WIDTH, Place, may_place
from vanlang.certification.types import BookLine, BookPaper, EntryState, Stamp, StampSheet
from vanlang.documents import api as documents
from vanlang.identity.api import Actor, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.organizations.api import get_agency


def print_stamps(request_id: uuid.UUID, *, place: Place, actor: Actor) -> bytes:
    """
    Return the words of certification of a visit, one page for each copy on paper, to be printed over the copies.

    Raises: NotEnteredError before there are numbers; PlaceError; NoSuchEntryError.
    """
    refuse_if(may_place(place), PlaceError)
    row = access_request(request_id, actor=actor)
    entries = [
        entry
        for entry in entries_of(row.pk)
        if state_of(entry) is EntryState.ENTERED and not entry.electronic
    ]
    if not entries:
        raise NotEnteredError("certification.no_numbers_yet")
    first = entries[0]
    assert first.certified_on is not None and first.signer_appointment_id is not None  # noqa: S101 - entered
    agency = get_agency(row.agency_id, first.certified_on)
    leader = get_appointments([first.signer_appointment_id])[first.signer_appointment_id]
    sheet = StampSheet(
        head=documents.head_of(agency),
        signer=documents.signer_of(leader, agency),
        certified_on=first.certified_on,
        volume=volume_of(first.certified_on.year),
        x_mm=place.x_mm,
        y_mm=place.y_mm,
        width_mm=WIDTH,
        height_mm=HEIGHT,
        stamps=tuple(
            Stamp(
                number=f"{entry.number:02d}",
                document=entry.name,
                pages=entry.pages,
                copy=copy,
                copies=entry.copies,
            )
            for entry in entries
            for copy in range(1, entry.copies + 1)
        ),
    )
    return documents.typeset(sheet.template, sheet, agency_code=agency.code)


def print_book(*, actor: Actor, from_on: dt.date, to_on: dt.date, at: dt.datetime) -> bytes:
    """Return the book of a half-open period as PDF/A; the read is written first."""
    lines = read_book(actor=actor, from_on=from_on, to_on=to_on, purpose="In sổ chứng thực", at=at)
    today = at.astimezone(VIETNAM).date()
    agency = get_agency(actor.agency_id or 0, today)
    paper = BookPaper(
        head=documents.head_of(agency),
        volume=volume_of(from_on.year),
        from_on=from_on,
        last_on=to_on - dt.timedelta(days=1),
        printed_on=today,
        lines=lines,
    )
    return documents.typeset(paper.template, paper, agency_code=agency.code)


def write_workbook(*, actor: Actor, from_on: dt.date, to_on: dt.date, at: dt.datetime) -> bytes:
    """Return the same as an Excel workbook; an export is a read, and is written first."""
    lines = read_book(actor=actor, from_on=from_on, to_on=to_on, purpose="Xuất sổ chứng thực", at=at)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sổ chứng thực")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
        money = book.add_format({"num_format": "#,##0", "valign": "top", "border": 1})
        for column, (title, width) in enumerate(BOOK_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for number, line in enumerate(lines, start=1):
            sheet.write_number(number, 0, line.number, cell)
            sheet.write_datetime(number, 1, dt.datetime.combine(line.on, dt.time()), day)
            for column, value in enumerate(_cells(line), start=2):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, money)
                else:
                    sheet.write_string(number, column, value, cell)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _cells(line: BookLine) -> tuple[str | int, ...]:
    def counted(value: int | None) -> str | int:
        return "" if value is None else value

    return (
        line.requester, line.document, counted(line.pages), counted(line.copies), line.signer, counted(line.fee_vnd),
        note_of(line),
    )  # fmt: skip
