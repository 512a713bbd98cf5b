"""
Asking the platform about payments that never called back: sooner at first, then seldom, and for a last time a day later.

Whoever asks takes a payment by `claim`, asks outside any transaction, and says what came of it. Money that comes after
all is booked whenever it comes.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from vanlang.payments.models import Inquiry
from vanlang.payments.services.paying import expire
from vanlang.payments.types import PaymentState

WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (2, 4, 8, 16, 30, 120, 720, 1440))
"""After how long since its beginning a payment is asked about."""
LEASE = dt.timedelta(minutes=5)
"""Longer than any question takes."""
MOST = 50


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One payment whose turn it is."""

    payment_id: uuid.UUID
    reference: str


def begin_asking(*, payment_id: uuid.UUID, at: dt.datetime) -> None:
    """Have a payment asked about, in the caller's transaction."""
    Inquiry.objects.get_or_create(payment_id=payment_id, defaults={"next_at": at + WAITS[0]})


@transaction.atomic
def claim(*, at: dt.datetime) -> list[ToAsk]:
    """Return payments whose turn it is; nobody else is given them for a while."""
    rows = list(
        Inquiry.objects.filter(next_at__lte=at)
        .select_related("payment")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("next_at")[:MOST]
    )
    Inquiry.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=at + LEASE)
    return [ToAsk(row.payment_id, row.payment.reference) for row in rows]


@transaction.atomic
def ask_again(*, payment_id: uuid.UUID, at: dt.datetime, was_answered: bool) -> None:
    """
    Note that nothing is known yet: ask later, or no more. An answer after its time ends the attempt.

    Without an answer nothing is used up: the platform's outage makes nobody's payment expire.
    """
    row = Inquiry.objects.select_for_update(of=("self",)).select_related("payment").get(pk=payment_id)
    payment = row.payment
    if not was_answered:
        row.next_at = at + LEASE
        row.save(update_fields=["next_at"])
        return
    row.tries += 1
    row.next_at = next((due for wait in WAITS if (due := payment.begun_at + wait) > at), None)
    row.save(update_fields=["tries", "next_at"])
    is_over = payment.expires_at is not None and payment.expires_at <= at
    if payment.state == PaymentState.BEGUN and is_over:
        expire(payment_id=payment_id, at=at)


@transaction.atomic
def stop_asking(*, payment_id: uuid.UUID) -> None:
    """Note that it is known what became of a payment."""
    Inquiry.objects.filter(pk=payment_id).update(next_at=None)
