"""Taking in what one person brings: one visit, its dossiers received, everything in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.api import VersionCard
from vanlang.certification.errors import NotTakenInError
from vanlang.certification.models import CertificationEntry, CertificationRequest
from vanlang.certification.queries import card_of, due_if_taken_in, fee_per_copy, find_version
from vanlang.certification.rules.book import fee_for, may_bring
from vanlang.certification.types import Brought, BroughtOriginal, RequestCard
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Filing, Paper, PartyFacts
from vanlang.files.api import PDF_ONLY, store
from vanlang.identity.api import Actor, PersonFacts, remember_person
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.locks import hold
from vanlang.kernel.vietnamese import normalise


@transaction.atomic
def take_in(*, brought: Brought, actor: Actor, at: dt.datetime) -> RequestCard:
    """
    Take in a visit: its originals listed, its dossiers received and given to the specialist who compares the copies.

    The originals on paper share one dossier; each electronic copy has its own, since it is signed as an outcome of its
    own. Pressed twice with the same page, the visit that is there is returned.
    Raises: NotTakenInError, FileRefusedError, PersonalIdError, dossiers.ActNotAllowed, dossiers.ActNotPossible.
    """
    hold("certification.take_in", brought.request_id)
    known = CertificationRequest.objects.filter(pk=brought.request_id, agency_id=actor.agency_id or 0).first()
    if known is not None:
        return card_of(known)
    version = find_version(at.astimezone(VIETNAM).date())
    if version is None:
        raise NotTakenInError("certification.procedure_not_ready")
    refuse_if(
        may_bring(
            originals=len(brought.originals),
            pages=[one.pages for one in brought.originals],
            copies=[one.copies for one in brought.originals],
        ),
        NotTakenInError,
    )
    row = _request(brought, actor, at)
    entries = [
        *_on_paper(row, brought, version, actor, at),
        *(_electronic(row, brought, one, version, actor, at) for one in brought.originals if one.electronic),
    ]
    for position, entry in enumerate(entries, start=1):
        entry.position = position
    CertificationEntry.objects.bulk_create(entries)
    record_act(
        act="certification.take_in",
        actor=actor,
        object_type="certification.request",
        object_id=row.pk,
        at=at,
        facts={"originals": len(brought.originals), "copies": sum(entry.copies for entry in entries)},
    )
    return card_of(row)


def _request(brought: Brought, actor: Actor, at: dt.datetime) -> CertificationRequest:
    facts = PersonFacts(
        full_name=brought.full_name,
        personal_id=brought.personal_id,
        phone=brought.phone,
        address=brought.address,
    )
    due_at = due_if_taken_in(actor.agency_id or 0, at).due_at
    assert due_at is not None  # noqa: S101 - nothing pauses a visit that begins now
    assert actor.agency_id is not None and actor.appointment_id is not None  # noqa: S101 - an officer's view
    row = CertificationRequest(
        id=brought.request_id,
        agency_id=actor.agency_id,
        person_id=remember_person(facts=facts, at=at, keep_known=True),
        requester=normalise(brought.full_name),
        personal_id=brought.personal_id,
        specialist_id=brought.specialist_id,
        taken_in_by_id=actor.appointment_id,
        taken_in_at=at,
        due_at=due_at,
    )
    row.save(force_insert=True)
    return row


def _on_paper(
    row: CertificationRequest, brought: Brought, version: VersionCard, actor: Actor, at: dt.datetime
) -> list[CertificationEntry]:
    asked = [one for one in brought.originals if one.copies]
    if not asked:
        return []
    papers = tuple(Paper(name=one.name[:300], originals=1) for one in asked)
    copies = sum(one.copies for one in asked)
    what = f"Chứng thực {copies} bản sao từ {len(asked)} bản chính"
    dossier_id = _receive(row, brought, version, what, papers, actor, at)
    return [_entry(row, one, version, dossier_id, copies=one.copies) for one in asked]


def _electronic(
    row: CertificationRequest,
    brought: Brought,
    one: BroughtOriginal,
    version: VersionCard,
    actor: Actor,
    at: dt.datetime,
) -> CertificationEntry:
    if one.scan is None:
        raise NotTakenInError("certification.scan_missing", document=one.name)
    name, content = one.scan
    scan = store(content=content, name=name, at=at, policy=PDF_ONLY, uploaded_by=actor.account_id)
    what = f"Chứng thực bản sao điện tử từ bản chính: {one.name}"[:500]
    papers = (Paper(name=one.name[:300], file_id=scan.id),)
    dossier_id = _receive(row, brought, version, what, papers, actor, at)
    entry = _entry(row, one, version, dossier_id, copies=1)
    entry.electronic, entry.scan_id = True, scan.id
    return entry


def _receive(
    row: CertificationRequest,
    brought: Brought,
    version: VersionCard,
    what: str,
    papers: tuple[Paper, ...],
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID:
    """Receive one dossier of the visit and give it to the specialist."""
    case = version.case(None)
    filing = Filing(
        procedure_version_id=version.id,
        case_id=case.id if case else None,
        applicant=PartyFacts(
            person_id=row.person_id,
            full_name=row.requester,
            personal_id=row.personal_id,
            phone=brought.phone,
            address=normalise(brought.address),
        ),
        channel=Channel.DIRECT,
        intake_agency_id=row.agency_id,
        competent_agency_id=row.agency_id,
        return_agency_id=row.agency_id,
        request=what,
        papers=papers,
    )
    moved = dossiers.receive_at_counter(filing=filing, actor=actor, at=at)
    dossiers.assign(dossier_id=moved.dossier_id, to_appointment_id=brought.specialist_id, actor=actor, at=at)
    return moved.dossier_id


def _entry(
    row: CertificationRequest,
    one: BroughtOriginal,
    version: VersionCard,
    dossier_id: uuid.UUID,
    *,
    copies: int,
) -> CertificationEntry:
    return CertificationEntry(
        request=row,
        agency_id=row.agency_id,
        name=normalise(one.name)[:300],
        document_number=one.number.strip(),
        issuer=normalise(one.issuer),
        pages=one.pages,
        copies=copies,
        fee_vnd=fee_for(amount_per_copy=fee_per_copy(version, one.pages), copies=copies),
        dossier_id=dossier_id,
    )
