"""
Sending: the outbox of one system, emptied by as many workers as there are.

    claim    heads of streams, by SELECT … FOR UPDATE SKIP LOCKED; committed, so that nobody else takes them
    send     composed from what is true now and sent, outside any transaction
    settle   states and the system's health, in one transaction

A head is the first unsettled row of its stream. With it go the rows right behind it that are of the same kind, so that
ten steps of one dossier are one call. A dead row stays the head of its stream: nothing overtakes what a person must see.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet

from vanlang.connectors import ports
from vanlang.connectors.models import Outgoing
from vanlang.connectors.rules.fates import fate_of
from vanlang.connectors.services import health
from vanlang.connectors.types import Answered, Due, OutgoingState, SystemVerdict

log = structlog.get_logger(__name__)
CLAIMED = 200
FATES = ("id", "state", "next_at", "tries", "settled_at", "reason")
LEASE = dt.timedelta(minutes=10)
"""Longer than any claim takes: senders are bounded in time."""

# A look into an index for each row and never a join, whatever the server knows of the table after a day of telling.
_HEADS = """
    SELECT told.id FROM connectors_outgoing AS told
    WHERE told.system = %(system)s AND told.next_at <= %(at)s
      AND told.id = (
        SELECT before.id FROM connectors_outgoing AS before
        WHERE before.system = told.system AND before.stream = told.stream AND before.settled_at IS NULL
        ORDER BY before.id LIMIT 1)
    ORDER BY told.next_at, told.id LIMIT %(room)s FOR UPDATE OF told SKIP LOCKED
"""

_FATES = """
    UPDATE connectors_outgoing AS told
    SET state = fate.state, next_at = fate.next_at, tries = fate.tries, settled_at = fate.settled_at,
        reason = fate.reason, digest = fate.digest
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::smallint[], %s::timestamptz[], %s::text[], %s::bytea[])
      AS fate(id, state, next_at, tries, settled_at, reason, digest)
    WHERE told.id = fate.id
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    sent: int = 0
    claimed: int = 0
    is_ill: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether another round may find more to do now."""
        return self.claimed > 0 and not self.is_ill


def send_round(*, system: str, at: dt.datetime) -> Round:
    """Send what is due to one system, once through."""
    room = health.room(system, at, batch=CLAIMED)
    if not room:
        return Round(is_ill=True)
    rows = claim(system=system, at=at, room=room)
    sent = 0
    for kind, group in itertools.groupby(
        sorted(rows, key=lambda row: (row.kind, row.pk)), lambda row: row.kind
    ):
        sender = ports.get_sender(system, kind)
        stuck: set[str] = set()
        for batch in _batches(list(group), sender.batch):
            free = [row for row in batch if row.stream not in stuck]
            if not health.room(system, at, batch=len(free)):
                put_back(batch, at=at)
                continue
            put_back([row for row in batch if row.stream in stuck], at=at)
            if free:
                sent += settle(system, kind, free, answers_of(sender, free, at), at=at)
            stuck |= {row.stream for row in free if row.state != OutgoingState.SENT}
    return Round(sent=sent, claimed=len(rows), is_ill=not health.room(system, at, batch=1))


@transaction.atomic
def claim(*, system: str, at: dt.datetime, room: int) -> list[Outgoing]:
    """Return the rows whose turn it is, marked as ours."""
    found = Outgoing.objects.raw(_HEADS, {"system": system, "at": at, "room": room})
    heads = {row.pk: row for row in Outgoing.objects.filter(pk__in=[row.pk for row in found])}
    kinds = {row.stream: row.kind for row in heads.values()}
    unsettled = Outgoing.objects.filter(system=system, stream__in=kinds, settled_at__isnull=True)
    ours: list[Outgoing] = []
    for stream, rows in itertools.groupby(unsettled.order_by("stream", "id"), lambda row: row.stream):
        ours += itertools.takewhile(lambda row: row.kind == kinds[stream] and _is_due(row, at), rows)  # noqa: B023 - used at once
    for row in ours:
        row.was_begun = row.state == OutgoingState.SENDING
        row.state, row.next_at = OutgoingState.SENDING, at + LEASE
    _these(ours).update(state=OutgoingState.SENDING, next_at=at + LEASE)
    return ours


def answers_of(sender: ports.Sender, rows: Sequence[Outgoing], at: dt.datetime) -> dict[int, Answered]:
    """Return what became of each row; one that the sender broke off at is unclear."""
    answers: dict[int, Answered] = {}
    try:
        for answer in sender.send([_due(row) for row in rows], at=at):
            answers[answer.id] = answer
    except Exception:
        log.exception("sender_broke_off", system=sender.system, kind=sender.kind, rows=len(rows))
    return {
        row.pk: answers.get(row.pk, Answered(row.pk, SystemVerdict.UNCLEAR, "connectors.broke_off"))
        for row in rows
    }


@transaction.atomic
def settle(
    system: str, kind: str, rows: Sequence[Outgoing], answers: dict[int, Answered], *, at: dt.datetime
) -> int:
    """Write down what became of the rows, and how the system is; return how many it took."""
    for row in rows:
        answer = answers[row.pk]
        fate = fate_of(answer.verdict, tries=row.tries, row_id=row.pk, at=at)
        row.state, row.next_at, row.tries = fate.state, fate.next_at, fate.tries
        row.settled_at = at if fate.state is OutgoingState.SENT else None
        row.reason, row.digest = answer.code[:80], answer.digest or None
    _write(rows)
    health.note(system, kind, list(answers.values()), at)
    return sum(row.state == OutgoingState.SENT for row in rows)


@transaction.atomic
def put_back(rows: Sequence[Outgoing], *, at: dt.datetime) -> None:
    """Put back what was claimed and not sent: nothing was used up."""
    _these(rows).update(state=OutgoingState.WAITING, next_at=at)


def _these(rows: Sequence[Outgoing]) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(pk__in=[row.pk for row in rows])


def _write(rows: Sequence[Outgoing]) -> None:
    """Write what became of rows: one statement, whose length does not grow with them."""
    digests = [None if row.digest is None else bytes(row.digest) for row in rows]
    columns = [[getattr(row, name) for row in rows] for name in FATES]
    with connection.cursor() as cursor:
        cursor.execute(_FATES, [*columns, digests])


def _is_due(row: Outgoing, at: dt.datetime) -> bool:
    return row.next_at is not None and row.next_at <= at


def _due(row: Outgoing) -> Due:
    again = row.was_begun or row.tries > 0 or row.round > 0
    return Due(row.pk, row.kind, row.stream, row.number, row.round, row.told_at, row.tries, again)


def _batches(rows: Sequence[Outgoing], size: int) -> list[Sequence[Outgoing]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]
