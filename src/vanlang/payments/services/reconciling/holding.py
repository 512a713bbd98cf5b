"""A statement of which some rows could not be read: kept for a person, and counted for nothing meanwhile."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.kernel.locks import hold
from vanlang.payments.errors import MoneyNotFound, MoneyNotPossible
from vanlang.payments.models import DayClose, HeldStatement
from vanlang.payments.queries.held import lines_of
from vanlang.payments.services.authority import MoneyAct, check, record
from vanlang.payments.services.reconciling.comparing import take_statement
from vanlang.payments.types import PaymentWay, StatementLine, StatementSource, UnreadRow


@transaction.atomic
def hold_statement(
    *,
    agency_id: int,
    way: PaymentWay,
    on: dt.date,
    lines: Sequence[StatementLine],
    unread: Sequence[UnreadRow],
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID:
    """
    Keep what could be read of a statement, and name the rows that could not. A later one of the same day takes its place.

    Raises: MoneyNotAllowed, MoneyNotFound, MoneyNotPossible("payments.day_is_closed").
    """
    check(MoneyAct.RECONCILE, actor, agency_id=agency_id)
    hold("payments.close", agency_id)
    if DayClose.objects.filter(agency_id=agency_id, way=way, on=on).exists():
        raise MoneyNotPossible("payments.day_is_closed", on=f"{on:%d/%m/%Y}")
    HeldStatement.objects.filter(agency_id=agency_id, way=way, on=on, settled_at=None).update(settled_at=at)
    row = HeldStatement(
        agency_id=agency_id, way=way, on=on, came_at=at,
        lines=[[line.transaction, line.vnd, line.on.isoformat(), line.reference[:60]] for line in lines],
        unread=[[one.number, one.field, one.said, one.transaction] for one in unread],
    )  # fmt: skip
    row.save(force_insert=True)
    record("hold_statement", actor, "statement", row.pk, at, way=str(way), unread=len(unread))
    return row.pk


@transaction.atomic
def take_held(*, held_id: uuid.UUID, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Let what could be read of a held statement count, by a person's decision: the unread rows stay named in it.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.statement_is_settled", "payments.day_is_closed").
    """
    row = HeldStatement.objects.filter(pk=held_id).first()
    if row is None:
        raise MoneyNotFound
    check(MoneyAct.RECONCILE, actor, agency_id=row.agency_id)
    hold("payments.close", row.agency_id)
    row = HeldStatement.objects.select_for_update(of=("self",)).get(pk=held_id)
    if row.settled_at is not None:
        raise MoneyNotPossible("payments.statement_is_settled")
    row.settled_at, row.settled_by_id = at, actor.appointment_id
    row.save(update_fields=["settled_at", "settled_by"])
    record("take_held", actor, "statement", row.pk, at, unread=len(row.unread))
    return take_statement(
        agency_id=row.agency_id, way=PaymentWay(row.way), on=row.on, lines=lines_of(row), source=StatementSource.PART,
        actor=actor, at=at,
    )  # fmt: skip
