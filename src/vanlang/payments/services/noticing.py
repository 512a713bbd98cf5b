"""What the platform says of money: taken in as often and in whatever order it is said."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from vanlang.payments.errors import MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import CollectingAccount, Payment, Refund
from vanlang.payments.rules.matching import Arriving
from vanlang.payments.rules.references import find_reference
from vanlang.payments.services.paying import Confirmed, confirm, fail
from vanlang.payments.services.refunding import confirm_refund, decline_refund
from vanlang.payments.types import BankAccount, Notice, NoticeKind, PaymentWay

_SEEN_FALSE = """
    INSERT INTO payments_falseseal ("on", count, last_at) VALUES (%s, 1, %s)
    ON CONFLICT ("on") DO UPDATE SET count = payments_falseseal.count + 1, last_at = EXCLUDED.last_at
"""


@transaction.atomic
def take_in(notice: Notice, *, at: dt.datetime) -> None:
    """
    Do what a notice says. Money that fits nothing is laid aside, and is a person's task.

    Raises: MoneyNotPossible("payments.transaction_contradicted") when the books have the transaction otherwise,
    MoneyNotFound when it is of no payment or refund of ours and no money came.
    """
    match notice.kind:
        case NoticeKind.REFUND:
            _take_in_refund(notice, at)
        case _ if not notice.is_success:
            fail(reference=notice.reference, reason=notice.code, at=at)
        case _:
            take_in_money(notice, at=at)


def take_in_money(notice: Notice, *, at: dt.datetime, agency_id: int | None = None) -> Confirmed:
    """
    Book money that came: for what it was asked, or to suspense. `agency_id` is whose it is when nothing else says so.

    Raises: MoneyNotPossible("payments.transaction_contradicted").
    """
    is_bank = notice.kind is NoticeKind.BANK
    done = confirm(
        way=PaymentWay.BANK_QR if is_bank else PaymentWay.PLATFORM,
        reference=reference_in(notice),
        transaction_id=notice.transaction,
        amount_vnd=notice.vnd,
        at=at,
        agency_id=agency_of(notice.account) or agency_id,
    )
    if done.arriving is Arriving.CONTRADICTED:
        raise MoneyNotPossible("payments.transaction_contradicted")
    return done


def reference_in(notice: Notice) -> str:
    """Return our reference: of a transfer, wherever the payer's bank put it."""
    if notice.kind is not NoticeKind.BANK:
        return notice.reference
    found = find_reference(notice.reference) or find_reference(notice.purpose)
    return found or notice.reference or notice.purpose[:60]


def is_ours(notice: Notice) -> bool:
    """Say whether a notice names a payment or a refund that we know."""
    rows = Refund.objects if notice.kind is NoticeKind.REFUND else Payment.objects
    return rows.filter(reference=reference_in(notice)).exists()


def agency_of(account: BankAccount | None) -> int | None:
    """Return whose account it is, or was; None for nobody's of ours."""
    if account is None:
        return None
    rows = CollectingAccount.objects.filter(number=account.number, bank=account.bank)
    return rows.order_by("-valid_from").values_list("agency_id", flat=True).first()


@transaction.atomic
def note_false_seal(*, at: dt.datetime) -> None:
    """Count a message that was not the platform's."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN_FALSE, [at.date(), at])


def _take_in_refund(notice: Notice, at: dt.datetime) -> None:
    row = Refund.objects.filter(reference=notice.reference).first()
    if row is None:
        raise MoneyNotFound("payments.refund_unknown")
    if not notice.is_success:
        decline_refund(refund_id=row.pk, answer=notice.code, at=at)
    elif row.amount_vnd != notice.vnd:
        raise MoneyNotPossible("payments.transaction_contradicted")
    else:
        confirm_refund(refund_id=row.pk, transaction_id=notice.transaction, at=at)
