"""Numbers from the books."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.documents.errors import NumberRefusedError
from vanlang.documents.models import Book, RegisterEntry
from vanlang.documents.rules.numbering import mark_of, may_number, symbol_of
from vanlang.documents.types import DocumentNumber
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.organizations import api as organizations

# One statement: finds or opens the book, counts on, and holds the row until the caller's transaction ends. A
# rollback takes the count back with everything else, so no number is ever lost and none is given twice.
_COUNT_ON = """
INSERT INTO documents_book AS book (agency_id, kind, year, agency_mark, last_number)
VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (agency_id, kind, year) DO UPDATE SET last_number = book.last_number + 1
RETURNING id, last_number, agency_mark
"""


def take_number(
    *,
    agency_id: int,
    book_kind: str,
    on: date,
    at: datetime,
    unit_mark: str = "",
    title: str = "",
    signer: str = "",
    recipients: tuple[str, ...] = (),
) -> DocumentNumber:
    """
    Give the next number of the book and enter it in the register, in the caller's transaction.

    The book is held until that transaction ends: take the number last, and do nothing slow after it.
    Raises: NumberRefusedError; TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        msg = "a number is taken in the transaction of the document that bears it"
        raise transaction.TransactionManagementError(msg)
    today = at.astimezone(VIETNAM).date()
    refuse_if(may_number(kind=book_kind, on=on, today=today), NumberRefusedError)
    book_id, number, agency_mark = _count_on(agency_id, book_kind, on)
    symbol = symbol_of(number, kind=book_kind, agency_mark=agency_mark, unit_mark=unit_mark)
    entry = RegisterEntry.objects.create(
        book_id=book_id,
        agency_id=agency_id,
        number=number,
        symbol=symbol,
        issued_on=on,
        taken_at=at,
        title=title,
        signer=signer,
        recipients=list(recipients),
    )
    return DocumentNumber(number=number, symbol=symbol, entry_id=entry.pk)


def _count_on(agency_id: int, kind: str, on: date) -> tuple[int, int, str]:
    mark = mark_of(organizations.get_agency(agency_id, on).name)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ON, [agency_id, kind, on.year, mark])
        book_id, number, agency_mark = cursor.fetchone()
    return int(book_id), int(number), str(agency_mark)


@transaction.atomic
def set_agency_mark(*, agency_id: int, book_kind: str, year: int, agency_mark: str) -> None:
    """Change the abbreviation that the symbols of a book end with, for numbers from now on; opens the book."""
    Book.objects.update_or_create(
        agency_id=agency_id, kind=book_kind, year=year, defaults={"agency_mark": agency_mark}
    )


@transaction.atomic
def void_number(*, entry_id: int, reason: str, actor: ActorRef, at: datetime) -> None:
    """
    Declare a number void that stands on paper: it stays in the register with the reason, and is not given again.

    Raises: NumberRefusedError("documents.number_void") when it is void already.
    """
    changed = RegisterEntry.objects.filter(pk=entry_id, voided_at=None, outcome__isnull=True).update(
        voided_at=at, void_reason=reason[:300]
    )
    if not changed:
        raise NumberRefusedError("documents.number_void")
    record_act(
        act="documents.void_number", actor=actor, object_type="documents.entry", object_id=entry_id, at=at
    )
