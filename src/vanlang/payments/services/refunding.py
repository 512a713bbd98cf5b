"""Money back: proposed by the house, decided by a person who names what they expect to give, confirmed by the way."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel.errors import Refusal
from vanlang.kernel.events import publish
from vanlang.payments import ports
from vanlang.payments.errors import MoneyNotFound, MoneyNotPossible
from vanlang.payments.events import RefundAsked, RefundConfirmed
from vanlang.payments.models import Demand, Payment, Refund, Stray
from vanlang.payments.rules import ledger
from vanlang.payments.rules.states import after
from vanlang.payments.services.authority import MoneyAct, check, locked_demand, record
from vanlang.payments.services.booking import book
from vanlang.payments.services.lines import void
from vanlang.payments.services.receipting import cancel_receipt
from vanlang.payments.services.references import new_reference
from vanlang.payments.types import (
    Occasion,
    PaymentEvent,
    PaymentState,
    PaymentWay,
    RefundState,
    StrayState,
)


@transaction.atomic
def propose_refund(*, payment_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Propose that a payment goes back; proposed or asked already, that refund is returned.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.nothing_to_give_back").
    """
    demand_id = Payment.objects.filter(pk=payment_id).values_list("demand_id", flat=True).first()
    if demand_id is None:
        raise MoneyNotFound
    demand = locked_demand(demand_id)
    check(MoneyAct.REFUND, actor, agency_id=demand.agency_id)
    return propose_refund_of(Payment.objects.get(pk=payment_id), reason=reason, actor=actor, at=at)


