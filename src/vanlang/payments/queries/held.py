"""Statements of which some rows could not be read, and nobody decided yet."""

from __future__ import annotations

import datetime as dt

from vanlang.payments.cards import HeldCard
from vanlang.payments.models import HeldStatement
from vanlang.payments.types import PaymentWay, StatementLine, UnreadRow


def find_held(agency_id: int, way: PaymentWay, on: dt.date) -> HeldCard | None:
    """Return the statement of a day that waits for a person."""
    row = HeldStatement.objects.filter(agency_id=agency_id, way=way, on=on, settled_at=None).first()
    if row is None:
        return None
    unread = tuple(UnreadRow(*one) for one in row.unread)
    return HeldCard(id=row.pk, came_at=row.came_at, lines=tuple(lines_of(row)), unread=unread)


def list_held_days(agency_id: int, from_on: dt.date, to_on: dt.date) -> frozenset[tuple[dt.date, PaymentWay]]:
    """Return the days of a half-open period whose statement waits for a person, by day and way."""
    rows = HeldStatement.objects.filter(agency_id=agency_id, settled_at=None, on__gte=from_on, on__lt=to_on)
    return frozenset((on, PaymentWay(way)) for on, way in rows.values_list("on", "way"))


def count_held(agency_id: int) -> int:
    """Return how many statements wait for a person."""
    return HeldStatement.objects.filter(agency_id=agency_id, settled_at=None).count()


def lines_of(row: HeldStatement) -> list[StatementLine]:
    """Return what could be read."""
    return [
        StatementLine(name, vnd, dt.date.fromisoformat(on), reference)
        for name, vnd, on, reference in row.lines
    ]
