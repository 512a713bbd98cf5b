"""Statements: taken in, and compared with the books; what does not fit is written down, what fits meanwhile is healed."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.kernel.locks import hold
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotPossible
from vanlang.payments.models import DayClose, HeldStatement, MoneyDifference, StatementImport, StatementRow
from vanlang.payments.queries.reconciling import compare_both, find_statement
from vanlang.payments.rules import reconciliation as rules
from vanlang.payments.services.authority import MoneyAct, check, record
from vanlang.payments.types import (
    Comparison,
    DifferenceState,
    PaymentWay,
    StatementLine,
    StatementSource,
)

MOST_VND = 9_999_999_999_999


@transaction.atomic
def take_statement(
    *,
    agency_id: int,
    way: PaymentWay,
    on: dt.date,
    lines: Sequence[StatementLine],
    source: StatementSource,
    actor: Actor,
    at: dt.datetime,
    name: str = "",
) -> uuid.UUID:
    """
    Take in what a provider says of a day, and compare. The same again is the same; another one counts instead.

    Raises: MoneyNotAllowed, MoneyNotFound, MoneyNotPossible("payments.day_is_closed").
    """
    check(MoneyAct.RECONCILE, actor, agency_id=agency_id)
    hold("payments.close", agency_id)
    if DayClose.objects.filter(agency_id=agency_id, way=way, on=on).exists():
        raise MoneyNotPossible("payments.day_is_closed", on=f"{on:%d/%m/%Y}")
    digest = _digest(lines)
    known = StatementImport.objects.filter(agency_id=agency_id, way=way, on=on, superseded_at=None)
    HeldStatement.objects.filter(agency_id=agency_id, way=way, on=on, settled_at=None).update(settled_at=at)
    same = known.filter(digest=digest, source=source).first()
    if same is None:
        known.update(superseded_at=at)
        same = StatementImport(
            agency_id=agency_id, way=way, on=on, source=source, name=name[:200], digest=digest, lines=len(lines),
            total_vnd=sum(line.vnd for line in lines), imported_at=at, imported_by_id=actor.appointment_id,
        )  # fmt: skip
        same.save(force_insert=True)
        StatementRow.objects.bulk_create(
            StatementRow(
                statement=same, agency_id=agency_id, position=position, transaction=line.transaction, vnd=line.vnd,
                on=line.on, reference=line.reference[:60],
            )
            for position, line in enumerate(lines, start=1)
        )  # fmt: skip
        record("take_statement", actor, "statement", same.pk, at, way=str(way), lines=len(lines))
    for day in sorted({on, on - dt.timedelta(days=1), *_days_of(agency_id, way, lines)}):
        compare_day(agency_id=agency_id, way=way, on=day, at=at)
    return same.pk


def _days_of(agency_id: int, way: PaymentWay, lines: Sequence[StatementLine]) -> set[dt.date]:
    """Return the days that know these transactions, too: what was found or explained there may be otherwise now."""
    names = {line.transaction for line in lines}
    of_ours = {"agency_id": agency_id, "transaction__in": names}
    rows = StatementRow.objects.filter(statement__way=way, statement__superseded_at=None, **of_ours)
    found = MoneyDifference.objects.filter(way=way, **of_ours)
    return {*rows.values_list("statement__on", flat=True), *found.values_list("on", flat=True)}


@transaction.atomic
def compare_day(*, agency_id: int, way: PaymentWay, on: dt.date, at: dt.datetime) -> None:
    """Note what does not fit on a day with a statement; what fits meanwhile is healed. A closed day stands."""
    hold("payments.close", agency_id)
    is_closed = DayClose.objects.filter(agency_id=agency_id, way=way, on=on).exists()
    if is_closed or find_statement(agency_id, way, on) is None:
        return
    next_is_there = find_statement(agency_id, way, on + dt.timedelta(days=1)) is not None
    rows = MoneyDifference.objects.filter(agency_id=agency_id, way=way, on=on)
    known = {row.transaction: row for row in rows}
    for one in compare_both(agency_id, way, on):
        if one.match in rules.FITS:
            continue
        state = rules.begins_as(one.match, way, next_is_there=next_is_there)
        row = known.pop(one.transaction, None)
        row = row or MoneyDifference(
            agency_id=agency_id, way=way, on=on, transaction=one.transaction, found_at=at
        )
        _note(row, one, state)
    for row in known.values():
        if row.state != DifferenceState.HEALED:
            row.state, row.settled_at = DifferenceState.HEALED, at
            row.save(update_fields=["state", "settled_at"])


def count_cash(*, agency_id: int, on: dt.date, vnd: int, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Say how much cash of a day was handed over: compared with what the drawers took that day.

    Raises: as `take_statement`; MoneyNotAcceptable("payments.count_unlikely").
    """
    if not 0 <= vnd <= MOST_VND:
        raise MoneyNotAcceptable("payments.count_unlikely")
    lines = [StatementLine(rules.counted(PaymentWay.CASH, on), vnd, on)] if vnd else []
    return take_statement(
        agency_id=agency_id, way=PaymentWay.CASH, on=on, lines=lines, source=StatementSource.COUNT, actor=actor, at=at
    )  # fmt: skip


def _note(row: MoneyDifference, one: Comparison, state: DifferenceState) -> None:
    """Write down a difference; one that was explained stays so while both sides say the same."""
    sides = (one.match, one.ours.vnd if one.ours else None, one.theirs_vnd)
    is_as_explained = (row.match, row.ours_vnd, row.theirs_vnd) == sides
    if row.state == DifferenceState.EXPLAINED and is_as_explained:
        return
    row.match, row.ours_vnd, row.theirs_vnd = sides
    row.reference = one.reference[:60]
    row.state, row.explanation, row.explained_by_id, row.settled_at = state, "", None, None
    row.save()


def _digest(lines: Sequence[StatementLine]) -> str:
    told = "\n".join(f"{line.transaction}|{line.vnd}|{line.on}|{line.reference}" for line in lines)
    return hashlib.sha256(told.encode()).hexdigest()
