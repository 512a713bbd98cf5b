"""Attempts to pay: begun, and then told of in whatever order the world tells."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel.errors import Refusal
from vanlang.kernel.events import publish
from vanlang.kernel.locks import hold
from vanlang.payments import ports
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotFound, MoneyNotPossible
from vanlang.payments.events import MoneyStrayed, PaymentBooked
from vanlang.payments.models import Demand, Payment, Stray
from vanlang.payments.queries.places import find_collecting, house_agency
from vanlang.payments.rules import ledger
from vanlang.payments.rules.matching import Arriving, Asked, Known, arriving
from vanlang.payments.rules.states import after
from vanlang.payments.services.authority import held_demand, locked_demand, record
from vanlang.payments.services.booking import book, source_of
from vanlang.payments.services.lines import end_attempts
from vanlang.payments.services.references import new_reference
from vanlang.payments.types import (
    DemandState,
    PaymentEvent,
    PaymentState,
    PaymentWay,
    StrayReason,
    StrayState,
)

VALID = {PaymentWay.PLATFORM: dt.timedelta(minutes=30), PaymentWay.BANK_QR: dt.timedelta(days=3)}
"""For how long an attempt is waited for; money that comes later still counts."""
PAID_ONCE = frozenset({PaymentWay.PLATFORM})
"""Ways whose order is spent by whatever sum was paid: who still owes needs a new attempt. A code can be paid again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What became of money that was told of."""

    arriving: Arriving
    payment_id: uuid.UUID | None = None
    stray_id: uuid.UUID | None = None
    reason: StrayReason | None = None


@transaction.atomic
def begin_payment(*, demand_id: uuid.UUID, way: PaymentWay, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Begin to pay by a way; an attempt by the same way that still runs is the same one.

    Raises: MoneyNotFound, MoneyNotPossible("payments.demand_is_over"), MoneyNotAcceptable("payments.way_is_closed").
    """
    row = held_demand(demand_id)
    if row.state != DemandState.OPEN:
        raise MoneyNotPossible("payments.demand_is_over")
    if not is_open(way, row.agency_id, at.date()):
        raise MoneyNotAcceptable("payments.way_is_closed")
    running = row.payments.filter(
        way=way, state=PaymentState.BEGUN, amount_vnd=row.amount_vnd, expires_at__gt=at
    ).first()
    if running is not None:
        return running.pk
    payment = Payment(
        demand=row,
        agency_id=row.agency_id,
        way=way,
        state=PaymentState.BEGUN,
        amount_vnd=row.amount_vnd,
        reference=new_reference(),
        begun_at=at,
        expires_at=at + VALID[way],
    )
    payment.save(force_insert=True)
    outside = ports.find_way(way)
    if outside is not None:
        outside.begun(payment_id=payment.pk, at=at)
    record("begin", actor, "payment", payment.pk, at, way=str(way), amount=payment.amount_vnd)
    return payment.pk


def is_open(way: PaymentWay, agency_id: int, on: dt.date) -> bool:
    """Say whether payers of an agency may choose a way: it has an account, and who carries it out is there."""
    if way is PaymentWay.CASH:
        return False
    collecting = find_collecting(agency_id, on)
    if collecting is None or collecting.account is None:
        return False
    outside = ports.find_way(way)
    return outside.is_open(agency_id) if outside is not None else way is PaymentWay.BANK_QR


@transaction.atomic
def set_pay_address(*, payment_id: uuid.UUID, address: str) -> None:
    """Keep where the payer is sent, once the way has answered. Raises: MoneyNotFound."""
    if not Payment.objects.filter(pk=payment_id).update(pay_address=address[:1000]):
        raise MoneyNotFound


@transaction.atomic
def confirm(
    *,
    way: PaymentWay,
    reference: str,
    transaction_id: str,
    amount_vnd: int,
    at: dt.datetime,
    agency_id: int | None = None,
    actor: Actor = SYSTEM,
) -> Confirmed:
    """
    Take in that money came. Said again, in any order, by however many at once, it is booked once.

    What fits nothing is booked to suspense and is a person's task. `agency_id` says whose money it is when the
    reference does not; without either it is the house's.
    Raises: MoneyNotAcceptable("payments.transaction_missing").
    """
    if not transaction_id or amount_vnd <= 0:
        raise MoneyNotAcceptable("payments.transaction_missing")
    hold("payments.transaction", source_of(way, transaction_id))
    payment, demand = _asked(way, reference)
    answer, reason = arriving(
        reference=reference,
        vnd=amount_vnd,
        asked=_as_asked(payment, demand),
        known=_known(way, transaction_id),
    )
    match answer:
        case Arriving.BOOK:
            assert payment is not None and demand is not None  # noqa: S101 - `arriving` books only what was asked
            settle(payment, demand, transaction_id=transaction_id, actor=actor, at=at)
            return Confirmed(arriving=answer, payment_id=payment.pk)
        case Arriving.STRAY:
            assert reason is not None  # noqa: S101 - `arriving` gives strays their reason
            whose = payment.agency_id if payment else agency_id or house_agency(at.date())
            stray = _lay_aside(way, whose, reference, transaction_id, amount_vnd, reason, payment, at)
            if payment is not None and way in PAID_ONCE:
                _end(Payment.objects.filter(pk=payment.pk), PaymentEvent.FAIL, str(reason), at)
            record("lay_aside", actor, "stray", stray.pk, at, reason=str(reason), amount=amount_vnd)
            return Confirmed(
                arriving=answer, payment_id=payment.pk if payment else None, stray_id=stray.pk, reason=reason
            )
        case _:
            return Confirmed(arriving=answer, payment_id=payment.pk if payment else None)


