"""Frozen answers of the queries: what templates get. Masked in lists, whole only on an opened dossier."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.opinions import OpinionStatus
from vanlang.dossiers.rules.parties import Authority
from vanlang.dossiers.rules.states import Clock, Hat, Party, State
from vanlang.dossiers.rules.steps import Phase
from vanlang.dossiers.rules.stuck import StuckReason
from vanlang.dossiers.rules.supplement import ItemKind
from vanlang.dossiers.types import (
    AttachmentKind,
    Channel,
    DueChangeKind,
    InboxFilter,
    Medium,
    OutcomeKind,
    OwnerKind,
    PartyFacts,
)
from vanlang.kernel.errors import Refusal
from vanlang.kernel.labels import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCard:
    """One line of an officer's list. No read of personal data: the name is masked."""

    dossier_id: uuid.UUID
    code: str | None
    procedure_name: str
    applicant: str
    """Masked: "Nguyễn T. L."; a legal entity's name is public and stands whole."""
    subject: str
    """Masked; empty when it is the applicant's own matter."""
    channel: Channel
    state: State
    state_label: str
    waits_for: Party | None
    is_here: bool
    """It lies at the reader's agency."""
    is_mine: bool
    """Held by the reader by name."""
    holder: str
    """Name and unit of who holds it, or the unit, or the role that is waited for."""
    unit: str
    """The unit in whose tray it lies or whose officer holds it; empty when of the whole agency."""
    submitted_at: dt.datetime
    arrived_at: dt.datetime
    """Receipt; before it, the filing."""
    due_at: dt.datetime
    due_is_forecast: bool
    timeliness: Timeliness
    timeliness_label: str
    moved_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A stretch of a list, and where the next one begins."""

    cards: tuple[SeatCard, ...]
    after: str
    """Pass it back to go on; empty at the end. It names the last line, so nothing is skipped or shown twice."""
    total: int
    """How many there are in all, counted up to `COUNTED_TO`."""
    is_more: bool
    """There are more than were counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list."""

    cards: tuple[SeatCard, ...]
    number: int
    """From 1."""
    has_next: bool
    total: int
    """How many dossiers the filter and the words show in all, counted to a thousand."""
    filter: InboxFilter
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who must act next."""

    kind: OwnerKind
    party: Party | None
    agency_id: int | None
    agency: str
    """Short name of the agency at which it lies."""
    name: str
    """The officer with title and unit, the unit, or the role; the applicant as "người nộp"."""
    appointment_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentCard:
    """A paper of a dossier. `files.api.get_file(file_id)` has its size and type; None: not scanned."""

    id: uuid.UUID
    kind: AttachmentKind
    kind_label: str
    name: str
    file_id: uuid.UUID | None
    required_document_id: int | None
    originals: int
    copies: int
    added_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementCard:
    """One act of the history."""

    number: int
    act: Act
    act_label: str
    from_state: State
    to_state: State
    to_label: str
    at: dt.datetime
    party: Party
    who: str
    """The officer with title; "Người nộp" for a citizen."""
    agency_id: int | None
    receiver: str
    note: str
    facts: Mapping[str, object]
    step_name: str
    step_due_at: dt.datetime | None
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementItemCard:
    kind: ItemKind
    key: str
    label: str
    reason: str
    before: object
    answer: object
    file_id: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementCard:
    """A request for everything that was missing at one time."""

    number: int
    asked_at: dt.datetime
    answer_by_on: dt.date | None
    answered_at: dt.datetime | None
    note: str
    before_receipt: bool
    items: tuple[SupplementItemCard, ...]
    again_label: str
    """Why it could not be asked the first time; empty for the first request."""
    again_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionCard:
    """An opinion that was asked for, with its own time."""

    id: uuid.UUID
    asked: str
    """The agency, or the unit of the same agency."""
    is_inside: bool
    """Of a unit of the same agency: the time limit runs on."""
    is_mine: bool
    """The reader may answer it."""
    question: str
    asked_at: dt.datetime
    due_at: dt.datetime
    status: OpinionStatus
    status_label: str
    answer: str
    answered_at: dt.datetime | None
    forgone_at: dt.datetime | None
    forgone_why: str

    @property
    def is_open(self) -> bool:
        return self.status in {OpinionStatus.AWAITED, OpinionStatus.MISSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSupplement:
    """A second request for supplements that lies before the leader."""

    proposed_at: dt.datetime
    who: str
    ground_label: str
    reason: str
    note: str
    answer_by_on: dt.date | None
    items: tuple[tuple[str, str], ...]
    """(what, why) of each thing that is to be asked for."""


@dataclass(frozen=True, slots=True)
class SeatBrief:
    """A dossier named in a list of tasks. Masked: no read."""

    dossier_id: uuid.UUID
    code: str
    procedure_name: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedApology:
    """An apology that the house drafted."""

    dossier_id: uuid.UUID
    due_at: dt.datetime
    drafted_at: dt.datetime
    holder: str
    step_name: str
    more_days: int
    new_due_at: dt.datetime
    reason: str
    """Empty until whoever holds the dossier says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionCard:
    """One time that the issued outcome was worked on again."""

    number: int
    reason: str
    opened_at: dt.datetime
    due_at: dt.datetime
    ended_at: dt.datetime | None
    yielded: bool
    """A corrected outcome came of it; else the issued one was kept, or it runs."""
    timeliness: Timeliness
    timeliness_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeInfo:
    """What the agency answers, as far as it is."""

    kind: OutcomeKind
    kind_label: str
    medium: Medium
    title: str
    summary: Mapping[str, str]
    number: str
    document_id: uuid.UUID | None
    file_id: uuid.UUID | None
    approved_at: dt.datetime | None
    signed_at: dt.datetime | None
    released_at: dt.datetime | None
    token: str
    """For the verification address printed as a code: `get_by_public_token(token)`."""
    id: uuid.UUID
    edition: int
    expires_on: dt.date | None
    replaced_at: dt.datetime | None
    replaced_by_id: uuid.UUID | None
    revoked_on: dt.date | None
    revocation_number: str
    revoked_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChangeCard:
    kind: DueChangeKind
    kind_label: str
    at: dt.datetime
    from_due_at: dt.datetime
    to_due_at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActButton:
    """An act that may be done now."""

    act: Act
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsWho:
    """The five facts of a dossier, and on what authority somebody stood up for the applicant."""

    subject: PartyFacts
    """Whose matter it is."""
    applicant: PartyFacts
    """In whose name it is asked."""
    payer: PartyFacts
    recipient: PartyFacts
    """Who may collect the outcome."""
    operator_id: uuid.UUID | None
    """The citizen whose hand filed; None when an officer typed it."""
    operator_appointment_id: int | None
    """The officer who typed it; None when a citizen filed."""
    authority: Authority
    agent: PartyFacts | None
    """Who stood up for the applicant; None when the applicant came themselves."""
    mandate_id: uuid.UUID | None
    ground: str
    """On what ground the agent said to act, in their own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage:
    """An opened dossier. Personal data: the read was written before this was made."""

    id: uuid.UUID
    code: str | None
    version: int
    state: State
    state_label: str
    status: str
    """Where it lies, who holds it, until when."""
    owner: Owner
    clock: Clock
    clock_label: str
    timeliness: Timeliness
    timeliness_label: str
    channel: Channel
    channel_label: str
    procedure_version_id: int
    case_id: int | None
    procedure_code: str
    procedure_name: str
    request: str
    applicant: PartyFacts
    subject_name: str
    """Whose matter it is; empty when it is the applicant's own."""
    operator_id: uuid.UUID | None
    parties: WhoIsWho
    """The five facts: subject, applicant, operator, payer, recipient."""
    operator_label: str
    """Whose hand filed, in words."""
    authority_label: str
    """On what authority somebody stood up for the applicant; empty when they came themselves."""
    agencies: Mapping[Hat, str]
    """Short names by hat."""
    competent_agency_id: int
    answers: Mapping[str, object]
    submitted_at: dt.datetime
    answer_due_at: dt.datetime
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    original_due_at: dt.datetime | None
    due_is_forecast: bool
    step_name: str
    step_due_at: dt.datetime | None
    paused_at: dt.datetime | None
    finished_at: dt.datetime | None
    released_at: dt.datetime | None
    delivered_at: dt.datetime | None
    supplements_asked: int
    extensions: int
    receipt_token: str
    acts: tuple[ActButton, ...]
    """What the reader may do now: the buttons."""
    attachments: tuple[AttachmentCard, ...]
    supplements: tuple[SupplementCard, ...]
    outcome: OutcomeInfo | None
    history: tuple[MovementCard, ...]
    """Oldest first."""
    due_changes: tuple[DueChangeCard, ...]
    opinions: tuple[OpinionCard, ...]
    """Oldest first; for citizens none."""
    proposed_supplement: ProposedSupplement | None
    apology: DraftedApology | None
    phases: tuple[Phase, ...]
    """More than one, or none."""
    former_outcomes: tuple[OutcomeInfo, ...]
    """Issued outcomes that another one replaced, or is about to; the newest first."""
    corrections: tuple[CorrectionCard, ...]
    reopened_at: dt.datetime | None
    specialist_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckCard:
    """A dossier that could lie still, for the head of its agency. Masked: no read."""

    dossier_id: uuid.UUID
    code: str | None
    version: int
    procedure_name: str
    applicant: str
    """Masked."""
    state: State
    state_label: str
    owner: Owner
    """Who must act next, and where; its `appointment_id` may have ended."""
    competent_agency_id: int
    reasons: tuple[StuckReason, ...]
    """The gravest first."""
    unit: str
    """The unit in whose tray it lies or whose officer holds it; empty when of the whole agency."""
    step_name: str
    """The step of the process at which it stands; empty before receipt."""
    sentences: tuple[Sentence, ...]
    """What is wrong and what to do now, a sentence for each reason."""
    since: dt.datetime
    working_days: int
    """For how many working days it stands so."""
    is_alarm: bool
    """It stands so for more than a working day."""
    due_at: dt.datetime
    timeliness: Timeliness


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierBrief:
    """Where a dossier stands, for an app that keeps its own things about it. No personal data."""

    id: uuid.UUID
    code: str | None
    version: int
    state: State
    state_label: str
    channel: Channel
    procedure_version_id: int
    case_id: int | None
    procedure_code: str
    procedure_name: str
    intake_agency_id: int
    competent_agency_id: int
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    due_is_forecast: bool
    finished_at: dt.datetime | None
    outcome_kind: OutcomeKind | None
    """None until the outcome is released."""
    outcome_title: str
    outcome_file_id: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCandidate:
    """One dossier of a mass transfer before it happens. Codes and states alone: nothing of a person."""

    dossier_id: uuid.UUID
    code: str
    version: int
    state: State
    state_label: str
    due_at: dt.datetime
    act: Act | None
    """By which act it would move; None when it would not."""
    to_state: State
    holder_id: int | None
    holder_unit_id: int | None
    refusal: Refusal | None
    """Why it would stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentCard:
    """A decided dossier that resembles another one. Masked: no read."""

    dossier_id: uuid.UUID
    code: str
    applicant: str
    """Masked."""
    state_label: str
    outcome_label: str
    outcome_title: str
    finished_at: dt.datetime
    working_days: int
    """From receipt to the end."""
    reason: str
    """In the officer's words, without the names and answers of the dossier's people."""
    shared: tuple[str, ...]
    """Keys of the fields that both answer alike."""
    compared: int
    """Fields answered in at least one of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """Decided dossiers like one, and the form by which its fields are named."""

    procedure_version_id: int
    case_id: int | None
    cards: tuple[PrecedentCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveNews:
    """A dossier moved: what is told to who follows it. No personal data."""

    dossier_id: uuid.UUID
    code: str | None
    act: Act
    act_label: str
    to_label: str
    at: dt.datetime
    appointment_id: int | None
    """Who did it, when an officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenCard:
    """One line of a citizen's own dossiers."""

    id: uuid.UUID
    code: str | None
    procedure_name: str
    request: str
    applicant: str
    """In whose name it was asked."""
    subject: str
    """Whose matter it is; empty when it is the applicant's own."""
    state: State
    state_label: str
    status: str
    submitted_at: dt.datetime
    due_at: dt.datetime | None
    needs_answer: bool
    """The citizen is asked for something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStatus:
    """What is shown without an account: after a code with its second fact, or a printed random token. Masked."""

    code: str | None
    procedure_name: str
    applicant: str
    """Masked."""
    state: State
    state_label: str
    status: str
    timeliness: Timeliness
    submitted_at: dt.datetime
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    due_is_forecast: bool
    return_place: str
    asked: tuple[str, ...]
    """What the citizen is asked for now, by label."""
    outcome_title: str
    outcome_number: str
    """Set when the token is that of an issued outcome."""
    outcome_document_id: uuid.UUID | None
    released_at: dt.datetime | None
    phases: tuple[Phase, ...] = ()
    expires_on: dt.date | None = None
    is_expired: bool = False
    revoked_on: dt.date | None = None
    revocation_number: str = ""
    replaced_at: dt.datetime | None = None
    replaced_by: str = ""
    """Title and number of the outcome that stands in its place."""
    replaced_by_token: str = ""
    is_being_corrected: bool = False

    @property
    def is_in_force(self) -> bool:
        """An issued outcome that was neither replaced nor revoked and has not expired."""
        return not (self.is_expired or self.revoked_on or self.replaced_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarDossier:
    """A dossier that may be the same matter: same procedure, same applicant or subject. Masked: no read."""

    dossier_id: uuid.UUID
    code: str | None
    state: State
    state_label: str
    request: str
    """The matter in a line: two births by one mother differ here."""
    applicant: str
    subject: str
    """Masked; empty when it is the applicant's own matter."""
    submitted_at: dt.datetime
