"""Questions about outcomes and the register. Rights are the caller's; row-level security is the net below them."""

from __future__ import annotations

from uuid import UUID

from vanlang.documents.errors import UnknownOutcomeError
from vanlang.documents.models import OutcomeDocument, RegisterEntry
from vanlang.documents.types import OutcomeCard, OutcomeState, RegisterLine
from vanlang.documents.typesetting import typeset
from vanlang.files import api as files
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations import api as organizations


def get_outcome(outcome_id: UUID) -> OutcomeCard:
    """Return the card. Raises: UnknownOutcomeError."""
    return card_of(access_outcome(outcome_id))


def read_outcome(outcome_id: UUID) -> bytes:
    """
    Return the PDF as it stands: a marked draft while a draft, else the file that was numbered or signed.

    Raises: UnknownOutcomeError; TemplateBrokenError for a draft; the errors of files.read.
    """
    row = access_outcome(outcome_id)
    if row.file_id is not None:
        return files.read(row.file_id)
    agency = organizations.get_agency(row.agency_id, row.created_at.astimezone(VIETNAM).date())
    return typeset(row.template, row.data, agency_code=agency.code, archival=False)


def list_register(*, agency_id: int, book_kind: str, year: int) -> list[RegisterLine]:
    """Return the register of one book, in order of its numbers."""
    rows = RegisterEntry.objects.filter(book__agency_id=agency_id, book__kind=book_kind, book__year=year)
    return [
        RegisterLine(
            number=row.number,
            symbol=row.symbol,
            issued_on=row.issued_on,
            title=row.title,
            signer=row.signer,
            recipients=tuple(row.recipients),
            void_reason=row.void_reason,
        )
        for row in rows.order_by("number")
    ]


def access_outcome(outcome_id: UUID, *, for_update: bool = False) -> OutcomeDocument:
    """Return the row, locked when it is about to change. Raises: UnknownOutcomeError."""
    rows = OutcomeDocument.objects.all()
    if for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=outcome_id).first()
    if row is None:
        raise UnknownOutcomeError(outcome=str(outcome_id))
    return row


def card_of(row: OutcomeDocument) -> OutcomeCard:
    """Return the frozen card of a row."""
    return OutcomeCard(
        id=row.pk,
        agency_id=row.agency_id,
        book_kind=row.book_kind,
        title=row.title,
        state=OutcomeState(row.state),
        symbol=row.symbol,
        issued_on=row.issued_on,
        file_id=row.file_id,
    )
