"""Questions about visits and the book. An agency's own only: asked of its rows, and row-level security underneath."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Count, Q, Sum

from vanlang.audit.api import record_read
from vanlang.calendars.api import SAME_DAY, DueDate, calendar_of, due
from vanlang.catalogue.api import Channel, VersionCard, amount_for, find_procedure, get_version
from vanlang.certification.errors import NoSuchEntryError
from vanlang.certification.models import CertificationEntry, CertificationRequest
from vanlang.certification.types import BookLine, EntryCard, EntryState, RequestCard, RequestLine
from vanlang.documents.api import CERTIFICATION, list_register
from vanlang.dossiers.api import mask_name
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM

PROCEDURE = "2.000815"
"""Chứng thực bản sao từ bản chính: its code in the national catalogue."""
_PURPOSE = "Chứng thực bản sao từ bản chính"


def find_version(on: dt.date) -> VersionCard | None:
    """Return the procedure as it stands on a day, or None when it does not take dossiers."""
    card = find_procedure(PROCEDURE, on)
    return get_version(card.version_id) if card is not None and card.is_ready else None


def due_if_taken_in(agency_id: int, at: dt.datetime) -> DueDate:
    """Return until when a visit taken in now is to be done: today, or after 15:00 the next working day."""
    return due(calendar_of(agency_id), received_at=at, limit=SAME_DAY)


def fee_per_copy(version: VersionCard, pages: int) -> int | None:
    """Return what one certified copy costs by the confirmed fee of the catalogue; None when there is none."""
    case = version.case(None)
    fees = version.fees_for(Channel.DIRECT, case.id if case else None)
    if len(fees) != 1:
        return None
    money = fees[0].money
    if money.per == "trang":
        return amount_for(money, pages)
    return amount_for(money) if money.per in {"bản", "bản sao"} or money.amount_vnd == 0 else None


def get_request(request_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> RequestCard:
    """
    Return a visit. The read is written first.

    Raises: NoSuchEntryError.
    """
    row = access_request(request_id, actor=actor)
    record_read(
        act="certification.open",
        actor=actor,
        object_type="certification.request",
        object_id=row.pk,
        purpose=_PURPOSE,
        at=at,
    )
    return card_of(row)


def list_requests(actor: Actor, *, from_at: dt.datetime) -> tuple[RequestLine, ...]:
    """Return the visits of an agency that wait for a number, and those since an instant; oldest first."""
    counted = Q(entries__cancelled_at__isnull=True)
    rows = CertificationRequest.objects.filter(agency_id=actor.agency_id or 0).annotate(
        originals=Count("entries", filter=counted),
        copies=Sum("entries__copies", filter=counted, default=0),
        waiting=Count("entries", filter=counted & Q(entries__number__isnull=True)),
    )
    rows = rows.filter(Q(taken_in_at__gte=from_at) | Q(waiting__gt=0)).order_by("due_at", "taken_in_at", "id")
    return tuple(
        RequestLine(
            id=row.pk,
            requester=mask_name(row.requester),
            taken_in_at=row.taken_in_at,
            due_at=row.due_at,
            originals=row.originals,
            copies=row.copies,
            waiting=row.waiting,
        )
        for row in rows
    )


def read_book(
    *, actor: Actor, from_on: dt.date, to_on: dt.date, purpose: str, at: dt.datetime
) -> tuple[BookLine, ...]:
    """
    Return the book of an agency for the days of a half-open period, in order of its numbers. The read is written first.

    The lines are those of the register, so that no number can be missing; details come from the visits.
    """
    agency_id = actor.agency_id or 0
    record_read(
        act="certification.read_book",
        actor=actor,
        object_type="certification.book",
        object_id=agency_id,
        purpose=purpose,
        at=at,
        facts={"from": from_on.isoformat(), "to": to_on.isoformat()},
    )
    rows = CertificationEntry.objects.filter(
        agency_id=agency_id, certified_on__gte=from_on, certified_on__lt=to_on
    ).select_related("request")
    known = {(row.year, row.number): row for row in rows}
    lines = []
    for year in range(from_on.year, to_on.year + 1):
        for line in list_register(
            agency_id=agency_id, book_kind=CERTIFICATION, year=year, from_on=from_on, to_on=to_on
        ):
            row = known.get((year, line.number))
            lines.append(
                BookLine(
                    number=line.number,
                    on=line.issued_on,
                    requester=row.request.requester if row else ", ".join(line.recipients),
                    document=row.name if row else line.title,
                    pages=row.pages if row else None,
                    copies=row.copies if row else None,
                    signer=line.signer,
                    fee_vnd=row.fee_vnd if row else None,
                    electronic=row.electronic if row else False,
                    void_note=line.void_reason,
                    voided_on=line.voided_at.astimezone(VIETNAM).date() if line.voided_at else None,
                )
            )
    return tuple(lines)


def get_entry(entry_id: uuid.UUID, *, actor: Actor) -> EntryCard:
    """Return one original. Raises: NoSuchEntryError."""
    return entry_card(access_entry(entry_id, actor=actor))


def access_request(request_id: uuid.UUID, *, actor: Actor, for_update: bool = False) -> CertificationRequest:
    """Return a visit of the actor's agency, locked when it is to be changed. Raises: NoSuchEntryError."""
    rows = CertificationRequest.objects.filter(pk=request_id, agency_id=actor.agency_id or 0)
    row = (rows.select_for_update(of=("self",)) if for_update else rows).first()
    if row is None:
        raise NoSuchEntryError
    return row


def access_entry(entry_id: uuid.UUID, *, actor: Actor, for_update: bool = False) -> CertificationEntry:
    """Return an original of the actor's agency. Raises: NoSuchEntryError."""
    rows = CertificationEntry.objects.filter(pk=entry_id, agency_id=actor.agency_id or 0)
    row = (rows.select_for_update(of=("self",)) if for_update else rows).first()
    if row is None:
        raise NoSuchEntryError
    return row


def entries_of(request_id: uuid.UUID) -> list[CertificationEntry]:
    """Return the originals of an accessed visit, in the order in which they were brought."""
    return list(CertificationEntry.objects.filter(request_id=request_id).order_by("position", "id"))


def card_of(row: CertificationRequest) -> RequestCard:
    return RequestCard(
        id=row.pk,
        agency_id=row.agency_id,
        requester=row.requester,
        personal_id=row.personal_id,
        taken_in_at=row.taken_in_at,
        due_at=row.due_at,
        specialist_id=row.specialist_id,
        entries=entry_cards(entries_of(row.pk)),
    )


def entry_cards(rows: Iterable[CertificationEntry]) -> tuple[EntryCard, ...]:
    return tuple(entry_card(row) for row in rows)


def entry_card(row: CertificationEntry) -> EntryCard:
    return EntryCard(
        id=row.pk,
        request_id=row.request_id,
        state=state_of(row),
        name=row.name,
        document_number=row.document_number,
        issuer=row.issuer,
        pages=row.pages,
        copies=row.copies,
        electronic=row.electronic,
        fee_vnd=row.fee_vnd,
        dossier_id=row.dossier_id,
        number=row.number,
        certified_on=row.certified_on,
        signer=row.signer,
        cancelled_at=row.cancelled_at,
        cancel_note=row.cancel_note,
    )


def state_of(row: CertificationEntry) -> EntryState:
    if row.cancelled_at is not None:
        return EntryState.CANCELLED
    return EntryState.WAITING if row.number is None else EntryState.ENTERED
