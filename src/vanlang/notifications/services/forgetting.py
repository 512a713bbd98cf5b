"""Forgetting: words and addresses are kept while somebody may ask for them; that something was told is kept for good."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from vanlang.notifications.models import Delivery, Message

KEPT = dt.timedelta(days=180)
"""Law: unverified. Long enough for a complaint about a dossier; a province may ask for another length."""
BATCH = 1000


@transaction.atomic
def forget(*, at: dt.datetime) -> int:
    """Forget the words and addresses of old messages that are through; return how many."""
    old = Message.objects.filter(told_at__lt=at - KEPT, letter__isnull=False)
    ids = list(
        old.exclude(deliveries__next_at__isnull=False)
        .order_by("told_at", "id")
        .values_list("id", flat=True)[:BATCH]
    )
    Delivery.objects.filter(message_id__in=ids).update(address=None)
    return Message.objects.filter(id__in=ids).update(letter=None, given=None)
