"""Days and months, closed by a person: compared once more, paid out, and what was left carried to its own account."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Sum

from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.locks import hold
from vanlang.payments.errors import MoneyNotAllowed, MoneyNotPossible
from vanlang.payments.models import DayClose, Entry, MonthClose
from vanlang.payments.queries.reconciling import get_day, is_month_closed, list_open_days
from vanlang.payments.rules import reconciliation as rules
from vanlang.payments.services.authority import MoneyAct, check, record
from vanlang.payments.services.reconciling.carrying import carry
from vanlang.payments.services.reconciling.comparing import compare_day
from vanlang.payments.services.settling import book_settlement
from vanlang.payments.types import DifferenceState, Occasion, PaymentWay


@transaction.atomic
def close_day(*, agency_id: int, way: PaymentWay, on: dt.date, actor: Actor, at: dt.datetime) -> None:
    """
    Close a day: compared once more, nothing left, nothing booked into it any more. What the platform's statement says
    that it took is booked as paid out, and what of it our books do not have is carried to the account of differences.

    Raises: MoneyNotAllowed, MoneyNotFound, MoneyNotPossible with what `may_close` has against it.
    """
    check(MoneyAct.RECONCILE, actor, agency_id=agency_id)
    hold("payments.close", agency_id)
    # what was begun before midnight ends first: entries hold their day together (migration 0007)
    hold("payments.day", rules.day_key(agency_id, on))
    compare_day(agency_id=agency_id, way=way, on=on, at=at)
    sheet = get_day(agency_id, way, on, today=at.astimezone(VIETNAM).date())
    refuse_if(sheet.refusal, MoneyNotPossible)
    assert sheet.statement is not None  # noqa: S101 - `may_close` refuses a day without one
    DayClose(
        agency_id=agency_id, way=way, on=on, statement_id=sheet.statement.id, ours_vnd=sheet.ours_vnd,
        theirs_vnd=sheet.theirs_vnd,
        explained=sum(one.state is DifferenceState.EXPLAINED for one in sheet.differences),
        closed_at=at, closed_by_id=_person(actor),
    ).save(force_insert=True)  # fmt: skip
    carry(sheet, actor=actor, at=at)
    if way is PaymentWay.PLATFORM:
        _settle(agency_id, on, actor, at)
    record("close_day", actor, "books", agency_id, at, way=str(way), on=on.isoformat())


@transaction.atomic
def close_month(*, agency_id: int, month: dt.date, actor: Actor, at: dt.datetime) -> None:
    """
    Close a month, named by any of its days: each of its days with money is.

    Raises: MoneyNotAllowed, MoneyNotFound, MoneyNotPossible with what `may_close_month` has against it.
    """
    check(MoneyAct.RECONCILE, actor, agency_id=agency_id)
    hold("payments.close", agency_id)
    first = month.replace(day=1)
    hold("payments.month", rules.month_key(agency_id, first))
    refusal = rules.may_close_month(
        first,
        at.astimezone(VIETNAM).date(),
        is_closed=is_month_closed(agency_id, first),
        open_days=len(list_open_days(agency_id, first, rules.next_month(first))),
    )
    refuse_if(refusal, MoneyNotPossible)
    MonthClose(
        agency_id=agency_id, month=first, closed_at=at, closed_by_id=_person(actor)
    ).save(force_insert=True)  # fmt: skip
    record("close_month", actor, "books", agency_id, at, month=f"{first:%Y-%m}")


def _person(actor: Actor) -> int:
    """Return by which appointment something is closed: never by the house."""
    if actor.appointment_id is None:
        raise MoneyNotAllowed
    return actor.appointment_id


def _settle(agency_id: int, on: dt.date, actor: Actor, at: dt.datetime) -> None:
    """
    Book what closed statements say was transferred and no payout has covered yet: what went back is taken off first.

    It is what came to the bank, right or wrong; what of it is not in our books is carried to the account of differences.
    """
    closed = DayClose.objects.filter(agency_id=agency_id, way=PaymentWay.PLATFORM)
    taken = int(closed.aggregate(total=Sum("theirs_vnd"))["total"] or 0)
    entries = Entry.objects.filter(
        agency_id=agency_id, occasion=Occasion.SETTLED, source__startswith=f"close:{agency_id}:"
    )
    paid_out = entries.filter(legs__vnd__gt=0).aggregate(total=Sum("legs__vnd"))["total"] or 0
    if taken > paid_out:
        source = f"close:{agency_id}:{on.isoformat()}"
        book_settlement(agency_id=agency_id, source=source, amount_vnd=taken - paid_out, at=at, actor=actor)
