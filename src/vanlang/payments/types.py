"""Demands, payments, entries: the words of money. Amounts are whole đồng."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class PaymentWay(StrEnum):
    """How money comes."""

    PLATFORM = "platform"
    """The national payment platform."""
    BANK_QR = "bank_qr"
    """A transfer that a payer's bank read from our code."""
    CASH = "cash"


class DemandPurpose(StrEnum):
    """What a demand is for. One of each may be open for a dossier."""

    FEES = "fees"
    """The fees and charges of its procedure."""


class DemandState(StrEnum):
    """Where what is owed stands."""

    OPEN = "open"
    PAID = "paid"
    WAIVED = "waived"
    """Every line is exempt: nothing is left to pay."""
    CANCELLED = "cancelled"
    """The dossier was refused or withdrawn, or what was paid was given back."""


class FeeGap(StrEnum):
    """Why no demand could be raised: an officer's task, never a citizen's obstacle."""

    UNKNOWN = "unknown"
    """The catalogue has no confirmed fee for this case and channel."""
    QUANTITY = "quantity"
    """The fee is for each page or copy, and nobody has counted them."""


class StrayReason(StrEnum):
    """Why money fits nothing."""

    AMOUNT = "amount"
    """It is not what was asked for."""
    REFERENCE = "reference"
    """No attempt to pay has this reference."""
    PAID_ALREADY = "paid_already"
    """The demand is paid: the payer paid twice."""
    CLOSED = "closed"
    """The demand was cancelled before the money came."""


class StrayState(StrEnum):
    """What became of money that fitted nothing."""

    OPEN = "open"
    MATCHED = "matched"
    """It turned out to be for a demand."""
    RETURNING = "returning"
    RETURNED = "returned"


class RefundState(StrEnum):
    """Where a refund stands."""

    PROPOSED = "proposed"
    """The house proposes it; nobody has decided."""
    ASKED = "asked"
    """Decided, and asked of the way by which the money came."""
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class PaymentState(StrEnum):
    """Where one attempt to pay is."""

    BEGUN = "begun"
    """The payer was sent to the platform, or shown a code: nothing is known yet."""
    BOOKED = "booked"
    """The money came, and is in the books."""
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDING = "refunding"
    """A refund was asked for; the way has not confirmed it."""
    REFUNDED = "refunded"


class PaymentEvent(StrEnum):
    """What can happen to an attempt."""

    CONFIRM = "confirm"
    FAIL = "fail"
    EXPIRE = "expire"
    ASK_REFUND = "ask_refund"
    CONFIRM_REFUND = "confirm_refund"
    DECLINE_REFUND = "decline_refund"


class LedgerAccount(StrEnum):
    """The accounts of one agency's books."""

    RECEIVABLE = "receivable"
    """What payers owe."""
    REVENUE_FEE = "revenue_fee"
    """Phí."""
    REVENUE_CHARGE = "revenue_charge"
    """Lệ phí."""
    CLEARING = "clearing"
    """What the platform took for us and has not settled yet."""
    BANK = "bank"
    DRAWER = "drawer"
    """Cash at the counter."""
    SUSPENSE = "suspense"
    """Money that came and fits nothing: kept, and somebody's task."""
    REFUNDS = "refunds"
    """What is owed back to payers."""
    DIFFERENCES = "differences"
    """What closed days left between a provider and us: they owe it (debit), or have given too much (credit)."""
    COSTS = "costs"
    """Differences that a person decided to bear or to keep."""


class Occasion(StrEnum):
    """Why something is booked. Each has its row in the table of postings."""

    DEMAND_FEE = "demand_fee"
    DEMAND_CHARGE = "demand_charge"
    CANCEL_FEE = "cancel_fee"
    CANCEL_CHARGE = "cancel_charge"
    PAID_BY_PLATFORM = "paid_by_platform"
    PAID_BY_BANK = "paid_by_bank"
    PAID_IN_CASH = "paid_in_cash"
    STRAY_BY_PLATFORM = "stray_by_platform"
    STRAY_BY_BANK = "stray_by_bank"
    STRAY_MATCHED = "stray_matched"
    """Money in suspense turned out to be for a demand."""
    SETTLED = "settled"
    """The platform's statement says that it paid us."""
    BANKED = "banked"
    """Cash was carried to the bank."""
    STRAY_RETURNED = "stray_returned"
    """Money in suspense is to go back to whoever sent it."""
    STRAY_KEPT = "stray_kept"
    """The way would not take it back: it is in suspense again."""
    DRAWER_SHORT = "drawer_short"
    """Less cash was counted than the book says."""
    DRAWER_OVER = "drawer_over"
    REFUND_ASKED = "refund_asked"
    REFUND_DECLINED = "refund_declined"
    REFUNDED_BY_PLATFORM = "refunded_by_platform"
    REFUNDED_BY_BANK = "refunded_by_bank"
    REFUNDED_IN_CASH = "refunded_in_cash"
    SHORT_BY_PLATFORM = "short_by_platform"
    """A day was closed in which the provider has less than our books: the difference is theirs to bring."""
    SHORT_BY_BANK = "short_by_bank"
    SHORT_IN_CASH = "short_in_cash"
    OVER_BY_PLATFORM = "over_by_platform"
    """A day was closed in which the provider has more than our books: the difference is theirs to fetch."""
    OVER_BY_BANK = "over_by_bank"
    OVER_IN_CASH = "over_in_cash"
    DIFFERENCE_BROUGHT = "difference_brought"
    """What a provider owed us came to the bank."""
    DIFFERENCE_FETCHED = "difference_fetched"
    """What a provider had given too much left the bank."""
    DIFFERENCE_BORNE = "difference_borne"
    DIFFERENCE_KEPT = "difference_kept"


