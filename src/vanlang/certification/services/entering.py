"""Entering a visit in the book: numbers for the copies on paper, and every draft before the leader."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.certification.errors import NotEnteredError
from vanlang.certification.models import CertificationEntry, CertificationRequest
from vanlang.certification.queries import access_request, card_of, entries_of
from vanlang.certification.rules.book import span_of, volume_of
from vanlang.certification.types import RequestCard
from vanlang.documents import api as documents
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import AddressOf, Draft, Medium, OutcomeKind, State
from vanlang.files.api import get_file
from vanlang.identity.api import Actor, AppointmentCard, Role, list_officers
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agency

_TITLE = "Bản sao được chứng thực từ bản chính"


@transaction.atomic
def enter(
    *, request_id: uuid.UUID, leader_id: int, address_of: AddressOf, actor: Actor, at: dt.datetime
) -> RequestCard:
    """
    Enter what waits in the book and lay it before the leader who signs.

    Copies on paper get their numbers now, consecutive, one for each original; an electronic copy gets its number with the
    leader's signature (docs/adr/0008). After rework the numbers that were given stay.
    Raises: NotEnteredError, NoSuchEntryError, dossiers.ActNotAllowed for who does not hold the dossiers.
    """
    row = access_request(request_id, actor=actor, for_update=True)
    leader = _leader(row.agency_id, leader_id, at)
    open_entries = [entry for entry in entries_of(row.pk) if entry.cancelled_at is None]
    briefs = dossiers.get_briefs({entry.dossier_id for entry in open_entries}, actor=actor)
    in_work = {key for key, brief in briefs.items() if brief.state is State.IN_PROGRESS}
    todo = [entry for entry in open_entries if entry.dossier_id in in_work]
    if not todo:
        raise NotEnteredError
    on_paper = [entry for entry in todo if not entry.electronic]
    for entry in todo:
        if entry.electronic:
            _propose_electronic(row, entry, leader, address_of, actor, at)
    if on_paper:
        _number(row, on_paper, leader, at)
        _propose_on_paper(on_paper, leader, actor, at)
    record_act(
        act="certification.enter",
        actor=actor,
        object_type="certification.request",
        object_id=row.pk,
        at=at,
        facts={"numbers": span_of(entry.number for entry in on_paper if entry.number)},
    )
    return card_of(row)


def _leader(agency_id: int, leader_id: int, at: dt.datetime) -> AppointmentCard:
    leaders = list_officers(agency_id, at.astimezone(VIETNAM).date(), role=Role.LEADER)
    leader = next((card for card in leaders if card.id == leader_id), None)
    if leader is None:
        raise NotEnteredError("certification.no_such_leader")
    return leader


def _number(
    row: CertificationRequest, entries: Sequence[CertificationEntry], leader: AppointmentCard, at: dt.datetime
) -> None:
    today = at.astimezone(VIETNAM).date()
    for entry in entries:
        if entry.number is not None:
            continue
        taken = documents.take_number(
            agency_id=row.agency_id,
            book_kind=documents.CERTIFICATION,
            on=today,
            at=at,
            title=entry.name,
            signer=leader.name,
            recipients=(row.requester,),
        )
        entry.register_entry, entry.number, entry.year = taken.entry_id, taken.number, today.year
        entry.certified_on, entry.signer, entry.signer_appointment_id = today, leader.name, leader.id
        entry.save(
            update_fields=[
                "register_entry", "number", "year", "certified_on", "signer", "signer_appointment"
            ]
        )  # fmt: skip


def _propose_on_paper(
    entries: Sequence[CertificationEntry], leader: AppointmentCard, actor: Actor, at: dt.datetime
) -> None:
    numbers = span_of(entry.number for entry in entries if entry.number)
    copies = sum(entry.copies for entry in entries)
    draft = Draft(
        kind=OutcomeKind.GRANTED,
        medium=Medium.PAPER,
        title=f"{_TITLE} ({copies} bản)",
        number=numbers[:60],
        summary={"Số chứng thực": numbers, "Số bản sao": str(copies), "Số bản chính": str(len(entries))},
    )
    dossiers.propose(
        dossier_id=entries[0].dossier_id, draft=draft, to_appointment_id=leader.id, actor=actor, at=at
    )


def _propose_electronic(
    row: CertificationRequest,
    entry: CertificationEntry,
    leader: AppointmentCard,
    address_of: AddressOf,
    actor: Actor,
    at: dt.datetime,
) -> None:
    today = at.astimezone(VIETNAM).date()
    agency = get_agency(row.agency_id, today)
    assert entry.scan_id is not None  # noqa: S101 - certification_electronic_has_scan
    data = documents.CertifiedCopy(
        head=documents.head_of(agency),
        signer=documents.signer_of(leader, agency),
        original=documents.Original(
            name=entry.name,
            pages=entry.pages,
            number=entry.document_number or None,
            issuer=entry.issuer or None,
        ),
        place=agency.name,
        copies=1,
        book=volume_of(today.year),
        sha256=get_file(entry.scan_id).sha256,
    )
    draft = Draft(
        kind=OutcomeKind.GRANTED,
        medium=Medium.ELECTRONIC,
        title=f"Bản sao điện tử chứng thực: {entry.name}"[:300],
        book_kind=documents.CERTIFICATION,
        data=data,
        base_file_id=entry.scan_id,
        summary={"Bản chính": entry.name, "Số trang": str(entry.pages)},
    )
    dossiers.propose(
        dossier_id=entry.dossier_id,
        draft=draft,
        to_appointment_id=leader.id,
        address_of=address_of,
        actor=actor,
        at=at,
    )
