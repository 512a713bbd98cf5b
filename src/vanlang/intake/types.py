"""Words of intake: the steps of a draft, what is missing from it, and the cards that upper apps get."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vanlang.kernel.errors import Refusal


class DraftStep(StrEnum):
    """Where the writer of a draft stands. The steps may be taken in any order; the last one checks all of them."""

    PLACE = "place"
    """Which case, where to file, where to fetch the outcome, how to be reached."""
    FORM = "form"
    PAPERS = "papers"
    REVIEW = "review"


class ReturnWay(StrEnum):
    """At whose counter the outcome on paper is fetched; the electronic one always waits on the dossier's page."""

    INTAKE = "intake"
    """Where it was filed."""
    COMPETENT = "competent"
    """At the agency that settles it."""


class Operation(StrEnum):
    """Whose hand really filed. Derived from who was signed in, never declared."""

    SELF = "self"
    ON_BEHALF = "on_behalf"
    """A citizen for another one, or for a legal entity."""
    ASSISTED = "assisted"
    """An officer for a citizen, online."""
    COUNTER_PAPER = "counter_paper"
    """An officer, from paper that came to the counter."""


class MissingKind(StrEnum):
    """What a thing that is missing belongs to: the step where it is put right."""

    CASE = "case"
    PLACE = "place"
    APPLICANT = "applicant"
    FIELD = "field"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing without which the draft cannot be submitted."""

    kind: MissingKind
    key: str
    """Field key, id of the required document, or name of the question."""
    label: str
    """As the citizen reads it: "Giấy chứng sinh"."""
    code: str
    """Of the sentence that says what is wrong; "" when `says` has it."""
    says: str = ""
    """What the electronic form says of a field."""


@dataclass(frozen=True, slots=True)
class OtherApplicant:
    """For whom a citizen files, when not for themselves; as typed, never compared with what the house knows."""

    full_name: str
    personal_id: str = ""
    address: str = ""
    phone: str = ""
    mandate: str = ""
    """On what ground, in their own words; empty is an answer too: help is not refused."""


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with a counter."""

    agency_id: int
    name: str
    short_name: str
    address: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where a procedure can be filed."""

    communes: tuple[Place, ...]
    """Every commune's counter takes it, or none."""
    department: Place | None

    @property
    def is_empty(self) -> bool:
        return not self.communes and self.department is None


@dataclass(frozen=True, slots=True)
class Contact:
    """How the applicant wants to be reached about this dossier."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class DraftPaperCard:
    """A file that is laid into a draft."""

    id: uuid.UUID
    required_document_id: int
    file_id: uuid.UUID
    file_name: str
    size_bytes: int
    content_type: str
    added_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReuseCard:
    """A result that the writer lets the draft use."""

    id: uuid.UUID
    entry_id: uuid.UUID
    required_document_id: int | None
    title: str
    number: str
    agency: str
    file_id: uuid.UUID | None
    """The document that proves it; None when it was issued on paper and not scanned."""
    why_not: str
    """Code of why it cannot be used any more; empty when it can."""
    filled: Mapping[str, object]
    changed: frozenset[str]
    """Questions whose answer the writer has changed since."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A result that the writer holds and the case takes: usable, or why not."""

    entry_id: uuid.UUID
    register_code: str
    required_document_ids: frozenset[int]
    """Papers that it stands for; empty when it only fills the form."""
    fills: bool
    title: str
    number: str
    agency: str
    valid_from: dt.date
    why_not: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    id: uuid.UUID
    procedure_code: str
    procedure_name: str
    step: DraftStep
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft as its writer sees it."""

    id: uuid.UUID
    procedure_version_id: int
    case_id: int | None
    intake_agency_id: int | None
    return_way: ReturnWay
    contact: Contact
    other_applicant: OtherApplicant | None
    request: str
    answers: Mapping[str, object]
    papers: tuple[DraftPaperCard, ...]
    step: DraftStep
    updated_at: dt.datetime
    dossier_id: uuid.UUID | None
    """Set when it was submitted: the draft is closed."""
    reuses: tuple[ReuseCard, ...] = ()
    """Results of registers that are handed in by reference."""
    mandate_id: uuid.UUID | None = None
    """Under which mandate it is written; its principal is the applicant."""
    entity_id: uuid.UUID | None = None
    """The legal entity in whose name it is written."""
    entity_name: str = ""
    version_refusal: Refusal | None = None
    """Why its procedure version takes no dossier today; None when it does."""

    def papers_of(self, required_document_id: int) -> tuple[DraftPaperCard, ...]:
        return tuple(paper for paper in self.papers if paper.required_document_id == required_document_id)

    def reuses_of(self, required_document_id: int) -> tuple[ReuseCard, ...]:
        return tuple(one for one in self.reuses if one.required_document_id == required_document_id)

    @property
    def is_closed(self) -> bool:
        return self.dossier_id is not None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a submission left behind."""

    dossier_id: uuid.UUID
    again: bool
    """The draft had been submitted before: nothing was done now."""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What a draft kept when it moved to another version of its procedure."""

    draft_id: uuid.UUID
    kept_case: bool
    left_papers: tuple[str, ...] = field(default=())
    """Names of papers that the new version does not ask for; their files were let go."""
