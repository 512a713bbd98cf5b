"""
What each printed paper says: one frozen type for each template, so that a missing fact stops before the printer.

A type carries facts, not layout: days as `date`, instants as aware `datetime`, codes as `Qr`. The template
words them. Fields that are None (or empty) are left out of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

# ---- acts and their answers --------------------------------------------------------------------


class OutcomeState(StrEnum):
    """How far an outcome is. The table of acts is in `rules/outcomes.py`."""

    DRAFT = "draft"
    """Text may change; no number, no day."""
    NUMBERED = "numbered"
    """Number, day and text are fixed; the signature is under way."""
    SIGNED = "signed"
    """Signed by the leader; waits for the registry clerk."""
    RELEASED = "released"
    """In force, may be delivered."""
    VOID = "void"
    """Numbered, but never in force: the number stays in the register with the reason."""


class OutcomeAct(StrEnum):
    """What may be done with an outcome."""

    REVISE = "revise"
    NUMBER = "number"
    ATTACH_SIGNED = "attach_signed"
    RELEASE = "release"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A number taken from a book: it is in the register from now on, used or void."""

    number: int
    symbol: str
    """As printed after "Số: ": "05/QĐ-UBND"."""
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCard:
    """An outcome document, without its text."""

    id: UUID
    agency_id: int
    book_kind: str
    title: str
    state: OutcomeState
    symbol: str
    """Empty while a draft."""
    issued_on: date | None
    file_id: UUID | None
    """The signed PDF; while NUMBERED the PDF to be signed."""
    signer: str = ""
    """Name of the leader who signs, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line of the register of outgoing documents."""

    number: int
    symbol: str
    issued_on: date
    title: str
    signer: str
    recipients: tuple[str, ...]
    void_reason: str
    """Empty for a number in use."""
    voided_at: datetime | None = None


# ---- the set page ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a template left room for a visible signature. Units: PDF points, origin at the page's lower left corner."""

    role: str
    """"signer", "seal", "officer", "applicant"."""
    page: int
    """Counted from 1."""
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A set paper and the places where it wants to be signed."""

    pdf: bytes
    boxes: tuple[SignatureBox, ...]

    def box(self, role: str) -> SignatureBox | None:
        """Return the place for `role`, or None when the template has none."""
        return next((box for box in self.boxes if box.role == role), None)


@dataclass(frozen=True, slots=True)
class Qr:
    """Text that a phone reads, printed as a code with error correction M."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The issuing side at the head of a paper; a newline breaks a long name."""

    agency: str
    """Issuing agency, printed in bold capitals."""

    place: str
    """The place before the date: "Việt Trì"."""

    superior: str | None = None
    """Agency above it, printed in capitals; None for an agency that has none on its papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organisation as a paper names it."""

    full_name: str
    id_number: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    salutation: str = "Ông/Bà"
    """How running text speaks to the party: "Ông/Bà", "Quý công ty"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the reader may ask."""

    name: str
    phone: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: "TM. ỦY BAN NHÂN DÂN" / "CHỦ TỊCH" / the name."""

    title: str
    name: str
    on_behalf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperData:
    """Base of every paper's data; `template` names the file that prints it."""

    template: ClassVar[str]


# ---- forms of Circular 03/2025/TT-VPCP, raised by dossiers -------------------------------------


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


# ---- outcomes: number and day are None until the leader signs ----------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeData(PaperData):
    """What every outcome shares. Drafted without number and day; both are filled in the act of numbering."""

    head: Head
    signer: Signer
    number: str | None = None
    """The symbol: "15/TLKS-UBND"."""
    issued_on: date | None = None
    verification: Qr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One "Điều"; its number is counted by the template."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLetter(OutcomeData):
    """Decision, notice, or official letter (`kind` None)."""

    template: ClassVar[str] = "documents/outcomes/decision-letter.typ"

    abstract: str
    kind: str | None = None
    """"Quyết định", "Thông báo"; None for a công văn."""
    addressees: tuple[str, ...] = ()
    authority: str | None = None
    """Who decides, above the grounds: "Chủ tịch Ủy ban nhân dân phường Việt Trì"."""
    grounds: tuple[str, ...] = ()
    resolving: str | None = None
    """"Quyết định:" between grounds and articles."""
    paragraphs: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    recipients: tuple[str, ...] = ("Như trên",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of an extract; a value of None prints a dotted blank."""

    label: str
    value: str | None
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts about one subject."""

    facts: tuple[Fact, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract(OutcomeData):
    """Trích lục, giấy xác nhận, giấy chứng nhận: facts from a register."""

    template: ClassVar[str] = "documents/outcomes/extract.typ"

    kind: str
    groups: tuple[FactGroup, ...]
    note: str | None = None
    """Under the name: "(Bản sao)"."""
    opening: str | None = None
    source: str | None = None
    """Which register, volume and number the facts come from."""
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The paper that was copied."""

    name: str
    pages: int
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedCopy(OutcomeData):
    """Lời chứng thực bản sao từ bản chính."""

    template: ClassVar[str] = "documents/outcomes/certified-copy.typ"

    original: Original
    place: str
    copies: int = 1
    book: str | None = None
    """Volume of the certification book: "01/2026-SCT/BS"."""
    sha256: str | None = None
    """Fingerprint of the scanned copy, for an electronic certified copy."""


# ---- a letter that was finished in Word --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """Units: PDF points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where on a page that was finished elsewhere a fact is printed. Units: PDF points from the upper left corner."""

    kind: str
    """"number", "day", "signer" or "code"."""
    page: int
    """Counted from 1."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPaper(OutcomeData):
    """What is printed over the pages of a PDF that the specialist brought: number, day, room for the signature, the code."""

    template: ClassVar[str] = "documents/outcomes/written-paper.typ"

    title: str
    pages: tuple[PageSize, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTemplateCard:
    """A Word template of an agency for a procedure."""

    id: UUID
    procedure_code: str
    case_title: str
    """Empty: for every case."""
    name: str
    version: int
    fields: tuple[str, ...]
    saved_at: datetime
