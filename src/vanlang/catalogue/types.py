"""Words of the catalogue: the values that its rules, tables and cards share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Channel(StrEnum):
    """How a citizen files. The national portal's KENH 1, 2, 3."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class LimitUnit(StrEnum):
    """Unit of a time limit; the names are those of the calendars app."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


class Level(StrEnum):
    """Tier of government that settles a procedure. There is no district since 1 July 2025."""

    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class Audience(StrEnum):
    """Whom a procedure serves: the words of the national catalogue, thirteen in July 2026."""

    CITIZEN = "citizen"
    OVERSEAS_VIETNAMESE = "overseas_vietnamese"
    FOREIGNER = "foreigner"
    RESIDENT_FOREIGNER = "resident_foreigner"
    OFFICIAL = "official"
    ENTERPRISE = "enterprise"
    VIETNAMESE_ENTERPRISE = "vietnamese_enterprise"
    FOREIGN_INVESTED_ENTERPRISE = "foreign_invested_enterprise"
    ORGANISATION = "organisation"
    FOREIGN_ORGANISATION = "foreign_organisation"
    COOPERATIVE = "cooperative"
    PARTY_MEMBER = "party_member"
    PARTY_ORGANISATION = "party_organisation"


class OnlineLevel(StrEnum):
    """How much of a procedure can be done online. UNKNOWN: the source does not say."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"
    UNKNOWN = "unknown"


class VersionState(StrEnum):
    """A version is written, published, and in the end retired by its successor or by a decision."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class FeeKind(StrEnum):
    """`phí` pays for a service, `lệ phí` is a levy; the national portal counts them apart (1, 2)."""

    FEE = "fee"
    CHARGE = "charge"
    UNSTATED = "unstated"


class PaperKind(StrEnum):
    """What a line among the required documents is."""

    FORM = "form"
    PAPER = "paper"
    PRESENT = "present"
    NOTE = "note"
    UNCLEAR = "unclear"


class DelegationState(StrEnum):
    """How a delegation stands on a day."""

    PLANNED = "planned"
    IN_FORCE = "in_force"
    OVER = "over"
    """Its period ended."""
    TAKEN_BACK = "taken_back"


class StepRole(StrEnum):
    """Who does a step of the internal process; values are those of identity's roles."""

    COUNTER = "counter"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"


class Origin(StrEnum):
    """Who says so: the national catalogue as published, our starter catalogue, or a department's answer."""

    NATIONAL = "national"
    STARTER = "starter"
    DEPARTMENT = "department"


class Aspect(StrEnum):
    """The three things without which a procedure cannot run."""

    CLOCK = "clock"
    FEE = "fee"
    PAPERS = "papers"


class Reason(StrEnum):
    """Why a reading is not certain. `rules/readiness.py` says which aspect each one keeps from being ready."""

    LIMIT_MISSING = "limit_missing"
    LIMIT_UNIT_MISSING = "limit_unit_missing"
    LIMIT_GLUED = "limit_glued"
    LIMIT_CONTRADICTED = "limit_contradicted"
    LIMITS_SEVERAL = "limits_several"
    FEE_MISSING = "fee_missing"
    FEE_PROSE = "fee_prose"
    FEE_SET_LOCALLY = "fee_set_locally"
    FEE_CONTRADICTED = "fee_contradicted"
    FEE_TOO_SMALL = "fee_too_small"
    FEE_FOREIGN_CURRENCY = "fee_foreign_currency"
    FEE_SEVERAL = "fee_several"
    FEE_DATED = "fee_dated"
    PAPERS_MISSING = "papers_missing"
    PAPER_COUNT_MISSING = "paper_count_missing"
    PAPER_COUNT_GLUED = "paper_count_glued"
    PAPER_OR_NOTE = "paper_or_note"
    GROUP_UNCLEAR = "group_unclear"
    FORM_NAME_UNCLEAR = "form_name_unclear"
    SOURCE_CHANGED = "source_changed"


