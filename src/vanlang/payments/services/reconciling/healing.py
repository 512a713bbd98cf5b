"""What does not fit: booked when only they know of it, or explained by a person."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.kernel.locks import hold
from vanlang.kernel.scope import Scope, acting
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import DayClose, MoneyDifference, Refund
from vanlang.payments.services.authority import MoneyAct, check, record
from vanlang.payments.services.noticing import take_in_money
from vanlang.payments.services.reconciling.comparing import compare_day
from vanlang.payments.services.refunding import confirm_refund
from vanlang.payments.types import (
    UNRESOLVED,
    BankAccount,
    DifferenceState,
    Match,
    Notice,
    NoticeKind,
    PaymentWay,
)

LONGEST_EXPLANATION = 500


@transaction.atomic
def explain(*, difference_id: uuid.UUID, explanation: str, actor: Actor, at: dt.datetime) -> None:
    """
    Say why both sides do not fit; the money stays as each side has it. Said anew, the newer words count.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotAcceptable("payments.explanation_missing"),
    MoneyNotPossible("payments.difference_is_over", "payments.day_is_closed").
    """
    row = _locked(difference_id, actor)
    words = " ".join(explanation.split())
    if len(words) < 10:
        raise MoneyNotAcceptable("payments.explanation_missing")
    row.state, row.explanation = DifferenceState.EXPLAINED, words[:LONGEST_EXPLANATION]
    row.explained_by_id, row.settled_at = actor.appointment_id, at
    row.save(update_fields=["state", "explanation", "explained_by", "settled_at"])
    record("explain_difference", actor, "difference", row.pk, at, match=row.match)


@transaction.atomic
def book_missing(
    *, difference_id: uuid.UUID, actor: Actor, at: dt.datetime, notice: Notice | None = None
) -> None:
    """
    Book what a statement has and our books do not: for what it was asked, to suspense, or as the refund that it is.

    `notice` is what the platform answered when asked; without it the line of the statement is what is known.
    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.not_missing_here", "payments.refund_unknown",
    "payments.transaction_contradicted", "payments.difference_is_over").
    """
    row = _locked(difference_id, actor)
    if row.match != Match.MISSING_HERE or row.theirs_vnd is None or row.way == PaymentWay.CASH:
        raise MoneyNotPossible("payments.not_missing_here")
    with acting(Scope.system()):  # the provider says so: booked as if it had called back
        _book_as_told(row, notice, at)
    record("book_missing", actor, "difference", row.pk, at, amount=row.theirs_vnd)
    compare_day(agency_id=row.agency_id, way=PaymentWay(row.way), on=row.on, at=at)


def _book_as_told(row: MoneyDifference, notice: Notice | None, at: dt.datetime) -> None:
    told = int(row.theirs_vnd or 0)
    if told > 0:
        said = notice if notice is not None and _is_same(notice, row) else _as_notice(row, at)
        take_in_money(said, at=at, agency_id=row.agency_id)
        return
    refund = Refund.objects.filter(agency_id=row.agency_id, reference=row.reference).first()
    if refund is None or refund.amount_vnd != -told:
        raise MoneyNotPossible("payments.refund_unknown")
    confirm_refund(refund_id=refund.pk, transaction_id=row.transaction, at=at)


def _locked(difference_id: uuid.UUID, actor: Actor) -> MoneyDifference:
    """Return a difference that is not over, locked; its day held. Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible."""
    agency_id = MoneyDifference.objects.filter(pk=difference_id).values_list("agency_id", flat=True).first()
    if agency_id is None:
        raise MoneyNotFound
    check(MoneyAct.RECONCILE, actor, agency_id=agency_id)
    hold(
        "payments.close", agency_id
    )  # before the row: whoever closes the day holds this, and then writes to rows
    row = MoneyDifference.objects.select_for_update(of=("self",)).get(pk=difference_id)
    if DayClose.objects.filter(agency_id=row.agency_id, way=row.way, on=row.on).exists():
        raise MoneyNotPossible("payments.day_is_closed", on=f"{row.on:%d/%m/%Y}")
    if row.state not in {*UNRESOLVED, DifferenceState.EXPLAINED}:
        raise MoneyNotPossible("payments.difference_is_over")
    return row


def _is_same(notice: Notice, row: MoneyDifference) -> bool:
    return (notice.transaction, notice.vnd, notice.is_success) == (row.transaction, row.theirs_vnd, True)


def _as_notice(row: MoneyDifference, at: dt.datetime) -> Notice:
    kind = NoticeKind.BANK if row.way == PaymentWay.BANK_QR else NoticeKind.PAID
    account: BankAccount | None = None
    return Notice(
        kind, row.reference, row.transaction, int(row.theirs_vnd or 0), "00", is_success=True, at=at, account=account
    )  # fmt: skip