@dataclass(frozen=True, slots=True)
class Leg:
    """One line of an entry: debit is positive, credit is negative."""

    account: LedgerAccount
    vnd: int


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where a transfer goes."""

    bank: str
    """The bank's six digits (BIN)."""
    number: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """What a payer's bank reads from a code."""

    to: BankAccount
    vnd: int | None
    """None leaves the amount to the payer: a code that hangs on a wall."""
    purpose: str = ""
    """At most 25 characters of plain Latin: banks drop the others."""
    reference: str = ""


class Match(StrEnum):
    """How a line of a provider's statement and our books fit."""

    EQUAL = "equal"
    MISSING_HERE = "missing_here"
    """They took money of which we know nothing."""
    MISSING_THERE = "missing_there"
    """We booked what they did not take."""
    AMOUNT = "amount"
    DAY = "day"
    DOUBLED = "doubled"
    """Their statement has the transaction twice."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One transaction as one side has it."""

    transaction: str
    vnd: int
    """Negative for a refund."""
    on: dt.date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One transaction, both sides."""

    match: Match
    ours: StatementLine | None
    theirs: StatementLine | None
    """Their first line of it."""
    again_vnd: int = 0
    """What their further lines of the same transaction say."""

    @property
    def transaction(self) -> str:
        return (self.ours or self.theirs).transaction  # type: ignore[union-attr] # one of them is there

    @property
    def reference(self) -> str:
        return (self.theirs or self.ours).reference  # type: ignore[union-attr] # as above

    @property
    def theirs_vnd(self) -> int | None:
        """All that they say of it; None when they say nothing."""
        return self.theirs.vnd + self.again_vnd if self.theirs else None

    @property
    def left_vnd(self) -> int:
        """Our books less their statements: what stands between us."""
        return (self.ours.vnd if self.ours else 0) - (self.theirs_vnd or 0)


class Clearing(StrEnum):
    """How a difference that a closed day left was cleared."""

    EVENED = "evened"
    """A later statement, or later money, took it back by itself."""
    BANK = "bank"
    """It was paid, either way, through the bank."""
    COST = "cost"
    """It was decided to bear it, or to keep it."""


SYSTEM = "payment_platform"
"""The platform, in every row of the outbox and the inbox."""


class NoticeKind(StrEnum):
    """What the platform tells of."""

    PAID = "paid"
    """A payment on the platform: it came, or it failed."""
    BANK = "bank"
    """A transfer that a payer's bank read from our code."""
    REFUND = "refund"
    """A refund that we asked for: it was made, or declined."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that the platform says of one transaction, however it said it."""

    kind: NoticeKind
    reference: str
    """Ours, as they have it: of a payment, or of a refund."""
    transaction: str
    vnd: int
    code: str
    """Theirs: why it failed."""
    is_success: bool
    at: dt.datetime
    account: BankAccount | None = None
    """Where a transfer went."""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class StatementRowTold:
    """One line of a provider's statement, as it was read."""

    line: StatementLine
    way: PaymentWay
    agency: str = ""
    """Code of the agency for which the money was taken, where the provider says it."""
    account: str = ""
    """Number of the account to which it went, where the provider says it."""

    @property
    def named(self) -> NamedRow:
        return NamedRow(self.line.transaction, self.line.reference, self.agency, self.account)


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """One row of a provider's statement that could not be read, and why."""

    number: int
    """From 1."""
    field: str
    """The provider's own name of the field."""
    said: str
    """What stands there, shortened."""
    transaction: str = ""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """By what it is found out whose a row of a statement is, whether it can be read or not."""

    transaction: str = ""
    reference: str = ""
    agency: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class StatementTold:
    """A provider's statement, as it was read."""

    rows: tuple[StatementRowTold, ...]
    unread: tuple[tuple[UnreadRow, NamedRow, PaymentWay | None], ...] = ()
    """Rows that could not be read, with what they say of their owner and their way all the same."""


@dataclass(frozen=True, slots=True)
class BillLine:
    """One fee or charge of a bill."""

    code: str
    name: str
    is_charge: bool
    vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a payer is sent to the platform with."""

    reference: str
    dossier_code: str
    procedure_code: str
    procedure_name: str
    agency_code: str
    agency_name: str
    province: str = ""
    """Of the payer; empty where only the whole address is known."""
    to: BankAccount | None
    payer_name: str
    payer_number: str = ""
    payer_address: str = ""
    lines: tuple[BillLine, ...]
    return_url: str

    @property
    def vnd(self) -> int:
        return sum(line.vnd for line in self.lines)


class StatementSource(StrEnum):
    """Where a statement comes from."""

    WIRE = "wire"
    """Asked of the platform."""
    FILE = "file"
    """Handed in by a person, as the bank gave it."""
    PART = "part"
    """Asked of the platform, and taken without the rows that could not be read, by a person."""
    COUNT = "count"
    """Cash, counted."""


class DifferenceState(StrEnum):
    """What becomes of a transaction in which both sides do not fit."""

    WAITING = "waiting"
    """It may stand in the next statement."""
    OPEN = "open"
    """A person's task."""
    EXPLAINED = "explained"
    HEALED = "healed"
    """Both sides fit now."""


UNRESOLVED = frozenset({DifferenceState.WAITING, DifferenceState.OPEN})
"""What keeps a day from being closed."""
