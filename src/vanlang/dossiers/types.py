"""Words of dossiers: what is filed, what is proposed, and the small enumerations that tables and cards share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vanlang.catalogue.api import Channel
from vanlang.documents.api import OutcomeData

__all__ = [
    "AddressOf",
    "Answer",
    "ApologyEnd",
    "AttachmentKind",
    "Channel",
    "Draft",
    "DueChangeKind",
    "Filing",
    "Form",
    "InboxFilter",
    "InboxSort",
    "Medium",
    "OutcomeKind",
    "OwnerKind",
    "Paper",
    "PartyFacts",
    "RegisterPart",
    "TransferFrom",
    "TransferTo",
]

AddressOf = Callable[[str], str]
"""Turns a public token into the address that a printed code leads to; the app that has the page knows it."""


class AttachmentKind(StrEnum):
    """Why a file is in the dossier."""

    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    RESULT = "result"
    WORKING = "working"
    """An officer's own: an opinion that came on paper, a report of appraisal."""


class OutcomeKind(StrEnum):
    """What the agency answers."""

    GRANTED = "granted"
    DENIED = "denied"
    """A reasoned "no" is an outcome too: it is proposed, signed and delivered like a "yes"."""


class Medium(StrEnum):
    """On what the outcome is issued."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    """Signed with ink; the file is its scan."""


class DueChangeKind(StrEnum):
    """Why a due date moved. There is no fourth way."""

    RESUMED = "resumed"
    """The wait for the citizen or another agency ended; its length is added."""
    EXTENDED = "extended"
    """An apology with a new appointment (form 04)."""
    CALENDAR = "calendar"
    """Days off or office hours were changed after receipt: the same facts, counted again."""


class ApologyEnd(StrEnum):
    """What became of an apology that the house drafted."""

    SENT = "sent"
    """The leader gave a new appointment."""
    DROPPED = "dropped"
    MOOT = "moot"
    """The dossier was finished, or its appointment moved, before anybody decided."""


class RegisterPart(StrEnum):
    """Which dossiers of the period."""

    ALL = "all"
    OPEN = "open"
    FINISHED = "finished"
    LATE = "late"
    """Finished after their appointment, or open and past it."""


class InboxFilter(StrEnum):
    """Ways to look at an agency's dossiers."""

    MINE = "mine"
    """Waits for me: held by me by name, or for my role when nobody holds it."""
    UNIT = "unit"
    """Lies in my unit."""
    NEW = "new"
    """Filed, not yet received."""
    DUE_SOON = "due_soon"
    LATE = "late"
    WAITING = "waiting"
    """For the citizen or another agency: no time runs."""
    TO_DELIVER = "to_deliver"
    OPEN = "open"
    ALL = "all"
    """The closed ones too."""


class InboxSort(StrEnum):
    """By what a list is ordered."""

    DUE = "due"
    ARRIVED = "arrived"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFrom:
    """From whom open work is taken, at one agency."""

    agency_id: int
    appointment_ids: tuple[int, ...] = ()
    unit_id: int | None = None
    whole_agency: bool = False
    """Every seat of the agency: taken in there, decided, asked, returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTo:
    """To whom it goes, at one agency."""

    agency_id: int
    unit_id: int | None = None
    """The tray for what nobody works on by name; None: of the whole agency."""
    specialist_id: int | None = None
    leader_id: int | None = None
    """Before whom it lies that lay before a leader by name; None: whoever leads the agency."""


class Form(StrEnum):
    """Printed forms of Circular 03/2025/TT-VPCP, Annex I, by number. Form 07 is a list, not a paper of one dossier."""

    RECEIPT = "01"
    SUPPLEMENT_REQUEST = "02"
    REFUSAL = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL_SLIP = "06"


class OwnerKind(StrEnum):
    """How precisely somebody must act next."""

    OFFICER = "officer"
    UNIT = "unit"
    ROLE = "role"
    """Everybody of the agency with the role that is waited for."""
    APPLICANT = "applicant"
    NOBODY = "nobody"
    """Final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """A person or a legal entity as they were when the dossier was filed: later changes do not touch it."""

    full_name: str
    person_id: uuid.UUID | None = None
    """Of a natural person; None for a legal entity. One of the two is set."""
    entity_id: uuid.UUID | None = None
    personal_id: str = ""
    """Twelve digits or empty; never invented."""
    entity_number: str = ""
    """Enterprise code, or number of the decision that founded the body."""
    address: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_entity(self) -> bool:
        return self.entity_id is not None

    @property
    def number(self) -> str:
        """The number by which this party is known, of whichever kind."""
        return self.entity_number if self.is_entity else self.personal_id

    def is_same_as(self, other: PartyFacts) -> bool:
        """Tell whether both are one person or one legal entity."""
        return (self.person_id, self.entity_id) == (other.person_id, other.entity_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is handed in: a stored file, papers over the counter, or both."""

    name: str
    """As the citizen reads it: "Giấy chứng sinh"."""
    file_id: uuid.UUID | None = None
    """None for papers that were not scanned; then one of the counts is above zero."""
    required_document_id: int | None = None
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is filed. The three agencies are three facts, also when they are one agency."""

    procedure_version_id: int
    applicant: PartyFacts
    channel: Channel
    """How it reached us. Whose hand filed is another fact, taken from who acts."""
    intake_agency_id: int
    competent_agency_id: int
    return_agency_id: int
    case_id: int | None = None
    subject: PartyFacts | None = None
    """Whose matter it is, when not the applicant's own (a child's birth, a ward's residence). None: the applicant's."""
    operator_id: uuid.UUID | None = None
    """The citizen who files for the applicant, when another one does: themselves. An officer's hand is known."""
    agent: PartyFacts | None = None
    """Who came to the counter for the applicant: a helper, an authorised person, a representative."""
    mandate_id: uuid.UUID | None = None
    """The mandate that was shown; it must be in force, between the two, and for the procedure."""
    ground: str = ""
    """On what ground the agent says to act, in their own words."""
    payer: PartyFacts | None = None
    """Who pays. None: the applicant."""
    recipient: PartyFacts | None = None
    """Who may collect the outcome. None: the applicant."""
    request: str = ""
    """The matter in a line: "Đăng ký khai sinh cho cháu Nguyễn An"."""
    answers: Mapping[str, object] = field(default_factory=dict)
    """Answers of the electronic form by field key."""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft outcome, as proposed."""

    kind: OutcomeKind
    medium: Medium
    title: str
    """"Giấy khai sinh", "Thông báo không đủ điều kiện"."""
    book_kind: str = ""
    """The book that numbers it: "GKS", "TB". Needed for an electronic outcome; on paper, empty means a paper book."""
    data: OutcomeData | None = None
    """The text, for an electronic outcome: the template is chosen by its type."""
    unit_mark: str = ""
    base_file_id: uuid.UUID | None = None
    """The PDF that an electronic outcome is joined with: the scan it certifies, the letter finished in Word."""
    number: str = ""
    """What an outcome on paper bears already: the numbers of its certification book."""
    summary: Mapping[str, str] = field(default_factory=dict)
    """What the leader reads at a glance: label → value."""
    expires_on: date | None = None
    """The first day on which the outcome is no longer in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to one item of a supplement request: a new value, or a new file."""

    kind: str
    """`ItemKind` value."""
    key: str
    value: object = None
    paper: Paper | None = None
