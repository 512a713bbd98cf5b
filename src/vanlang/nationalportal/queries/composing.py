"""
What is true of dossiers now, in the words of the portal's codec: many at once, the same few queries whatever the number.

Every flag that feeds an assessment is made here from rows and from nothing else:

    digitised           the paper that an officer's hand added as a file
    reused              the use of a register's entry, by consent; or the file of a result of the national store
    national store      that file, fetched from there for this dossier, its signature valid
    account verified    the line of the sign-in in the log, not older than a session lives
    filed at portal     the filing that the portal told us
    paid                booked entries
    databases           nobody asks them yet: not known, and so left out
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from vanlang.catalogue.api import Channel, VersionCodes, get_version_codes
from vanlang.dossiers.api import (
    ToldDossier,
    ToldPaper,
    ToldStep,
    ToldSupplement,
    get_briefs,
    list_told,
    list_told_steps,
)
from vanlang.identity.api import (
    SYSTEM,
    AppointmentCard,
    EntityKind,
    find_vouched_sign_ins,
    get_appointments,
    officers_among,
)
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.cards import StoreOrigin
from vanlang.nationalportal.queries.keys import Filed, get_filings
from vanlang.nationalportal.queries.money import UNKNOWN, Money, money_of
from vanlang.nationalportal.queries.store import get_asked, get_origins_of
from vanlang.nationalportal.types import (
    ApplicantKind,
    Evidence,
    FiledBy,
    Identity,
    IdentityKind,
    IssuedResult,
    Origin,
    Paper,
    PortalDossier,
    PortalState,
    ProgressStep,
    Supplement,
    Unfit,
)
from vanlang.organizations.api import AgencyCard, get_agencies
from vanlang.registers.api import get_uses_of

NO_CODE = Unfit("nationalportal.no_code", "MaHoSo")
NO_STATE = Unfit("nationalportal.no_state", "TrangThaiHoSo")
FILED_BY = {Channel.DIRECT: FiledBy.COUNTER, Channel.ONLINE: FiledBy.ONLINE, Channel.POSTAL: FiledBy.POST}
KINDS = {EntityKind.ENTERPRISE: ApplicantKind.ENTERPRISE, EntityKind.OTHER: ApplicantKind.ORGANISATION}


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything around some dossiers that their messages are made from."""

    filings: Mapping[uuid.UUID, Filed]
    agencies: Mapping[int, AgencyCard]
    codes: Mapping[int, VersionCodes]
    officers: frozenset[int]
    """Accounts whose hand makes a file a scan."""
    uses: Mapping[tuple[uuid.UUID, int], uuid.UUID]
    sign_ins: Mapping[tuple[int, dt.datetime], int]
    appointments: Mapping[int, AppointmentCard]
    money: Mapping[uuid.UUID, Money]
    stored: Mapping[tuple[uuid.UUID, uuid.UUID], StoreOrigin]
    """(dossier, file) → that it came from the national store."""
    asked: Mapping[uuid.UUID, uuid.UUID]
    """Dossier → the question that the store answered."""

    @classmethod
    def of(cls, rows: Collection[ToldDossier], at: dt.datetime) -> Ground:
        ids = [row.id for row in rows]
        return cls(
            filings=get_filings(ids),
            agencies=get_agencies({row.competent_agency_id for row in rows}, at.astimezone(VIETNAM).date()),
            codes=get_version_codes({row.procedure_version_id for row in rows}),
            officers=officers_among({one.added_by for row in rows for one in row.papers if one.added_by}),
            uses=get_uses_of(ids),
            sign_ins=find_vouched_sign_ins((row.submitted_by, row.submitted_at) for row in rows if row.submitted_by),
            appointments=get_appointments({one.asked_by_id for row in rows for one in row.supplements}),
            money=money_of(ids),
            stored=get_origins_of(ids),
            asked=get_asked(ids),
        )  # fmt: skip


def compose(ids: Collection[uuid.UUID], *, at: dt.datetime) -> dict[uuid.UUID, PortalDossier | Unfit]:
    """Return what is to be said of dossiers, or why it may not be; those that are not there are left out."""
    rows = list_told(ids)
    ground = Ground.of(list(rows.values()), at)
    return {key: dossier_of(row, ground) for key, row in rows.items()}


def compose_steps(
    wanted: Collection[tuple[uuid.UUID, int]],
) -> dict[tuple[uuid.UUID, int], ProgressStep | Unfit]:
    """Return what is to be said of acts, by dossier and number."""
    steps = list_told_steps(wanted)
    codes = codes_of({key[0] for key in wanted})
    appointments = get_appointments({one.appointment_id for one in steps.values() if one.appointment_id})
    return {key: _step(one, codes.get(key[0], ""), appointments) for key, one in steps.items()}


