"""Both sides of a day: what our books say, what a statement says, and how they compare."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum

from vanlang.kernel.clock import VIETNAM
from vanlang.payments.cards import ClosedCard, DaySheet, DifferenceCard, OpenDay, StatementCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import (
    DayClose,
    Entry,
    EntryLeg,
    MoneyDifference,
    MonthClose,
    Refund,
    StatementImport,
    StatementRow,
)
from vanlang.payments.queries.held import count_held, find_held, list_held_days
from vanlang.payments.rules import reconciliation as rules
from vanlang.payments.rules.ledger import REFUNDED
from vanlang.payments.types import (
    UNRESOLVED,
    Comparison,
    DifferenceState,
    LedgerAccount,
    Match,
    Occasion,
    PaymentWay,
    StatementLine,
    StatementSource,
)

_A_DAY = dt.timedelta(days=1)


def compare_both(agency_id: int, way: PaymentWay, on: dt.date) -> tuple[Comparison, ...]:
    """
    Return the comparison of an agency's day.

    Money that one side has on this day and the other on another is looked for there, so that the hour at which a day ends
    makes no difference.
    """
    ours = ours_of(agency_id, way, _day(on))
    theirs = _rows(agency_id, way).filter(on_statement(on))
    if way is PaymentWay.CASH:
        return rules.compare(ours, [_line(row) for row in theirs])
    known = {line.transaction for line in ours}
    told = {row.transaction for row in theirs}
    elsewhere = ours_by_transaction(agency_id, way, told - known)
    lines = [_line(row) for row in _rows(agency_id, way).filter(transaction__in=known | told)]
    return rules.compare([*ours, *elsewhere], lines)


def ours_of(agency_id: int, way: PaymentWay, when: Q) -> list[StatementLine]:
    """Return what our books have of a way; `when` narrows the entries. Of cash, one sum for each day."""
    if way is PaymentWay.CASH:
        return _cash(agency_id, when)
    came = _entries(agency_id, when, rules.CAME[way]).select_related("payment")
    went = _entries(agency_id, when, (REFUNDED[way],))
    refunds = _refunds(went)
    lines = [
        StatementLine(
            row.source.partition(":")[2], _amount(row), _on(row), row.payment.reference if row.payment else ""
        )
        for row in came
    ]
    for row in went:
        refund = refunds[row.source.partition(":")[2]]
        name = refund.transaction or row.source
        lines.append(StatementLine(name, -_amount(row), _on(row), refund.reference))
    return lines


def ours_by_transaction(agency_id: int, way: PaymentWay, names: Iterable[str]) -> list[StatementLine]:
    """Return what our books have of transactions, whatever their day."""
    wanted = set(names)
    if not wanted:
        return []
    refunds = Refund.objects.filter(agency_id=agency_id, way=way, transaction__in=wanted)
    sources = [f"{way}:{name}" for name in wanted] + [f"refund:{row.pk}" for row in refunds]
    return ours_of(agency_id, way, Q(source__in=sources))


def find_statement(agency_id: int, way: PaymentWay, on: dt.date) -> StatementCard | None:
    """Return the statement that counts for a day."""
    row = _current(agency_id, way).filter(on=on).first()
    if row is None:
        return None
    return StatementCard(
        id=row.pk,
        source=StatementSource(row.source),
        name=row.name,
        lines=row.lines,
        total_vnd=row.total_vnd,
        imported_at=row.imported_at,
    )


def get_day(agency_id: int, way: PaymentWay, on: dt.date, *, today: dt.date) -> DaySheet:
    """Return everything that a person needs to close a day."""
    compared = compare_both(agency_id, way, on)
    statement, held = find_statement(agency_id, way, on), find_held(agency_id, way, on)
    rows = MoneyDifference.objects.filter(agency_id=agency_id, way=way, on=on).order_by("transaction")
    differences = tuple(_difference(row) for row in rows)
    closed = DayClose.objects.filter(agency_id=agency_id, way=way, on=on).first()
    unresolved = sum(one.state in UNRESOLVED for one in differences)
    return DaySheet(
        agency_id=agency_id,
        way=way,
        on=on,
        statement=statement,
        held=held,
        compared=compared,
        differences=differences,
        unresolved=unresolved,
        closed=ClosedCard(closed_at=closed.closed_at, closed_by=closed.closed_by_id) if closed else None,
        refusal=rules.may_close(
            on,
            today,
            is_closed=closed is not None,
            has_statement=statement is not None,
            unresolved=unresolved,
            is_held=held is not None,
        ),
    )


def list_open_days(agency_id: int, from_on: dt.date, to_on: dt.date) -> tuple[OpenDay, ...]:
    """Return the days of a half-open period with money on either side that are not closed, by day and way."""
    begins, ends = (dt.datetime.combine(day, dt.time(), VIETNAM) for day in (from_on, to_on))
    of_way = {occasion: way for way in PaymentWay for occasion in _occasions(way)}
    found: dict[tuple[dt.date, PaymentWay], int] = {}
    rows = Entry.objects.filter(agency_id=agency_id, at__gte=begins, at__lt=ends, occasion__in=of_way)
    for occasion, at in rows.values_list("occasion", "at"):
        key = (at.astimezone(VIETNAM).date(), of_way[Occasion(occasion)])
        found[key] = found.get(key, 0) + 1
    told = StatementImport.objects.filter(
        agency_id=agency_id, on__gte=from_on, on__lt=to_on, superseded_at=None, lines__gt=0
    )
    for on, way in told.values_list("on", "way"):
        found.setdefault((on, PaymentWay(way)), 0)
    held = list_held_days(agency_id, from_on, to_on)
    for key in held:
        found.setdefault(key, 0)
    closed = set(
        DayClose.objects.filter(agency_id=agency_id, on__gte=from_on, on__lt=to_on).values_list("on", "way")
    )
    left = _unresolved_by_day(agency_id, from_on, to_on)
    return tuple(
        OpenDay(on=on, way=way, entries=count, unresolved=left.get((on, way), 0), is_held=(on, way) in held)
        for (on, way), count in sorted(found.items(), key=lambda one: (one[0][0], one[0][1].value))
        if (on, way.value) not in closed
    )


def list_closed_days(
    agency_id: int, from_on: dt.date, to_on: dt.date
) -> frozenset[tuple[dt.date, PaymentWay]]:
    """Return the days of a half-open period that were closed, by day and way."""
    rows = DayClose.objects.filter(agency_id=agency_id, on__gte=from_on, on__lt=to_on)
    return frozenset((on, PaymentWay(way)) for on, way in rows.values_list("on", "way"))


def is_month_closed(agency_id: int, month: dt.date) -> bool:
    return MonthClose.objects.filter(agency_id=agency_id, month=month).exists()


def count_unresolved(agency_id: int) -> int:
    """Return how much waits for a person: differences, and statements of which rows could not be read."""
    differences = MoneyDifference.objects.filter(agency_id=agency_id, state=DifferenceState.OPEN).count()
    return differences + count_held(agency_id)


def get_difference(difference_id: uuid.UUID) -> DifferenceCard:
    """Raises: MoneyNotFound."""
    row = MoneyDifference.objects.filter(pk=difference_id).first()
    if row is None:
        raise MoneyNotFound
    return _difference(row)


def balance_before(agency_id: int, account: LedgerAccount, at: dt.datetime) -> int:
    """Return the balance of an account before an instant."""
    legs = EntryLeg.objects.filter(agency_id=agency_id, account=account, entry__at__lt=at)
    return int(legs.aggregate(total=Sum("vnd"))["total"] or 0)


def on_statement(on: dt.date) -> Q:
    return Q(statement__on=on)


def _occasions(way: PaymentWay) -> tuple[Occasion, ...]:
    if way is PaymentWay.CASH:
        return tuple(rules.IN_THE_DRAWER)
    return (*rules.CAME[way], REFUNDED[way])


def _unresolved_by_day(agency_id: int, from_on: dt.date, to_on: dt.date) -> dict[tuple[dt.date, str], int]:
    rows = MoneyDifference.objects.filter(
        agency_id=agency_id, on__gte=from_on, on__lt=to_on, state__in=sorted(UNRESOLVED)
    )
    found: dict[tuple[dt.date, str], int] = {}
    for key in rows.values_list("on", "way"):
        found[key] = found.get(key, 0) + 1
    return found


def _day(on: dt.date) -> Q:
    begins = dt.datetime.combine(on, dt.time(), VIETNAM)
    return Q(at__gte=begins, at__lt=begins + _A_DAY)


def _entries(agency_id: int, when: Q, occasions: Iterable[Occasion]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(when, agency_id=agency_id, occasion__in=list(occasions))
    return rows.annotate(vnd=Sum("legs__vnd", filter=Q(legs__vnd__gt=0))).order_by("id")


def _cash(agency_id: int, when: Q) -> list[StatementLine]:
    days: dict[dt.date, int] = {}
    for row in _entries(agency_id, when, rules.IN_THE_DRAWER):
        sign = rules.IN_THE_DRAWER[Occasion(row.occasion)]
        days[_on(row)] = days.get(_on(row), 0) + sign * _amount(row)
    return [StatementLine(rules.counted(PaymentWay.CASH, on), vnd, on) for on, vnd in days.items() if vnd]


def _refunds(rows: Iterable[Entry]) -> dict[str, Refund]:
    keys = [row.source.partition(":")[2] for row in rows]
    return {str(row.pk): row for row in Refund.objects.filter(pk__in=keys)}


def _amount(row: Entry) -> int:
    return int(row.vnd)  # type: ignore[attr-defined] # annotated by `_entries`


def _on(row: Entry) -> dt.date:
    return row.at.astimezone(VIETNAM).date()


def _current(agency_id: int, way: PaymentWay) -> QuerySet[StatementImport]:
    return StatementImport.objects.filter(agency_id=agency_id, way=way, superseded_at=None)


def _rows(agency_id: int, way: PaymentWay) -> QuerySet[StatementRow]:
    return StatementRow.objects.filter(
        agency_id=agency_id, statement__way=way, statement__superseded_at=None
    ).order_by("statement__on", "position")


def _line(row: StatementRow) -> StatementLine:
    return StatementLine(row.transaction, row.vnd, row.on, row.reference)


def _difference(row: MoneyDifference) -> DifferenceCard:
    return DifferenceCard(
        id=row.pk,
        agency_id=row.agency_id,
        way=PaymentWay(row.way),
        on=row.on,
        transaction=row.transaction,
        reference=row.reference,
        match=Match(row.match),
        ours_vnd=row.ours_vnd,
        theirs_vnd=row.theirs_vnd,
        state=DifferenceState(row.state),
        explanation=row.explanation,
    )


def list_missing_here(agency_id: int, way: PaymentWay, on: dt.date) -> tuple[DifferenceCard, ...]:
    """Return what a statement has and our books do not, and nobody explained."""
    rows = MoneyDifference.objects.filter(
        agency_id=agency_id, way=way, on=on, match=Match.MISSING_HERE, state=DifferenceState.OPEN
    )
    return tuple(_difference(row) for row in rows.order_by("transaction"))
