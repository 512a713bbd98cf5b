"""Questions about outcomes and the register. Rights are the caller's; row-level security is the net below them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from vanlang.documents.errors import UnknownOutcomeError, UnknownWordTemplateError
from vanlang.documents.models import OutcomeDocument, RegisterEntry, WordTemplate
from vanlang.documents.rules.signers import signer_lines
from vanlang.documents.types import (
    Head,
    OutcomeCard,
    OutcomeState,
    RegisterLine,
    Sheet,
    Signer,
    WordTemplateCard,
)
from vanlang.documents.typesetting import join, typeset
from vanlang.files import api as files
from vanlang.identity.api import AppointmentCard
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations import api as organizations
from vanlang.organizations.api import AgencyCard, AgencyKind


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
    draft = typeset(row.template, row.data, agency_code=agency.code, archival=False)
    return join(row.template, base_of(row), Sheet(pdf=draft, boxes=())).pdf


def list_register(
    *, agency_id: int, book_kind: str, year: int, from_on: date | None = None, to_on: date | None = None
) -> list[RegisterLine]:
    """Return the register of one book, or of the days of a half-open period, in order of its numbers."""
    rows = RegisterEntry.objects.filter(book__agency_id=agency_id, book__kind=book_kind, book__year=year)
    if from_on is not None:
        rows = rows.filter(issued_on__gte=from_on)
    if to_on is not None:
        rows = rows.filter(issued_on__lt=to_on)
    return [
        RegisterLine(
            number=row.number,
            symbol=row.symbol,
            issued_on=row.issued_on,
            title=row.title,
            signer=row.signer,
            recipients=tuple(row.recipients),
            void_reason=row.void_reason,
            voided_at=row.voided_at,
        )
        for row in rows.order_by("number")
    ]


_PLACES = ("Phường ", "Xã ", "Đặc khu ")
_PROVINCE = "Phú Thọ"


def head_of(agency: AgencyCard) -> Head:
    """Return the head of an agency's papers; departments sit in the province's town."""
    places = (agency.short_name.removeprefix(kind) for kind in _PLACES if agency.short_name.startswith(kind))
    return Head(agency=agency.name, place=next(places, _PROVINCE))


def signer_of(officer: AppointmentCard, agency: AgencyCard) -> Signer:
    """Return how a leader signs the papers of their agency."""
    on_behalf, title = signer_lines(officer.title, is_committee=agency.kind is AgencyKind.COMMUNE)
    return Signer(title=title, name=officer.name, on_behalf=on_behalf or None)


def access_outcome(outcome_id: UUID, *, for_update: bool = False) -> OutcomeDocument:
    """Return the row, locked when it is about to change. Raises: UnknownOutcomeError."""
    rows = OutcomeDocument.objects.all()
    if for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=outcome_id).first()
    if row is None:
        raise UnknownOutcomeError(outcome=str(outcome_id))
    return row


def base_of(row: OutcomeDocument) -> bytes | None:
    """Return the PDF that an outcome is joined with. Raises: the errors of files.read."""
    return files.read(row.base_file_id) if row.base_file_id is not None else None


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
        signer=str(row.data.get("signer", {}).get("name", "")),
    )


def list_word_templates(
    *, agency_id: int, procedure_code: str, case_title: str | None = None
) -> list[WordTemplateCard]:
    """Return the newest version of each template of an agency for a procedure; for a case, its own and those of every case."""
    rows = WordTemplate.objects.filter(agency_id=agency_id, procedure_code=procedure_code)
    if case_title is not None:
        rows = rows.filter(case_title__in=["", case_title])
    newest = rows.order_by("name", "case_title", "-version").distinct("name", "case_title")
    return [word_template_card(row) for row in newest]


def access_word_template(template_id: UUID, *, agency_id: int) -> WordTemplate:
    """Return a template of an agency. Raises: UnknownWordTemplateError."""
    row = WordTemplate.objects.filter(pk=template_id, agency_id=agency_id).first()
    if row is None:
        raise UnknownWordTemplateError
    return row


def word_template_card(row: WordTemplate) -> WordTemplateCard:
    return WordTemplateCard(
        id=row.pk,
        procedure_code=row.procedure_code,
        case_title=row.case_title,
        name=row.name,
        version=row.version,
        fields=tuple(row.fields),
        saved_at=row.saved_at,
    )
