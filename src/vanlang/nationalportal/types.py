"""A dossier as the national portal is told of it: our words, typed so that nothing can be made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

SYSTEM = "national_portal"
"""What the portal is called in every box of `connectors`."""
DOSSIER, PROGRESS, APPOINTMENT, MONEY = "dossier", "progress", "appointment", "money"
"""
Kinds of what is told. The stream is the dossier. A snapshot is told because it moved (number: its version), because a
calendar moved its appointment (the calendar's edition), because of money (the count of entries); a step, because of an act.
"""
PETITION = "petition"
"""What became of a petition that came from the portal; the stream is the petition."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    Whether something is so, and which rows say it.

    Made only by `of` (somebody looked: these rows, or none) and `unknown` (nobody could look). There is no way to say
    yes without a row.
    """

    rows: tuple[str, ...] = ()
    is_known: bool = True

    @classmethod
    def of(cls, rows: tuple[str, ...]) -> Evidence:
        """Say yes by these rows, or no because there are none."""
        return cls(rows=rows)

    @classmethod
    def unknown(cls) -> Evidence:
        """Say that it is not known: nothing is sent."""
        return cls(is_known=False)

    def __post_init__(self) -> None:
        if self.rows and not self.is_known:
            msg = "rows that say something nobody knows"
            raise ValueError(msg)


class PortalState(StrEnum):
    """TrangThaiHoSo."""

    REGISTERED = "1"
    RECEIVED = "2"
    REFUSED = "3"
    PROCESSING = "4"
    SUPPLEMENT = "5"
    PAYMENT = "6"
    WITHDRAWN = "7"
    STOPPED = "8"
    FINISHED = "9"
    DELIVERED = "10"


class ClaimState(StrEnum):
    """What became of a second system's claim on a dossier."""

    OPEN = "open"
    DISMISSED = "dismissed"
    """Its owner keeps it; the other side was told."""
    GIVEN = "given"
    """It was stopped here because the other system is right."""


class FiledBy(StrEnum):
    """KenhThucHien."""

    COUNTER = "1"
    ONLINE = "2"
    POST = "3"


class ApplicantKind(StrEnum):
    """LoaiDoiTuong."""

    CITIZEN = "1"
    ENTERPRISE = "2"
    AGENCY = "3"
    ORGANISATION = "4"


class IdentityKind(StrEnum):
    """LoaiDinhDanh."""

    PERSONAL = "1"
    """Twelve digits."""
    OLD_CARD = "2"
    """Nine digits."""


class Origin(StrEnum):
    """DuocTaiSuDung: where a paper comes from."""

    FRESH = "0"
    DOCUMENT = "1"
    """From a paper handed in before."""
    RESULT = "2"
    """From the result of an earlier procedure."""


class OnlinePayment(StrEnum):
    """DuocThanhToanTrucTuyen."""

    NO = "0"
    NATIONAL = "1"
    PROVINCIAL = "2"


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that stands in the dossier. Nothing else makes one."""

    kind: IdentityKind
    number: str


@dataclass(frozen=True, slots=True)
class Paid:
    """How a dossier's fee was paid: the booked entries, by kind of way."""

    national: tuple[str, ...] = ()
    provincial: tuple[str, ...] = ()
    offline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One file that was handed in."""

    id: str
    name: str
    required_document: str = ""
    address: str = ""
    digitised: Evidence = field(default_factory=Evidence.unknown)
    origin: Origin = Origin.FRESH
    origin_row: str = ""
    """The earlier document or result, when it comes from one."""
    from_national_store: Evidence = field(default_factory=Evidence.unknown)
    result_code: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of what is owed."""

    name: str
    vnd: int
    is_fee: bool
    """Phí; else lệ phí."""
    code: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """One request for what was missing, and its answer."""

    id: str
    asked_by: str
    what: str
    asked_at: dt.datetime
    answered_at: dt.datetime | None = None
    answer: str = ""
    due_before: dt.datetime | None = None
    due_after: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class IssuedResult:
    """A signed result, where it can be fetched."""

    id: str
    name: str
    code: str
    """MaGiayToKetQua: KQ.…"""
    address: str
    required_document: str = ""


@dataclass(frozen=True, slots=True)
class PortalDossier:
    """Everything that DongBoHoSoMC says of one dossier. Instants are aware."""

    code: str
    procedure_code: str
    procedure_name: str
    sector_code: str
    sector_name: str
    filed_by: FiledBy
    applicant: str
    applicant_kind: ApplicantKind
    abstract: str
    state: PortalState
    submitted_at: dt.datetime
    agency: str
    received_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    returned_at: dt.datetime | None = None
    refused_at: dt.datetime | None = None
    identity: Identity | None = None
    account: str = ""
    """MaDoiTuong: the portal's own id of the account."""
    phone: str = ""
    email: str = ""
    receipt: str = ""
    return_by_post: bool | None = None
    note: str = ""
    papers: tuple[Paper, ...] = ()
    charges: tuple[Charge, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    results: tuple[IssuedResult, ...] = ()
    account_verified: Evidence = field(default_factory=Evidence.unknown)
    filed_at_portal: Evidence = field(default_factory=Evidence.unknown)
    paid: Paid | None = None
    """None: nothing was owed, or it is not known."""
    databases: tuple[tuple[str, str], ...] = ()
    """National databases that were asked: (code, row of the question)."""


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """One row of CapNhatTienDoHoSoMC."""

    code: str
    officer: str
    title: str
    unit: str
    what: str
    at: dt.datetime
    state: PortalState
    from_at: dt.datetime | None = None
    to_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a message may not be sent: nothing is cut to fit."""

    code: str
    field: str
    longest: int = 0
    length: int = 0


Message = dict[str, object]


class ListKind(StrEnum):
    """Code lists that are compared with the portal's."""

    PROCEDURE = "procedure"
    AGENCY = "agency"
    SECTOR = "sector"


class ListChange(StrEnum):
    """How a code differs."""

    NEW = "new"
    """The portal has it, we do not."""
    CHANGED = "changed"
    CLOSED = "closed"
    """We have it, the portal does not any more."""
    UNCODED = "uncoded"
    """We have it by its name, and no code for it yet."""


class FeedChange(StrEnum):
    """How a procedure of the portal stands to ours."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    """We have it in force, the portal's list does not any more."""
    UNREADABLE = "unreadable"


class FeedRunState(StrEnum):
    """How far a reading of the portal's catalogue is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
