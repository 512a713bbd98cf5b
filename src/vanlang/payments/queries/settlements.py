"""What dossiers owe and by what they were paid: the evidence that other apps derive from."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from vanlang.payments.cards import PaidBy, Settlement
from vanlang.payments.models import Demand, Entry, FeeQuestion, Payment
from vanlang.payments.rules.ledger import CAME_IN
from vanlang.payments.types import (
    DemandPurpose,
    DemandState,
    FeeGap,
    Occasion,
    PaymentState,
    PaymentWay,
)

HOLDS_MONEY = (*CAME_IN, Occasion.STRAY_MATCHED)


def get_settlement(dossier_id: uuid.UUID) -> Settlement:
    """Return what a dossier owes and by what it was paid; one that nobody asked anything of owes nothing."""
    return get_settlements([dossier_id])[dossier_id]


def get_settlements(dossier_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Settlement]:
    """Return the same for many dossiers, each of them in the answer. Four queries, whatever their number."""
    wanted = set(dossier_ids)
    demands: dict[uuid.UUID, Demand] = {}
    rows = Demand.objects.filter(dossier_id__in=wanted, purpose=DemandPurpose.FEES)
    for row in rows.order_by("raised_at"):
        if row.dossier_id not in demands or row.state != DemandState.CANCELLED:
            demands[row.dossier_id] = row
    gaps = dict(
        FeeQuestion.objects.filter(dossier_id__in=wanted, answered_at=None).values_list("dossier_id", "gap")
    )
    paid = _paid_by([row.pk for row in demands.values()])
    return {key: _settlement(key, demands.get(key), paid, gaps.get(key)) for key in wanted}


def _settlement(
    dossier_id: uuid.UUID, row: Demand | None, paid: dict[uuid.UUID, list[PaidBy]], gap: str | None
) -> Settlement:
    state = DemandState(row.state) if row else None
    return Settlement(
        dossier_id=dossier_id,
        demand_id=row.pk if row else None,
        state=state,
        amount_vnd=row.amount_vnd if row else 0,
        owed_vnd=row.amount_vnd if row and state is DemandState.OPEN else 0,
        paid_by=tuple(paid.get(row.pk, ())) if row else (),
        gap=FeeGap(gap) if gap else None,
    )


def _paid_by(demand_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[PaidBy]]:
    payments = list(
        Payment.objects.filter(demand_id__in=demand_ids, booked_at__isnull=False).order_by("booked_at", "id")
    )
    entries: dict[uuid.UUID, list[int]] = defaultdict(list)
    booked = Entry.objects.filter(payment__in=payments, occasion__in=HOLDS_MONEY).order_by("id")
    for payment_id, entry_id in booked.values_list("payment_id", "id"):
        if payment_id is not None:
            entries[payment_id].append(entry_id)
    found: dict[uuid.UUID, list[PaidBy]] = defaultdict(list)
    for row in payments:
        if not entries[row.pk] or row.booked_at is None:
            continue  # what is in no book is no evidence: for an agency that may not see the books, too
        found[row.demand_id].append(
            PaidBy(
                payment_id=row.pk,
                way=PaymentWay(row.way),
                amount_vnd=row.amount_vnd,
                reference=row.reference,
                transaction=row.transaction,
                booked_at=row.booked_at,
                state=PaymentState(row.state),
                entry_ids=tuple(entries[row.pk]),
            )
        )
    return found
