"""What the platform took for us and has paid out."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from vanlang.identity.api import SYSTEM, Actor
from vanlang.payments.models import Entry
from vanlang.payments.services.authority import record
from vanlang.payments.services.booking import book
from vanlang.payments.types import Occasion


@transaction.atomic
def book_settlement(
    *, agency_id: int, source: str, amount_vnd: int, at: dt.datetime, actor: Actor = SYSTEM
) -> int:
    """Book that the platform paid out what it took; return the entry. The same source twice is once."""
    known = Entry.objects.filter(occasion=Occasion.SETTLED, source=source).first()
    if known is not None:
        return int(known.pk)
    entry_id = book(agency_id=agency_id, occasion=Occasion.SETTLED, source=source, vnd=amount_vnd, at=at)
    record("settle", actor, "books", agency_id, at, amount=amount_vnd, source=source)
    return entry_id