def codes_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return by which code the portal knows dossiers: its own where it was filed there, else ours."""
    filings = get_filings(ids)
    ours = {key: row.code or "" for key, row in get_briefs(set(ids) - set(filings), actor=SYSTEM).items()}
    return ours | {key: one.code for key, one in filings.items()}


def dossier_of(row: ToldDossier, ground: Ground) -> PortalDossier | Unfit:
    """Return what is to be said of one dossier: from its row and its ground, and from nothing else."""
    filed, codes = ground.filings.get(row.id), ground.codes[row.procedure_version_id]
    code = filed.code if filed else row.code
    if not code:
        return NO_CODE
    if row.national is None:
        return NO_STATE
    money = ground.money.get(row.id, UNKNOWN)
    return PortalDossier(
        code=code,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        sector_code=codes.field_code,
        sector_name=codes.field_name,
        filed_by=FILED_BY[row.channel],
        applicant=row.applicant_name,
        applicant_kind=KINDS[row.entity_kind] if row.entity_kind else ApplicantKind.CITIZEN,
        abstract=row.request,
        state=PortalState(row.national.value),
        submitted_at=row.submitted_at,
        agency=ground.agencies[row.competent_agency_id].code,
        received_at=row.received_at,
        due_at=row.due_at,
        finished_at=row.finished_at,
        returned_at=row.delivered_at,
        refused_at=row.refused_at,
        identity=_identity(row),
        account=filed.account if filed else "",
        phone=row.phone,
        email=row.email,
        receipt=row.code if filed and row.code else "",
        return_by_post=row.returned_by_post,
        papers=tuple(_paper(row, one, ground) for one in row.papers),
        charges=money.charges,
        supplements=tuple(_supplement(one, ground) for one in row.supplements),
        results=_results(row, codes),
        account_verified=_verified(row, ground),
        filed_at_portal=Evidence.of((f"incoming:{filed.arrival_id}",) if filed else ()),
        paid=money.paid,
    )


def _identity(row: ToldDossier) -> Identity | None:
    """Return the number that stands in the dossier; nobody gets one who gave none, and a legal entity has no such number."""
    if not row.personal_id:
        return None
    kind = IdentityKind.OLD_CARD if len(row.personal_id) == 9 else IdentityKind.PERSONAL
    return Identity(kind, row.personal_id)


def _verified(row: ToldDossier, ground: Ground) -> Evidence:
    """Say whether the account that filed here was vouched for; of who filed elsewhere nobody here knows."""
    if row.submitted_by is None or row.id in ground.filings:
        return Evidence.unknown()
    line = ground.sign_ins.get((row.submitted_by, row.submitted_at))
    return Evidence.of((f"audit:{line}",) if line else ())


def _paper(row: ToldDossier, paper: ToldPaper, ground: Ground) -> Paper:
    document = paper.required_document_id
    use = ground.uses.get((row.id, document)) if document is not None else None
    stored = _stored(row, paper, ground)
    taken_from = f"store:{stored.row}" if stored else f"use:{use}" if use else ""
    return Paper(
        id=str(paper.id),
        name=paper.name,
        address=_address("paper", row.id, paper.id) if paper.file_id else "",
        digitised=Evidence.unknown() if stored else _digitised(paper, ground),
        origin=Origin.RESULT if taken_from else Origin.FRESH,
        origin_row=taken_from,
        from_national_store=_from_store(row, stored, ground),
        result_code=stored.kind if stored else "",
    )


def _stored(row: ToldDossier, paper: ToldPaper, ground: Ground) -> StoreOrigin | None:
    """Return that a paper is a file of the national store: this file, in this dossier, for this paper of its case."""
    found = ground.stored.get((row.id, paper.file_id)) if paper.file_id is not None else None
    return found if found and found.required_document_id == paper.required_document_id else None


def _from_store(row: ToldDossier, stored: StoreOrigin | None, ground: Ground) -> Evidence:
    """Say whether a paper comes from the national store: yes by its file, no where the store was asked, else not known."""
    if stored is not None:
        return Evidence.of((f"store:{stored.row}",))
    return Evidence.of(()) if row.id in ground.asked else Evidence.unknown()


def _digitised(paper: ToldPaper, ground: Ground) -> Evidence:
    """Say whether a paper was digitised here: no without a file, yes by an officer's scan, not known of a citizen's own file."""
    if paper.file_id is None:
        return Evidence.of(())
    if paper.added_by in ground.officers:
        return Evidence.of((f"attachment:{paper.id}",))
    return Evidence.unknown()


def _supplement(one: ToldSupplement, ground: Ground) -> Supplement:
    officer = ground.appointments.get(one.asked_by_id)
    return Supplement(
        id=str(one.id),
        asked_by=officer.name if officer else "",
        what=one.what,
        asked_at=one.asked_at,
        answered_at=one.answered_at,
    )


def _results(row: ToldDossier, codes: VersionCodes) -> tuple[IssuedResult, ...]:
    code = codes.outcome_codes[0] if len(codes.outcome_codes) == 1 else ""
    return tuple(
        IssuedResult(
            id=one.number or str(one.id),
            name=one.title,
            code=code,
            address=_address("outcome", row.id) if one.file_id else "",
        )
        for one in row.outcomes
    )


def _step(one: ToldStep, code: str, appointments: Mapping[int, AppointmentCard]) -> ProgressStep | Unfit:
    if not code:
        return NO_CODE
    if one.national is None:
        return NO_STATE
    place = appointments.get(one.appointment_id or 0)
    return ProgressStep(
        code=code,
        officer=one.officer,
        title=one.title,
        unit=place.unit_name if place else "",
        what=one.what,
        at=one.at,
        state=PortalState(one.national.value),
        to_at=one.due_at,
    )


def _address(route: str, *names: uuid.UUID) -> str:
    """Return where the portal fetches a file of ours, with the token that it shows."""
    return f"{settings.VANLANG_PUBLIC_URL.rstrip('/')}{reverse(f'nationalportal:{route}', args=names)}"
