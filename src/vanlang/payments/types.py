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
    REFUND_ASKED = "refund_asked"
    REFUND_DECLINED = "refund_declined"
    REFUNDED_BY_PLATFORM = "refunded_by_platform"
    REFUNDED_BY_BANK = "refunded_by_bank"
    REFUNDED_IN_CASH = "refunded_in_cash"


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