class ToDoState(StrEnum):
    """A question to a department is open until it is answered or found not to apply."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit that can be put on a clock, in the units of the calendars app."""

    amount: Decimal
    """0 working days means "within the day"."""
    unit: LimitUnit

    @property
    def is_same_day(self) -> bool:
        """Whether the outcome is due on the day of receipt (trong ngày)."""
        return self.amount == 0 and self.unit is LimitUnit.WORKING_DAY


SAME_DAY = Limit(Decimal(0), LimitUnit.WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Money:
    """
    A fee that can be asked from a person; 0 is free of charge, as stated by the source.

    Tiers: 2.000 đồng a page, from the third page 1.000, at most 200.000 a copy, is
    `Money(2000, per="trang", first_units=2, then_vnd=1000, most_vnd=200000)`.
    """

    amount_vnd: int
    kind: FeeKind = FeeKind.UNSTATED
    per: str = ""
    """What is counted: "bản", "trang", "thẻ"; empty when the source does not say."""
    first_units: int | None = None
    """How many units `amount_vnd` is asked for; None: for every unit."""
    then_vnd: int | None = None
    """What each unit after `first_units` costs."""
    most_vnd: int | None = None
    """The most that is asked; None: no ceiling."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many originals and copies of a paper are handed in."""

    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class FieldCard:
    """A field of administration and how many procedures in force it has."""

    id: int
    code: str
    name: str
    procedures: int


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """A procedure as a list or a search shows it: one line of the version in force on a day."""

    procedure_id: int
    version_id: int
    code: str
    name: str
    field: str
    levels: tuple[Level, ...]
    audience: tuple[Audience, ...]
    online_level: OnlineLevel
    is_ready: bool
    lacks: tuple[Reason, ...]
    valid_from: date
    valid_to: date | None
    popularity: int
    is_frequent: bool
    """One of the counter's daily procedures."""
    timed_over: tuple[Channel, ...]
    """The channels for which a time limit is known, in one case at least: over another nothing can be received."""


@dataclass(frozen=True, slots=True)
class ProcedureHit:
    """A procedure that a search found."""

    procedure: ProcedureCard
    score: float


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A line of the papers of a case."""

    id: int
    name: str
    kind: PaperKind
    originals: int | None
    copies: int | None
    form_files: tuple[str, ...]
    section: str
    condition: str
    is_required: bool
    note: str


@dataclass(frozen=True, slots=True)
class YieldCard:
    """The register that a granted outcome is written into, and where each fact comes from (`registers.api.mapping`)."""

    register: str
    fields: Mapping[str, str]
    holder: str
    organisation: str


@dataclass(frozen=True, slots=True)
class TakeCard:
    """A result of a register that a case takes instead of a paper, into its form, or both."""

    register: str
    required_document_id: int | None
    """The paper that it stands for; None when it only fills the form."""
    fills: Mapping[str, str]
    """Question of the form → field of the register."""


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case with its papers; the title is empty when there is one case only."""

    id: int
    title: str
    form_code: str
    documents: tuple[DocumentCard, ...]
    yields: YieldCard | None = None
    takes: tuple[TakeCard, ...] = ()

    def registers_for(self, required_document_id: int) -> tuple[str, ...]:
        """Return the registers whose entries stand for a paper."""
        return tuple(one.register for one in self.takes if one.required_document_id == required_document_id)


@dataclass(frozen=True, slots=True)
class LimitCard:
    """A confirmed time limit, and who says so."""

    channel: Channel
    case_id: int | None
    limit: Limit
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class FeeCard:
    """A confirmed fee, and who says so."""

    id: int
    channel: Channel | None
    case_id: int | None
    name: str
    money: Money
    basis: str
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class DelegationCard:
    """A decision that says who settles some procedures, with what it covers."""

    id: int
    decision: str
    decided_on: date
    abstract: str
    level: Level
    agency: str
    """Set when one agency by name settles."""
    procedures: tuple[str, ...]
    """Codes; none when it was taken back before it came into force."""
    communes: tuple[str, ...]
    """Short names; none: everywhere."""
    valid_from: date
    valid_to: date | None
    ended_on: date | None
    ended_by: str
    state: DelegationState


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step of the internal process; `share` out of the sum of all shares."""

    id: int
    case_id: int | None
    position: int
    name: str
    role: StepRole
    share: int
    phase: int = 1
    """Between two phases the citizen fulfils an obligation."""


@dataclass(frozen=True, slots=True)
class OutcomeKindCard:
    """What a procedure may yield."""

    id: int
    code: str
    name: str
    template: str


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A version with all that it says: what a dossier is received under, and keeps."""

    id: int
    revision: int
    number: int
    procedure_id: int
    code: str
    name: str
    field: str
    state: VersionState
    valid_from: date
    valid_to: date | None
    levels: tuple[Level, ...]
    audience: tuple[Audience, ...]
    online_level: OnlineLevel
    kind: str
    decision: str
    authority: str
    receiving_place: str
    steps: str
    conditions: str
    origin: Origin
    source: str
    source_url: str
    department_code: str
    is_ready: bool
    lacks: tuple[Reason, ...]
    cases: tuple[CaseCard, ...]
    limits: tuple[LimitCard, ...]
    fees: tuple[FeeCard, ...]
    process: tuple[StepCard, ...]
    outcome_kinds: tuple[OutcomeKindCard, ...]
    legal_basis: tuple[tuple[str, str], ...]
    """(number, title)."""

    def case(self, case_id: int | None) -> CaseCard | None:
        """Return the case, or the only one; None when there are several and none is named."""
        if case_id is None:
            return self.cases[0] if len(self.cases) == 1 else None
        return next((case for case in self.cases if case.id == case_id), None)

    def limit_for(self, channel: Channel, case_id: int | None = None) -> LimitCard | None:
        """Return the time limit of a channel: that of the case before that of every case."""
        own = [
            limit for limit in self.limits if limit.channel is channel and limit.case_id in {case_id, None}
        ]
        return min(own, key=lambda limit: limit.case_id is None, default=None)

    def is_timed(self, channel: Channel, case_id: int | None) -> bool:
        """Tell whether a dossier can be received over a channel; before a case is named, whether one of them can."""
        cases = [case_id] if case_id is not None else [None, *(case.id for case in self.cases)]
        return any(self.limit_for(channel, case) is not None for case in cases)

    def fees_for(self, channel: Channel, case_id: int | None = None) -> tuple[FeeCard, ...]:
        """Return what is asked in a channel: the fees of the case, or those of every case."""
        open_to = [fee for fee in self.fees if fee.channel in {channel, None}]
        own = tuple(fee for fee in open_to if fee.case_id is not None and fee.case_id == case_id)
        return own or tuple(fee for fee in open_to if fee.case_id is None)

    def process_for(self, case_id: int | None = None) -> tuple[StepCard, ...]:
        """Return the internal process: that of the case, or that of every case."""
        own = tuple(step for step in self.process if step.case_id is not None and step.case_id == case_id)
        return own or tuple(step for step in self.process if step.case_id is None)


@dataclass(frozen=True, slots=True)
class ToDoCard:
    """A question to a department."""

    id: int
    version_id: int
    procedure_code: str
    procedure_name: str
    department_code: str
    aspect: Aspect | None
    reason: Reason
    path: str
    raw: str
    state: ToDoState
    answer: dict[str, object] | None
    note: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToDoSummary:
    """How much a department has to confirm."""

    department_code: str
    open: int
    procedures: int


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """How much of the catalogue can run on a day."""

    total: int
    ready: int
    local_total: int
    """Procedures of province and commune."""
    local_ready: int
    lacks: tuple[tuple[Reason, int], ...]
    """How many procedures lack it, most first."""
    lacking: tuple[tuple[str, str, tuple[Reason, ...]], ...]
    """(code, name, what it lacks), by code."""
