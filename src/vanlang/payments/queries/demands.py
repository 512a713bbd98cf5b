"""What is owed, with its lines and the attempts to pay it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from vanlang.payments.cards import DemandCard, LineCard, PaymentCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import Demand, DemandLine, FeeReceipt, Payment, Stray
from vanlang.payments.queries.exemptions import find_exemption
from vanlang.payments.rules.before import Moment, owed_before
from vanlang.payments.types import DemandPurpose, DemandState, PaymentState, PaymentWay, StrayState


def find_demand(dossier_id: uuid.UUID) -> DemandCard | None:
    """Return what is or was owed for a dossier; one that was cancelled only where there is no other."""
    rows = _whole(Demand.objects.filter(dossier_id=dossier_id, purpose=DemandPurpose.FEES))
    found = sorted(rows, key=lambda row: (row.state == DemandState.CANCELLED, -row.raised_at.timestamp()))
    return _card(found[0]) if found else None


def find_demand_by_code(code: str) -> DemandCard | None:
    """Return the same for the dossier of a code."""
    found = Demand.objects.filter(dossier__code=code).values_list("dossier_id", flat=True).first()
    return find_demand(found) if found is not None else None


def has_strayed(payment_id: uuid.UUID) -> bool:
    """Say whether money came by an attempt and is kept aside, not yet explained."""
    return Stray.objects.filter(
        payment_id=payment_id, state__in=[StrayState.OPEN, StrayState.RETURNING]
    ).exists()


def owed_at(dossier_id: uuid.UUID, moment: Moment) -> int:
    """Return how much is owed for a dossier that the table wants paid by a moment. Units: đồng."""
    rows = DemandLine.objects.filter(demand__dossier_id=dossier_id, demand__state=DemandState.OPEN)
    return owed_before(rows.values_list("is_charge", "owed_vnd"), moment)


def is_payment_in_cash(entry_id: uuid.UUID) -> bool:
    """Say whether a line of a drawer's book is a payment in the books."""
    return Payment.objects.filter(way=PaymentWay.CASH, transaction=str(entry_id)).exists()


def get_demand(demand_id: uuid.UUID) -> DemandCard:
    """Return a demand. Raises: MoneyNotFound."""
    row = _whole(Demand.objects.filter(pk=demand_id)).first()
    if row is None:
        raise MoneyNotFound
    return _card(row)


def get_lines_of(demand_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[LineCard, ...]]:
    """Return the lines of demands by demand. One query."""
    found: dict[uuid.UUID, list[DemandLine]] = {}
    for row in DemandLine.objects.filter(demand_id__in=set(demand_ids)).order_by("demand_id", "position"):
        found.setdefault(row.demand_id, []).append(row)
    return {key: _lines(rows) for key, rows in found.items()}


def get_payment(payment_id: uuid.UUID) -> PaymentCard:
    """Return an attempt to pay. Raises: MoneyNotFound."""
    row = Payment.objects.filter(pk=payment_id).select_related("demand").prefetch_related(_receipts()).first()
    if row is None:
        raise MoneyNotFound
    return payment_card(row, row.demand.dossier_id)


def list_unpaid(agency_id: int) -> tuple[DemandCard, ...]:
    """Return what is owed to an agency, the oldest first."""
    rows = _whole(Demand.objects.filter(agency_id=agency_id, state=DemandState.OPEN))
    return tuple(_card(row) for row in rows.order_by("raised_at", "id"))


def list_payments_to_expire(at: dt.datetime) -> tuple[uuid.UUID, ...]:
    """Return the attempts that were waited for long enough."""
    rows = (
        Payment.objects.filter(state=PaymentState.BEGUN, expires_at__lte=at)
        .exclude(inquiry__next_at__isnull=False)  # asked about first
        .order_by("expires_at", "id")
    )
    return tuple(rows.values_list("pk", flat=True)[:1000])


def _whole(rows: QuerySet[Demand]) -> QuerySet[Demand]:
    return rows.prefetch_related(
        Prefetch("lines", DemandLine.objects.order_by("position")),
        Prefetch("payments", Payment.objects.order_by("-begun_at", "-id").prefetch_related(_receipts())),
    )


def _receipts() -> Prefetch[str, QuerySet[FeeReceipt], str]:
    return Prefetch("receipts", FeeReceipt.objects.filter(cancelled_at=None), "standing")


def _card(row: Demand) -> DemandCard:
    return DemandCard(
        id=row.pk,
        dossier_id=row.dossier_id,
        agency_id=row.agency_id,
        purpose=DemandPurpose(row.purpose),
        state=DemandState(row.state),
        amount_vnd=row.amount_vnd,
        raised_at=row.raised_at,
        settled_at=row.settled_at,
        lines=_lines(row.lines.all()),
        payments=tuple(payment_card(one, row.dossier_id) for one in row.payments.all()),
    )


def _lines(rows: Iterable[DemandLine]) -> tuple[LineCard, ...]:
    return tuple(
        LineCard(
            id=row.pk,
            name=row.name,
            is_charge=row.is_charge,
            per=row.per,
            quantity=row.quantity,
            basis=row.basis,
            full_vnd=row.full_vnd,
            owed_vnd=row.owed_vnd,
            exemption=find_exemption(row.exemption) if row.exemption else None,
        )
        for row in rows
    )


def payment_card(row: Payment, dossier_id: uuid.UUID) -> PaymentCard:
    receipts: list[FeeReceipt] = getattr(row, "standing", [])
    return PaymentCard(
        id=row.pk,
        demand_id=row.demand_id,
        dossier_id=dossier_id,
        agency_id=row.agency_id,
        way=PaymentWay(row.way),
        state=PaymentState(row.state),
        amount_vnd=row.amount_vnd,
        reference=row.reference,
        transaction=row.transaction,
        begun_at=row.begun_at,
        expires_at=row.expires_at,
        booked_at=row.booked_at,
        pay_address=row.pay_address,
        reason=row.reason,
        receipt_id=receipts[0].pk if receipts else None,
    )
