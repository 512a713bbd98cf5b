"""Money that fitted nothing: for which demand it was, or back to whoever sent it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.payments.errors import MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import Payment, Refund, Stray
from vanlang.payments.services.authority import MoneyAct, check, locked_demand, record
from vanlang.payments.services.booking import book
from vanlang.payments.services.paying import tell_booked
from vanlang.payments.services.references import new_reference
from vanlang.payments.types import DemandState, Occasion, PaymentState, PaymentWay, RefundState, StrayState


@transaction.atomic
def match_stray(*, stray_id: uuid.UUID, demand_id: uuid.UUID, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Settle an open demand of the same agency and amount with money from suspense; return its payment.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.stray_is_settled", "payments.demand_is_over",
    "payments.stray_of_another_amount").
    """
    demand = locked_demand(demand_id)
    stray = locked_stray(stray_id)
    check(MoneyAct.MATCH, actor, agency_id=stray.agency_id)
    if demand.agency_id != stray.agency_id:
        raise MoneyNotFound
    if demand.state != DemandState.OPEN:
        raise MoneyNotPossible("payments.demand_is_over")
    if demand.amount_vnd != stray.amount_vnd:
        raise MoneyNotPossible("payments.stray_of_another_amount")
    payment = Payment(
        demand=demand,
        agency_id=demand.agency_id,
        way=stray.way,
        state=PaymentState.BOOKED,
        amount_vnd=stray.amount_vnd,
        reference=new_reference(),
        transaction=stray.transaction,
        begun_at=stray.came_at,
        booked_at=at,
    )
    payment.save(force_insert=True)
    demand.state, demand.settled_at = DemandState.PAID, at
    demand.save(update_fields=["state", "settled_at"])
    stray.state, stray.matched_to, stray.settled_at = StrayState.MATCHED, payment, at
    stray.settled_by_id = actor.appointment_id
    stray.save(update_fields=["state", "matched_to", "settled_at", "settled_by"])
    book(
        agency_id=stray.agency_id, occasion=Occasion.STRAY_MATCHED, source=f"stray:{stray.pk}",
        vnd=stray.amount_vnd, at=at, demand=demand, payment=payment,
    )  # fmt: skip
    record("match_stray", actor, "stray", stray.pk, at, amount=stray.amount_vnd)
    tell_booked(payment, demand, actor=actor, at=at)
    return payment.pk


@transaction.atomic
def return_stray(*, stray_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Propose to give money from suspense back; return the refund, which `ask_refund` then asks for.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.stray_is_settled").
    """
    stray = locked_stray(stray_id)
    check(MoneyAct.MATCH, actor, agency_id=stray.agency_id)
    known = Refund.objects.filter(stray=stray).exclude(state=RefundState.DECLINED).first()
    if known is not None:
        return known.pk
    refund = Refund(
        agency_id=stray.agency_id,
        stray=stray,
        way=PaymentWay(stray.way),
        amount_vnd=stray.amount_vnd,
        state=RefundState.PROPOSED,
        reference=new_reference(),
        reason=reason[:300],
        proposed_at=at,
    )
    refund.save(force_insert=True)
    record("propose_refund", actor, "refund", refund.pk, at, amount=refund.amount_vnd)
    return refund.pk


def locked_stray(stray_id: uuid.UUID) -> Stray:
    """Return money in suspense, locked. Raises: MoneyNotFound, MoneyNotPossible once something became of it."""
    row = Stray.objects.select_for_update(of=("self",)).filter(pk=stray_id).first()
    if row is None:
        raise MoneyNotFound
    if row.state != StrayState.OPEN:
        raise MoneyNotPossible("payments.stray_is_settled")
    return row