def propose_refund_of(payment: Payment, *, reason: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """Propose a refund of a payment whose demand is locked; a running one is the same."""
    known = Refund.objects.filter(payment=payment).exclude(state=RefundState.DECLINED).first()
    if known is not None:
        return known.pk
    if payment.state != PaymentState.BOOKED:
        raise MoneyNotPossible("payments.nothing_to_give_back")
    refund = Refund(
        agency_id=payment.agency_id,
        payment=payment,
        way=payment.way,
        amount_vnd=payment.amount_vnd,
        state=RefundState.PROPOSED,
        reference=new_reference(),
        reason=reason[:300],
        proposed_at=at,
    )
    refund.save(force_insert=True)
    record("propose_refund", actor, "refund", refund.pk, at, amount=refund.amount_vnd)
    return refund.pk


@transaction.atomic
def ask_refund(*, refund_id: uuid.UUID, expected_balance: int, actor: Actor, at: dt.datetime) -> None:
    """
    Decide that money goes back, and ask the way by which it came. Asked already, nothing happens.

    `expected_balance` is what the decider believes there is to give back, in đồng; anything else is refused.
    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.another_balance", "payments.refund_is_over",
    "payments.nothing_to_give_back").
    """
    refund, demand = _locked(refund_id)
    check(MoneyAct.REFUND, actor, agency_id=refund.agency_id)
    if refund.state == RefundState.ASKED:
        return
    if refund.state != RefundState.PROPOSED:
        raise MoneyNotPossible("payments.refund_is_over")
    balance = _balance(refund)
    if balance != expected_balance or balance != refund.amount_vnd:
        raise MoneyNotPossible("payments.another_balance", expected=expected_balance, balance=balance)
    if refund.payment is not None:
        _move(refund.payment, PaymentEvent.ASK_REFUND)
        _book(refund, Occasion.REFUND_ASKED, demand, at)
    else:
        _set_stray(refund, StrayState.RETURNING)
        _book(refund, Occasion.STRAY_RETURNED, demand, at)
    refund.state, refund.asked_by_id, refund.asked_at = RefundState.ASKED, actor.appointment_id, at
    refund.save(update_fields=["state", "asked_by", "asked_at"])
    outside = ports.find_way(PaymentWay(refund.way))
    if outside is not None:
        outside.refund_asked(refund_id=refund.pk, at=at)
    record("ask_refund", actor, "refund", refund.pk, at, amount=refund.amount_vnd)
    publish(RefundAsked(at=at, refund_id=refund.pk, agency_id=refund.agency_id))


@transaction.atomic
def confirm_refund(
    *, refund_id: uuid.UUID, transaction_id: str, at: dt.datetime, actor: Actor = SYSTEM
) -> None:
    """
    Take in that money went back. Said twice, nothing happens. The demand of what was paid is cancelled with it.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.refund_is_over").
    """
    refund, demand = _locked(refund_id)
    check(MoneyAct.REFUND, actor, agency_id=refund.agency_id)
    if refund.state == RefundState.CONFIRMED:
        return
    if refund.state != RefundState.ASKED:
        raise MoneyNotPossible("payments.refund_is_over")
    _book(refund, ledger.REFUNDED[PaymentWay(refund.way)], demand, at)
    if refund.payment is not None and demand is not None:
        _move(refund.payment, PaymentEvent.CONFIRM_REFUND)
        void(demand, actor=actor, at=at)
        for receipt_id in refund.payment.receipts.filter(cancelled_at=None).values_list("pk", flat=True):
            cancel_receipt(receipt_id=receipt_id, reason="Đã hoàn tiền", actor=actor, at=at)
    else:
        _set_stray(refund, StrayState.RETURNED)
    refund.state, refund.transaction, refund.settled_at = RefundState.CONFIRMED, transaction_id[:60], at
    refund.save(update_fields=["state", "transaction", "settled_at"])
    record("confirm_refund", actor, "refund", refund.pk, at, amount=refund.amount_vnd)
    publish(
        RefundConfirmed(
            at=at,
            refund_id=refund.pk,
            agency_id=refund.agency_id,
            dossier_id=demand.dossier_id if demand else None,
        )
    )


@transaction.atomic
def decline_refund(*, refund_id: uuid.UUID, answer: str, at: dt.datetime, actor: Actor = SYSTEM) -> None:
    """
    Take in that the way would not give it back, or that a proposal is not followed: the money is where it was.

    Said twice, nothing happens. Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.refund_is_over").
    """
    refund, demand = _locked(refund_id)
    check(MoneyAct.REFUND, actor, agency_id=refund.agency_id)
    if refund.state == RefundState.DECLINED:
        return
    if refund.state == RefundState.CONFIRMED:
        raise MoneyNotPossible("payments.refund_is_over")
    if refund.state == RefundState.ASKED and refund.payment is not None:
        _move(refund.payment, PaymentEvent.DECLINE_REFUND)
        _book(refund, Occasion.REFUND_DECLINED, demand, at)
    elif refund.state == RefundState.ASKED:
        _set_stray(refund, StrayState.OPEN)
        _book(refund, Occasion.STRAY_KEPT, demand, at)
    else:
        refund.asked_by_id, refund.asked_at = actor.appointment_id, at
    refund.state, refund.answer, refund.settled_at = RefundState.DECLINED, answer[:80], at
    refund.save(update_fields=["state", "answer", "settled_at", "asked_by", "asked_at"])
    record("decline_refund", actor, "refund", refund.pk, at)


def _locked(refund_id: uuid.UUID) -> tuple[Refund, Demand | None]:
    """Return a refund and the demand of what was paid, locked, the demand first."""
    found = Refund.objects.filter(pk=refund_id).select_related("payment").first()
    if found is None:
        raise MoneyNotFound
    demand = locked_demand(found.payment.demand_id) if found.payment is not None else None
    if found.stray_id is not None:
        Stray.objects.select_for_update(of=("self",)).get(pk=found.stray_id)
    return Refund.objects.select_for_update(of=("self",)).select_related("payment", "stray").get(
        pk=refund_id
    ), demand


def _balance(refund: Refund) -> int:
    """Return what there is to give back now: all of it, or nothing."""
    if refund.payment is not None:
        return refund.payment.amount_vnd if refund.payment.state == PaymentState.BOOKED else 0
    assert refund.stray is not None  # noqa: S101 - by the constraint: a payment or a stray
    return refund.stray.amount_vnd if refund.stray.state == StrayState.OPEN else 0


def _move(payment: Payment, event: PaymentEvent) -> None:
    state = after(PaymentState(payment.state), event)
    if isinstance(state, Refusal):
        raise MoneyNotPossible("payments.nothing_to_give_back")
    payment.state = state
    payment.save(update_fields=["state"])


def _set_stray(refund: Refund, state: StrayState) -> None:
    assert refund.stray_id is not None  # noqa: S101 - by the constraint: a payment or a stray
    Stray.objects.filter(pk=refund.stray_id).update(state=state)


def _book(refund: Refund, occasion: Occasion, demand: Demand | None, at: dt.datetime) -> None:
    book(
        agency_id=refund.agency_id, occasion=occasion, source=f"refund:{refund.pk}", vnd=refund.amount_vnd, at=at,
        demand=demand, payment=refund.payment,
    )  # fmt: skip
