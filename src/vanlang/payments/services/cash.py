"""Cash: taken exactly, into an open drawer; carried to the bank; the difference of a count explained."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Sum

from vanlang.identity.api import Actor
from vanlang.kernel.ids import new_id
from vanlang.kernel.locks import hold
from vanlang.payments import ports
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotPossible
from vanlang.payments.models import Entry, EntryLeg, Payment
from vanlang.payments.services.authority import MoneyAct, check, locked_demand, record
from vanlang.payments.services.booking import book
from vanlang.payments.services.paying import settle
from vanlang.payments.services.references import new_reference
from vanlang.payments.types import DemandState, LedgerAccount, Occasion, PaymentState, PaymentWay


@transaction.atomic
def take_cash(
    *, demand_id: uuid.UUID, amount_vnd: int, what_for: str, actor: Actor, at: dt.datetime
) -> uuid.UUID:
    """
    Take what is owed in cash; return the payment. Pressed twice, it is taken once.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.demand_is_over", "payments.no_open_drawer"),
    MoneyNotAcceptable("payments.not_the_amount").
    """
    demand = locked_demand(demand_id)
    check(MoneyAct.TAKE_CASH, actor, agency_id=demand.agency_id)
    if demand.state == DemandState.PAID:
        taken = demand.payments.filter(
            way=PaymentWay.CASH, state=PaymentState.BOOKED, taken_by_id=actor.appointment_id
        ).first()
        if taken is not None and taken.amount_vnd == amount_vnd:
            return taken.pk
    if demand.state != DemandState.OPEN:
        raise MoneyNotPossible("payments.demand_is_over")
    if amount_vnd != demand.amount_vnd:
        raise MoneyNotAcceptable("payments.not_the_amount", owed=_dotted(demand.amount_vnd))
    till = ports.find_till()
    if till is None or not till.is_open(actor):
        raise MoneyNotPossible("payments.no_open_drawer")
    entry_id = new_id()
    till.put_in(
        actor=actor,
        amount_vnd=amount_vnd,
        what_for=what_for,
        dossier_id=demand.dossier_id,
        entry_id=entry_id,
        at=at,
    )
    payment = Payment(
        demand=demand,
        agency_id=demand.agency_id,
        way=PaymentWay.CASH,
        state=PaymentState.BEGUN,
        amount_vnd=amount_vnd,
        reference=new_reference(),
        begun_at=at,
        taken_by_id=actor.appointment_id,
    )
    payment.save(force_insert=True)
    settle(payment, demand, transaction_id=str(entry_id), actor=actor, at=at)
    return payment.pk


@transaction.atomic
def carry_to_bank(*, agency_id: int, amount_vnd: int, slip: str, actor: Actor, at: dt.datetime) -> None:
    """
    Book cash that was carried to the bank, under the number of the bank's slip; the same slip twice is once.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotAcceptable("payments.slip_missing"),
    MoneyNotPossible("payments.more_than_the_drawer").
    """
    check(MoneyAct.CARRY_TO_BANK, actor, agency_id=agency_id)
    if not slip.strip() or amount_vnd <= 0:
        raise MoneyNotAcceptable("payments.slip_missing")
    lock_books(agency_id)
    source = f"slip:{agency_id}:{slip.strip()[:60]}"
    if Entry.objects.filter(occasion=Occasion.BANKED, source=source).exists():
        return
    there = balance_of(agency_id, LedgerAccount.DRAWER)
    if amount_vnd > there:
        raise MoneyNotPossible("payments.more_than_the_drawer", there=_dotted(there))
    book(agency_id=agency_id, occasion=Occasion.BANKED, source=source, vnd=amount_vnd, at=at)
    record("carry_to_bank", actor, "books", agency_id, at, amount=amount_vnd)


@transaction.atomic
def note_difference(
    *, agency_id: int, drawer_id: uuid.UUID, difference_vnd: int, actor: Actor, at: dt.datetime
) -> None:
    """
    Book that a drawer was counted with more or less than its book says: to suspense, until it is explained.

    `difference_vnd` is counted minus expected. A drawer is counted once; said twice, nothing happens.
    """
    if difference_vnd == 0:
        return
    occasion = Occasion.DRAWER_OVER if difference_vnd > 0 else Occasion.DRAWER_SHORT
    lock_books(agency_id)
    source = f"drawer:{drawer_id}"
    if Entry.objects.filter(occasion=occasion, source=source).exists():
        return
    book(agency_id=agency_id, occasion=occasion, source=source, vnd=abs(difference_vnd), at=at)
    record("note_difference", actor, "books", agency_id, at, difference=difference_vnd)


def lock_books(agency_id: int) -> None:
    """Queue behind whoever else changes what a balance is asked for."""
    hold("payments.books", agency_id)


def balance_of(agency_id: int, account: LedgerAccount) -> int:
    """Return the balance of an account."""
    found = EntryLeg.objects.filter(agency_id=agency_id, account=account).aggregate(total=Sum("vnd"))
    return int(found["total"] or 0)


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
