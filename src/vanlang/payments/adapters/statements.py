"""The platform's statement of a day: fetched, given to the agencies whose money it is, and healed where that needs nobody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import structlog

from vanlang.identity.api import SYSTEM as HOUSE
from vanlang.kernel.errors import DomainError
from vanlang.payments.adapters.platform import PlatformClient, client
from vanlang.payments.queries.owners import collecting_agencies, owners_of
from vanlang.payments.queries.reconciling import list_missing_here
from vanlang.payments.services.reconciling import book_missing, hold_statement, take_statement
from vanlang.payments.types import (
    Notice,
    PaymentWay,
    StatementLine,
    StatementRowTold,
    StatementSource,
    StatementTold,
    UnreadRow,
)

log = structlog.get_logger(__name__)
WAYS = (PaymentWay.PLATFORM, PaymentWay.BANK_QR)


def fetch_day(on: dt.date, *, at: dt.datetime, line: PlatformClient | None = None) -> int:
    """
    Take in what the platform says of a day, for every agency that collects; return how many transactions there were.

    Where a row could not be read, the statement of its agency is held for a person: half of one would look like missing
    money. Whose it is, is found out as of any other row; the other agencies' statements are whole.
    Raises: PlatformError.
    """
    line = line or client()
    statement = line.statement(on, at=at)
    told = _by_owner(statement.rows, at)
    unread = _unread_by_owner(statement, at)
    if unread:
        log.warning("statement_unreadable", on=on.isoformat(), rows=len(statement.unread))
    for agency_id in sorted(collecting_agencies(on) | {agency_id for agency_id, _ in [*told, *unread]}):
        for way in WAYS:
            lines = told.get((agency_id, way), [])
            if (agency_id, way) in unread:
                _hold(agency_id, way, on, lines, unread[agency_id, way], at)
            else:
                _take(agency_id, way, on, lines, at)
                heal(agency_id, way, on, at=at, line=line)
    return len(statement.rows)


def heal(agency_id: int, way: PaymentWay, on: dt.date, *, at: dt.datetime, line: PlatformClient) -> int:
    """Book what the platform took and we were never told of, asking it first; return how many were booked."""
    healed = 0
    for one in list_missing_here(agency_id, way, on):
        try:
            found = line.query(one.reference, at=at) if way is PaymentWay.PLATFORM and one.reference else None
            book_missing(
                difference_id=one.id, actor=HOUSE, at=at, notice=found if isinstance(found, Notice) else None
            )
        except DomainError as refused:  # the platform is silent, or a person must decide: it stays listed
            log.info("difference_left_to_a_person", reason=refused.code)
        else:
            healed += 1
    return healed


def _take(
    agency_id: int, way: PaymentWay, on: dt.date, lines: Sequence[StatementLine], at: dt.datetime
) -> None:
    try:
        take_statement(
            agency_id=agency_id, way=way, on=on, lines=lines, source=StatementSource.WIRE, actor=HOUSE, at=at
        )
    except DomainError as refused:  # a closed day stands
        log.info("statement_not_taken", reason=refused.code)


def _hold(
    agency_id: int,
    way: PaymentWay,
    on: dt.date,
    lines: Sequence[StatementLine],
    unread: Sequence[UnreadRow],
    at: dt.datetime,
) -> None:
    try:
        hold_statement(agency_id=agency_id, way=way, on=on, lines=lines, unread=unread, actor=HOUSE, at=at)
    except DomainError as refused:  # a closed day stands
        log.info("statement_not_held", reason=refused.code)


def _by_owner(
    rows: Sequence[StatementRowTold], at: dt.datetime
) -> dict[tuple[int, PaymentWay], list[StatementLine]]:
    found: defaultdict[tuple[int, PaymentWay], list[StatementLine]] = defaultdict(list)
    for row, agency_id in zip(rows, owners_of([row.named for row in rows], at.date()), strict=True):
        found[agency_id, row.way].append(row.line)
    return found


def _unread_by_owner(
    statement: StatementTold, at: dt.datetime
) -> dict[tuple[int, PaymentWay], list[UnreadRow]]:
    """Give each unread row to its agency; one that does not say by which way, to both of its statements."""
    found: defaultdict[tuple[int, PaymentWay], list[UnreadRow]] = defaultdict(list)
    owners = owners_of([named for _, named, _ in statement.unread], at.date())
    for (row, _, way), agency_id in zip(statement.unread, owners, strict=True):
        for one in (way,) if way else WAYS:
            found[agency_id, one].append(row)
    return dict(found)
