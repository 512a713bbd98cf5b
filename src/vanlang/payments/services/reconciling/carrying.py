"""What closed days left between a provider and us: on an account of its own, until a later day or a person clears it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Sum

from vanlang.identity.api import Actor
from vanlang.kernel.locks import hold
from vanlang.payments.cards import DaySheet
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import CarriedDifference
from vanlang.payments.rules import ledger
from vanlang.payments.services.authority import MoneyAct, check, record
from vanlang.payments.services.booking import book
from vanlang.payments.types import Clearing, PaymentWay

SHORTEST_DOCUMENT = 3


def carry(sheet: DaySheet, *, actor: Actor, at: dt.datetime) -> None:
    """
    Carry what a day that is being closed leaves of each transaction, so that the account of differences has all of it.

    What an earlier day carried counts: a correction, or money that came late, carries it back and evens it.
    """
    rows = CarriedDifference.objects.filter(agency_id=sheet.agency_id, way=sheet.way)
    names = [one.transaction for one in sheet.compared]
    sums = rows.filter(transaction__in=names).values("transaction").annotate(total=Sum("vnd"))
    carried = {row["transaction"]: int(row["total"]) for row in sums}
    words = {one.transaction: one.explanation for one in sheet.differences}
    for one in sheet.compared:
        vnd = one.left_vnd - carried.get(one.transaction, 0)
        if vnd:
            row = CarriedDifference(
                agency_id=sheet.agency_id, way=sheet.way, on=sheet.on, transaction=one.transaction,
                reference=one.reference[:60], vnd=vnd, explanation=words.get(one.transaction, ""), carried_at=at,
            )  # fmt: skip
            row.save(force_insert=True)
            _book_carried(row, at)
            _even(row, actor, at)


@transaction.atomic
def clear_difference(
    *, carried_id: uuid.UUID, clearing: Clearing, document: str, actor: Actor, at: dt.datetime
) -> None:
    """
    Say how a difference that a closed day left was cleared, and by which document. Said twice the same, nothing happens.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotAcceptable("payments.document_missing"),
    MoneyNotPossible("payments.difference_is_cleared").
    """
    agency_id = CarriedDifference.objects.filter(pk=carried_id).values_list("agency_id", flat=True).first()
    if agency_id is None:
        raise MoneyNotFound
    check(MoneyAct.RECONCILE, actor, agency_id=agency_id)
    words = " ".join(document.split())[:200]
    if len(words) < SHORTEST_DOCUMENT or clearing not in ledger.CLEARED or actor.appointment_id is None:
        raise MoneyNotAcceptable("payments.document_missing")
    hold("payments.close", agency_id)
    row = CarriedDifference.objects.select_for_update(of=("self",)).get(pk=carried_id)
    if (row.clearing, row.document) == (clearing, words):
        return
    if row.cleared_at is not None:
        raise MoneyNotPossible("payments.difference_is_cleared")
    owed_to_us, owed_by_us = ledger.CLEARED[clearing]
    book(
        agency_id=agency_id, occasion=owed_to_us if row.vnd > 0 else owed_by_us, source=f"cleared:{row.pk}",
        vnd=abs(row.vnd), at=at,
    )  # fmt: skip
    row.clearing, row.document, row.cleared_at, row.cleared_by_id = clearing, words, at, actor.appointment_id
    row.save(update_fields=["clearing", "document", "cleared_at", "cleared_by"])
    record("clear_difference", actor, "difference", row.pk, at, clearing=str(clearing), amount=row.vnd)


def _book_carried(row: CarriedDifference, at: dt.datetime) -> None:
    way = PaymentWay(row.way)
    book(
        agency_id=row.agency_id, occasion=(ledger.SHORT if row.vnd > 0 else ledger.OVER)[way],
        source=f"carried:{row.pk}", vnd=abs(row.vnd), at=at,
    )  # fmt: skip


def _even(row: CarriedDifference, actor: Actor, at: dt.datetime) -> None:
    """What one transaction left on several days, and what comes to nothing, needs nobody any more."""
    standing = CarriedDifference.objects.filter(
        agency_id=row.agency_id, way=row.way, transaction=row.transaction, cleared_at=None
    )
    if standing.aggregate(total=Sum("vnd"))["total"] == 0:
        standing.update(clearing=Clearing.EVENED, cleared_at=at, cleared_by_id=actor.appointment_id)
