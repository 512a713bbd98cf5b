"""Frozen answers about money. No personal data: who pays is a fact of the dossier."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from vanlang.kernel.errors import Refusal
from vanlang.payments.types import (
    BankAccount,
    Clearing,
    Comparison,
    DemandPurpose,
    DemandState,
    DifferenceState,
    FeeGap,
    LedgerAccount,
    Match,
    PaymentState,
    PaymentWay,
    RefundState,
    StatementLine,
    StatementSource,
    StrayReason,
    StrayState,
    UnreadRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionCard:
    """A reason why a fee is not asked, or only in part."""

    code: str
    name: str
    percent: int
    """What is taken off."""
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """One fee or charge of a demand."""

    id: int
    name: str
    is_charge: bool
    per: str
    quantity: int
    basis: str
    full_vnd: int
    owed_vnd: int
    exemption: ExemptionCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundCard:
    """Money on its way back."""

    id: uuid.UUID
    agency_id: int
    payment_id: uuid.UUID | None
    stray_id: uuid.UUID | None
    way: PaymentWay
    amount_vnd: int
    state: RefundState
    reference: str
    reason: str
    answer: str
    proposed_at: dt.datetime
    settled_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayCard:
    """Money that fits nothing."""

    id: uuid.UUID
    agency_id: int
    way: PaymentWay
    transaction: str
    reference: str
    amount_vnd: int
    reason: StrayReason
    state: StrayState
    came_at: dt.datetime
    demand_id: uuid.UUID | None
    """Of the attempt to pay that its reference names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCard:
    """One attempt to settle a demand."""

    id: uuid.UUID
    demand_id: uuid.UUID
    dossier_id: uuid.UUID
    agency_id: int
    way: PaymentWay
    state: PaymentState
    amount_vnd: int
    reference: str
    transaction: str
    begun_at: dt.datetime
    expires_at: dt.datetime | None
    booked_at: dt.datetime | None
    pay_address: str
    reason: str
    receipt_id: uuid.UUID | None
    """The receipt that holds; None before it is issued, or after it was cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandCard:
    """What is owed for a dossier, and how it was paid."""

    id: uuid.UUID
    dossier_id: uuid.UUID
    agency_id: int
    purpose: DemandPurpose
    state: DemandState
    amount_vnd: int
    raised_at: dt.datetime
    settled_at: dt.datetime | None
    lines: tuple[LineCard, ...]
    payments: tuple[PaymentCard, ...]
    """The newest first."""

    @property
    def is_open(self) -> bool:
        return self.state is DemandState.OPEN

    @property
    def paid(self) -> PaymentCard | None:
        """The payment that covers it, if one does."""
        return next((one for one in self.payments if one.booked_at is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What became of asking for the fees of a dossier."""

    demand_id: uuid.UUID | None
    """None: free of charge, or a question is open."""
    gap: FeeGap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBy:
    """A payment that is in the books: the evidence for whoever tells others that a dossier was paid."""

    payment_id: uuid.UUID
    way: PaymentWay
    amount_vnd: int
    reference: str
    transaction: str
    booked_at: dt.datetime
    state: PaymentState
    entry_ids: tuple[int, ...]
    """Entries of the books that hold this money; never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a dossier's payer owes and has paid."""

    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    """None: nothing was ever asked, or an open question keeps it from being asked."""
    state: DemandState | None
    amount_vnd: int
    owed_vnd: int
    """Still to be paid."""
    paid_by: tuple[PaidBy, ...]
    gap: FeeGap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingCard:
    """Where an agency's money goes, and what its receipts say."""

    agency_id: int
    account: BankAccount | None
    bank_name: str
    tax_code: str
    receipt_form: str
    receipt_series: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalance:
    """The balance of every account of an agency over a half-open period."""

    agency_id: int
    before: Mapping[LedgerAccount, int]
    debit: Mapping[LedgerAccount, int]
    credit: Mapping[LedgerAccount, int]
    """Positive."""
    after: Mapping[LedgerAccount, int]

    @property
    def balances(self) -> bool:
        return sum(self.after.values()) == 0 and sum(self.debit.values()) == sum(self.credit.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFault:
    """One thing that does not hold in the books."""

    what: str
    """Code of the check."""
    key: str
    """The id of what it was found at."""
    expected_vnd: int
    found_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksProof:
    """What a check of all books found."""

    entries: int
    demands: int
    payments: int
    faults: tuple[BookFault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """A dossier for which no demand could be raised."""

    dossier_id: uuid.UUID
    gap: FeeGap
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCard:
    """What a provider said of a day."""

    id: uuid.UUID
    source: StatementSource
    name: str
    lines: int
    total_vnd: int
    imported_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceCard:
    """A transaction in which both sides do not fit."""

    id: uuid.UUID
    agency_id: int
    way: PaymentWay
    on: dt.date
    transaction: str
    reference: str
    match: Match
    ours_vnd: int | None
    theirs_vnd: int | None
    state: DifferenceState
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCard:
    """When a day was closed, and by which appointment."""

    closed_at: dt.datetime
    closed_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCard:
    """A statement that counts for nothing until a person decides, because rows of it could not be read."""

    id: uuid.UUID
    came_at: dt.datetime
    lines: tuple[StatementLine, ...]
    unread: tuple[UnreadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """One day of one way: both sides, what does not fit, and whether it can be closed."""

    agency_id: int
    way: PaymentWay
    on: dt.date
    statement: StatementCard | None
    held: HeldCard | None
    compared: tuple[Comparison, ...]
    differences: tuple[DifferenceCard, ...]
    unresolved: int
    closed: ClosedCard | None
    refusal: Refusal | None
    """What stands against closing it."""

    @property
    def ours_vnd(self) -> int:
        """What our books have of this day."""
        return sum(one.ours.vnd for one in self.compared if one.ours and one.ours.on == self.on)

    @property
    def theirs_vnd(self) -> int:
        """What the statement of this day has."""
        return self.statement.total_vnd if self.statement else 0

    @property
    def fitting(self) -> int:
        return sum(one.match in {Match.EQUAL, Match.DAY} for one in self.compared)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedCard:
    """What a closed day left between a provider and the agency."""

    id: uuid.UUID
    agency_id: int
    way: PaymentWay
    on: dt.date
    transaction: str
    reference: str
    vnd: int
    """Positive: owed to the agency. Negative: the provider has given too much."""
    explanation: str
    clearing: Clearing | None
    """None: it stands."""
    cleared_at: dt.datetime | None
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """A day with money that nobody has closed yet."""

    on: dt.date
    way: PaymentWay
    entries: int
    unresolved: int
    is_held: bool = False
    """Its statement waits for a person: rows of it could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCard:
    """A receipt as a list shows it: without its payer."""

    id: uuid.UUID
    payment_id: uuid.UUID
    dossier_id: uuid.UUID
    agency_id: int
    year: int
    number: int
    amount_vnd: int
    issued_at: dt.datetime
    pdf_id: uuid.UUID | None
    is_sealed: bool
    """Its data is sealed by the agency, and can be handed out."""
    cancelled_at: dt.datetime | None
    cancel_reason: str
