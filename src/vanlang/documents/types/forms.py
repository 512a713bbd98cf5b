"""The forms of Circular 03/2025/TT-VPCP, raised by dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from vanlang.documents.types.page import Contact, Head, PaperData, Party, Qr, Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One handed-in document and how many of each kind of copy."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    electronic: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondIntake:
    """What a receipt says of an intake that is not the first: a phase of the process begins with it."""

    phase: int
    """Number of the phase that begins."""
    owed: str
    """What was to be done before it, in the words of who asked for it."""
    first_received_at: datetime
    """When the dossier was received for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptForm(PaperData):
    """Mẫu 01. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/01-receipt.typ"

    head: Head
    dossier_code: str
    counter: str
    """The one-stop counter that received."""
    applicant: Party
    procedure_name: str
    procedure_code: str
    request: str
    channel: str
    """How it was filed, in words: "Trực tiếp tại quầy"."""
    documents: tuple[DocumentLine, ...]
    time_limit: str
    """The legal time limit in words: "03 ngày làm việc"."""
    received_at: datetime
    due_at: datetime
    return_place: str
    officer_name: str
    subject: Party | None = None
    """Owner of the dossier when it is not the applicant."""
    submitter: Party | None = None
    """Who handed it in for the applicant, when they did not come themselves."""
    sets: int = 1
    due_explanation: str | None = None
    """How the day was counted, in words a citizen can check."""
    fee: str | None = None
    postal_note: str | None = None
    book_number: str | None = None
    book_serial: str | None = None
    tracking: Qr | None = None
    again: SecondIntake | None = None
    """The receipt is of a later phase: what was handed in now, and the new appointment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """One thing that is missing or wrong, and what to do about it."""

    name: str
    what_to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementForm(PaperData):
    """Mẫu 02. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/02-supplement-request.typ"

    head: Head
    dossier_code: str
    issued_on: date
    applicant: Party
    procedure_name: str
    procedure_code: str
    request: str
    stage: str
    """"Trước khi tiếp nhận" or "Trong khi giải quyết"."""
    missing: tuple[MissingLine, ...]
    reason: str
    contact: Contact
    signer: Signer
    number: str | None = None
    """Symbol; "" prints a blank to fill, None no line at all."""
    legal_ground: str | None = None
    answer_by: date | None = None
    clock_note: str | None = None
    """What waiting does to the time limit, in words."""
    tracking: Qr | None = None
    subject: Party | None = None
    """Owner of the dossier when it is not the applicant."""
    submitter: Party | None = None
    """Who handed it in for the applicant, when they did not come themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalForm(PaperData):
    """Mẫu 03. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/03-refusal.typ"

    head: Head
    dossier_code: str
    issued_on: date
    submitted_at: datetime
    counter: str
    applicant: Party
    procedure_name: str
    procedure_code: str
    request: str
    reasons: tuple[str, ...]
    contact: Contact
    signer: Signer
    number: str | None = None
    legal_ground: str | None = None
    guidance: str | None = None
    subject: Party | None = None
    """Owner of the dossier when it is not the applicant."""
    submitter: Party | None = None
    """Who handed it in for the applicant, when they did not come themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionLine:
    """One earlier extension."""

    from_at: datetime
    to_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyForm(PaperData):
    """Mẫu 04. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/04-apology.typ"

    head: Head
    dossier_code: str
    issued_on: date
    counter: str
    applicant: Party
    procedure_name: str
    procedure_code: str
    received_at: datetime
    due_at: datetime
    """The promise that was missed."""
    new_due_at: datetime
    occasion: int
    """1 for the first extension."""
    responsible: str
    """The agency that is late, as the beginning of a sentence."""
    reason: str
    contact: Contact
    signer: Signer
    recipients: tuple[str, ...] = ("Như trên",)
    history: tuple[ExtensionLine, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopForm(PaperData):
    """Mẫu 05. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/05-stop-notice.typ"

    head: Head
    dossier_code: str
    issued_on: date
    counter: str
    applicant: Party
    procedure_name: str
    procedure_code: str
    received_at: datetime
    stopped_on: date
    responsible: str
    reason: str
    contact: Contact
    signer: Signer
    recipients: tuple[str, ...] = ("Như trên",)
    legal_ground: str | None = None
    guidance: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over between two holders."""

    giver: str
    receiver: str
    at: datetime
    timeliness: str
    """"Trước hạn", "Đúng hạn", "Quá hạn" of the step that ended, or "–" for the first."""
    note: str | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlip(PaperData):
    """Mẫu 06. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/06-control-slip.typ"

    head: Head
    dossier_code: str
    printed_at: datetime
    applicant: Party
    procedure_name: str
    procedure_code: str
    received_at: datetime
    due_at: datetime
    responsible: str
    hand_overs: tuple[HandOver, ...]
    cooperating: str | None = None
    book_number: str | None = None
    book_serial: str | None = None
    tracking: Qr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One dossier of the register."""

    number: int
    """Runs on over the volumes of a period."""
    code: str
    procedure: str
    owner: str
    contact: str
    """Address and telephone."""
    agency: str
    """Who settles it."""
    received_on: str
    due_on: str
    returned_on: str
    method: str
    receiver: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRegister(PaperData):
    """Mẫu 07, one volume of it. Law: unverified."""

    template: ClassVar[str] = "dossiers/forms/07-register.typ"

    head: Head
    printed_at: datetime
    from_on: date
    last_on: date
    """The last day of the period, included."""
    volume: int
    volumes: int
    rows: tuple[RegisterRow, ...]
