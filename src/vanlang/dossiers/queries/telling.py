"""
Dossiers as another system is told of them: rows as they are, many at once, the same few queries whatever the number.

For senders that work as the house. The message is composed above; no read is written for each: what was told to whom
stands in the outbox, with the hash of what was sent.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from vanlang.dossiers import labels
from vanlang.dossiers.models import (
    Attachment,
    Dossier,
    Movement,
    Outcome,
    PaperCopy,
    SupplementItem,
    SupplementRequest,
)
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.paper_copies import PaperState
from vanlang.dossiers.rules.states import NationalCode, Party, State, national_code
from vanlang.dossiers.rules.supplement import ItemKind
from vanlang.dossiers.rules.supplement import SupplementItem as Item
from vanlang.dossiers.types import AttachmentKind, Channel
from vanlang.identity.api import EntityKind

HANDED_IN = [AttachmentKind.SUBMITTED, AttachmentKind.SUPPLEMENT]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPaper:
    """A paper that was handed in, the latest of its kind."""

    id: uuid.UUID
    name: str
    required_document_id: int | None
    file_id: uuid.UUID | None
    """None: in hand, not scanned."""
    added_by: int | None
    """The account whose hand added it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSupplement:
    """Everything that was found missing at one time."""

    id: uuid.UUID
    asked_by_id: int
    """The appointment."""
    what: str
    asked_at: dt.datetime
    answered_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOutcome:
    """An issued outcome that holds."""

    id: uuid.UUID
    title: str
    number: str
    file_id: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDossier:
    """A dossier, its papers, requests and outcomes. Personal data."""

    id: uuid.UUID
    code: str | None
    version: int
    state: State
    national: NationalCode | None
    procedure_version_id: int
    procedure_code: str
    procedure_name: str
    case_id: int | None
    request: str
    channel: Channel
    applicant_name: str
    entity_kind: EntityKind | None
    """None: the applicant is a person."""
    personal_id: str
    entity_number: str
    phone: str
    email: str
    submitted_by: int | None
    """The citizen's account that filed; None when an officer typed it, or nobody was signed in here."""
    intake_agency_id: int
    competent_agency_id: int
    submitted_at: dt.datetime
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    refused_at: dt.datetime | None
    finished_at: dt.datetime | None
    """When the agency's duty ended; not for a refusal, which has its own day."""
    delivered_at: dt.datetime | None
    returned_by_post: bool | None
    """None as long as no paper left the house."""
    papers: tuple[ToldPaper, ...]
    supplements: tuple[ToldSupplement, ...]
    outcomes: tuple[ToldOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a dossier stands for a message about it: whose it is, and what its citizen is asked for now."""

    dossier_id: uuid.UUID
    code: str | None
    state: State
    version: int
    case_id: int | None
    procedure_version_id: int
    agency_id: int
    """The competent one."""
    citizen_id: uuid.UUID | None
    """Whose hand filed, else the applicant; None when an officer typed it for a legal entity."""
    entity_id: uuid.UUID | None
    """The legal entity in whose name it is asked."""
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    asked: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """One act in the life of a dossier."""

    dossier_id: uuid.UUID
    number: int
    what: str
    at: dt.datetime
    national: NationalCode | None
    appointment_id: int | None
    officer: str
    """Name and title as they were; for others the word for their part."""
    title: str
    due_at: dt.datetime | None
    """By when the step was planned to end."""


def list_told(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, ToldDossier]:
    """Return dossiers by id, as the house sees them; those that are not there are left out."""
    rows = list(
        Dossier.objects.filter(pk__in=set(ids)).select_related("applicant_entity").defer("answers", "process")
    )
    found = [row.pk for row in rows]
    papers, supplements, outcomes = _papers(found), _supplements(found), _outcomes(found)
    first = dict(
        Movement.objects.filter(dossier_id__in=found, act=Act.SUBMIT, party=Party.APPLICANT).values_list(
            "dossier_id", "account_id"
        )
    )
    left = dict(PaperCopy.objects.filter(dossier_id__in=found).values_list("dossier_id", "state"))
    return {
        row.pk: _told(row, papers[row.pk], supplements[row.pk], outcomes[row.pk], first.get(row.pk), left)
        for row in rows
    }


def list_told_steps(
    wanted: Collection[tuple[uuid.UUID, int]],
) -> dict[tuple[uuid.UUID, int], ToldStep]:
    """Return the acts named by dossier and number, in one query; those that are not there are left out."""
    ids = {dossier_id for dossier_id, _ in wanted}
    numbers = {number for _, number in wanted}
    rows = Movement.objects.filter(dossier_id__in=ids, number__in=numbers)
    steps = {(row.dossier_id, row.number): _step(row) for row in rows}
    return {key: steps[key] for key in wanted if key in steps}


def find_standing_of(reference: uuid.UUID | str) -> Standing | None:
    """Return where the dossier of an id or a code stands, or None. For the house: it shows it to nobody."""
    where = Q(pk=reference) if isinstance(reference, uuid.UUID) else Q(code=reference)
    row = Dossier.objects.filter(where).first()
    if row is None:
        return None
    open_items = SupplementItem.objects.filter(dossier=row, request__answered_at__isnull=True)
    return Standing(
        dossier_id=row.pk,
        code=row.code,
        state=State(row.state),
        version=row.version,
        case_id=row.case_id,
        procedure_version_id=row.procedure_version_id,
        agency_id=row.competent_agency_id,
        citizen_id=row.operator_id or row.applicant_id,
        entity_id=row.applicant_entity_id,
        received_at=row.received_at,
        due_at=row.due_at,
        asked=tuple(
            Item(ItemKind(one.kind), one.key, one.label, one.reason)
            for one in open_items.order_by("position")
        ),
    )


def iterate_tellable(
    *, from_at: dt.datetime, to_at: dt.datetime
) -> Iterator[tuple[uuid.UUID, str | None, int, int]]:
    """Yield (id, code, version, competent agency) of dossiers that moved in a half-open span, the oldest first."""
    rows = Dossier.objects.filter(moved_at__gte=from_at, moved_at__lt=to_at).order_by("moved_at", "id")
    yield from rows.values_list("id", "code", "version", "competent_agency_id").iterator(chunk_size=2000)


def _told(
    row: Dossier,
    papers: list[ToldPaper],
    supplements: list[ToldSupplement],
    outcomes: list[ToldOutcome],
    submitted_by: int | None,
    left: dict[uuid.UUID, str],
) -> ToldDossier:
    state = State(row.state)
    return ToldDossier(
        id=row.pk,
        code=row.code,
        version=row.version,
        state=state,
        national=national_code(state),
        procedure_version_id=row.procedure_version_id,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        case_id=row.case_id,
        request=row.request,
        channel=Channel(row.channel),
        applicant_name=row.applicant_name,
        entity_kind=_entity_kind(row),
        personal_id=row.applicant_personal_id,
        entity_number=row.applicant_entity_number,
        phone=row.applicant_phone,
        email=row.applicant_email,
        submitted_by=submitted_by,
        intake_agency_id=row.intake_agency_id,
        competent_agency_id=row.competent_agency_id,
        submitted_at=row.submitted_at,
        received_at=row.received_at,
        due_at=row.due_at,
        refused_at=row.finished_at if state is State.REFUSED else None,
        finished_at=None if state is State.REFUSED else row.finished_at,
        delivered_at=row.delivered_at,
        returned_by_post=_BY_POST.get(left.get(row.pk, "")),
        papers=tuple(papers),
        supplements=tuple(supplements),
        outcomes=tuple(outcomes),
    )


def _entity_kind(row: Dossier) -> EntityKind | None:
    entity = row.applicant_entity
    return None if entity is None else EntityKind(entity.kind)  # type: ignore[attr-defined] # typed by name


_BY_POST = {PaperState.POSTED.value: True, PaperState.HANDED_OVER.value: False}


def _papers(ids: list[uuid.UUID]) -> defaultdict[uuid.UUID, list[ToldPaper]]:
    rows = list(Attachment.objects.filter(dossier_id__in=ids, kind__in=HANDED_IN).order_by("added_at", "id"))
    replaced = {row.replaces_id for row in rows}
    papers: defaultdict[uuid.UUID, list[ToldPaper]] = defaultdict(list)
    for row in rows:
        if row.pk not in replaced:
            papers[row.dossier_id].append(
                ToldPaper(
                    id=row.pk,
                    name=row.name,
                    required_document_id=row.required_document_id,
                    file_id=row.file_id,
                    added_by=row.account_id,
                )
            )
    return papers


def _supplements(ids: list[uuid.UUID]) -> defaultdict[uuid.UUID, list[ToldSupplement]]:
    what: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for item in SupplementItem.objects.filter(dossier_id__in=ids).order_by("request_id", "position"):
        what[item.request_id].append(f"{item.label}: {item.reason}")
    told: defaultdict[uuid.UUID, list[ToldSupplement]] = defaultdict(list)
    for row in SupplementRequest.objects.filter(dossier_id__in=ids).order_by("number"):
        told[row.dossier_id].append(
            ToldSupplement(
                id=row.pk,
                asked_by_id=row.asked_by_id,
                what="; ".join([*what[row.pk], *([row.note] if row.note else [])]),
                asked_at=row.asked_at,
                answered_at=row.answered_at,
            )
        )
    return told


def _outcomes(ids: list[uuid.UUID]) -> defaultdict[uuid.UUID, list[ToldOutcome]]:
    holds = Q(released_at__isnull=False, replaced_at__isnull=True, revoked_at__isnull=True)
    told: defaultdict[uuid.UUID, list[ToldOutcome]] = defaultdict(list)
    for row in Outcome.objects.filter(holds, dossier_id__in=ids).order_by("edition"):
        told[row.dossier_id].append(
            ToldOutcome(id=row.pk, title=row.title, number=row.number, file_id=row.file_id)
        )
    return told


def _step(row: Movement) -> ToldStep:
    act = labels.ACTS[Act(row.act)]
    return ToldStep(
        dossier_id=row.dossier_id,
        number=row.number,
        what=f"{act} ({row.step_name})" if row.step_name else act,
        at=row.at,
        national=national_code(State(row.to_state)),
        appointment_id=row.appointment_id,
        officer=row.actor_name or labels.PARTIES[Party(row.party)],
        title=row.actor_title,
        due_at=row.step_due_at,
    )