def settle(payment: Payment, demand: Demand, *, transaction_id: str, actor: Actor, at: dt.datetime) -> None:
    """Book a locked payment for its locked demand: exactly what was owed, so nothing is owed any more."""
    state = after(PaymentState(payment.state), PaymentEvent.CONFIRM)
    assert not isinstance(state, Refusal)  # noqa: S101 - every state of an attempt bears money that came
    way = PaymentWay(payment.way)
    payment.state, payment.transaction, payment.booked_at = state, transaction_id, at
    payment.save(update_fields=["state", "transaction", "booked_at"])
    demand.state, demand.settled_at = DemandState.PAID, at
    demand.save(update_fields=["state", "settled_at"])
    end_attempts(demand, at)
    book(
        agency_id=demand.agency_id,
        occasion=ledger.PAID[way],
        source=source_of(way, transaction_id),
        vnd=payment.amount_vnd,
        at=at,
        demand=demand,
        payment=payment,
    )
    tell_booked(payment, demand, actor=actor, at=at)


def tell_booked(payment: Payment, demand: Demand, *, actor: Actor, at: dt.datetime) -> None:
    """Write into the log, and tell who listens, that a demand is paid."""
    record("book", actor, "payment", payment.pk, at, way=str(payment.way), amount=payment.amount_vnd)
    publish(
        PaymentBooked(
            at=at,
            payment_id=payment.pk,
            demand_id=demand.pk,
            dossier_id=demand.dossier_id,
            agency_id=demand.agency_id,
        )
    )


@transaction.atomic
def fail(*, reference: str, reason: str, at: dt.datetime) -> None:
    """Note that an attempt came to nothing. Said too late or twice, nothing happens. Raises: MoneyNotFound."""
    _end(Payment.objects.filter(reference=reference), PaymentEvent.FAIL, reason, at)


@transaction.atomic
def expire(*, payment_id: uuid.UUID, at: dt.datetime) -> None:
    """Stop waiting for an attempt. Money that comes later still counts. Raises: MoneyNotFound."""
    _end(Payment.objects.filter(pk=payment_id), PaymentEvent.EXPIRE, "", at)


def _end(rows: object, event: PaymentEvent, reason: str, at: dt.datetime) -> None:
    payment = rows.select_for_update(of=("self",)).first()  # type: ignore[attr-defined] # a queryset
    if payment is None:
        raise MoneyNotFound
    state = after(PaymentState(payment.state), event)
    if isinstance(state, Refusal) or state == payment.state:
        return
    payment.state, payment.reason, payment.ended_at = state, reason[:80], at
    payment.save(update_fields=["state", "reason", "ended_at"])


def _asked(way: PaymentWay, reference: str) -> tuple[Payment, Demand] | tuple[None, None]:
    """Return the attempt that a reference names and its demand, both locked, the demand first."""
    named = Payment.objects.filter(reference=reference, way=way).values_list("pk", "demand_id").first()
    if named is None:
        return None, None
    demand = locked_demand(named[1])
    return Payment.objects.select_for_update(of=("self",)).get(pk=named[0]), demand


def _as_asked(payment: Payment | None, demand: Demand | None) -> Asked | None:
    if payment is None or demand is None:
        return None
    return Asked(
        PaymentState(payment.state), payment.amount_vnd, payment.transaction, DemandState(demand.state)
    )


def _known(way: PaymentWay, transaction_id: str) -> Known | None:
    """Return how the books have a transaction: as a payment, or laid aside."""
    stray = Stray.objects.filter(way=way, transaction=transaction_id).first()
    if stray is not None:
        return Known(stray.reference, stray.amount_vnd)
    paid = Payment.objects.filter(way=way, transaction=transaction_id).first()
    return Known(paid.reference, paid.amount_vnd) if paid is not None else None


def _lay_aside(
    way: PaymentWay,
    agency_id: int,
    reference: str,
    transaction_id: str,
    vnd: int,
    reason: StrayReason,
    payment: Payment | None,
    at: dt.datetime,
) -> Stray:
    stray = Stray(
        agency_id=agency_id,
        way=way,
        transaction=transaction_id,
        reference=reference[:60],
        amount_vnd=vnd,
        reason=reason,
        state=StrayState.OPEN,
        payment=payment,
        came_at=at,
    )
    stray.save(force_insert=True)
    book(
        agency_id=agency_id,
        occasion=ledger.STRAYED[way],
        source=source_of(way, transaction_id),
        vnd=vnd,
        at=at,
        payment=payment,
    )
    publish(MoneyStrayed(at=at, stray_id=stray.pk, agency_id=agency_id))
    return stray
