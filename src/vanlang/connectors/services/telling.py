"""Write down that another system must be told, in the transaction of what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction

from vanlang.connectors import ports
from vanlang.connectors.models import Outgoing
from vanlang.connectors.services.waking import wake_sender
from vanlang.connectors.types import Flow, OutgoingState, Subject

OVERTAKEN = [OutgoingState.WAITING.value, OutgoingState.DEAD.value]
_TELL = """
    INSERT INTO connectors_outgoing (system, kind, stream, number, round, agency_id, state, tries, next_at, told_at, reason)
    SELECT %s, told.kind, told.stream, told.number, 0, told.agency_id, 'waiting', 0, %s, %s, ''
    FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[]) WITH ORDINALITY AS told(kind, stream, number, agency_id, place)
    ORDER BY told.place
    ON CONFLICT DO NOTHING
"""
_SUPERSEDE = """
    UPDATE connectors_outgoing SET state = 'superseded', next_at = NULL, settled_at = %s
    WHERE id IN (
      SELECT older.id FROM unnest(%s::text[], %s::text[], %s::int[]) AS newer(kind, stream, number)
      CROSS JOIN LATERAL (
        SELECT one.id FROM connectors_outgoing AS one
        WHERE one.system = %s AND one.stream = newer.stream AND one.kind = newer.kind
          AND one.number < newer.number AND one.state = ANY(%s)
        OFFSET 0
      ) AS older
    )
"""
"""By each snapshot on its own: while many are told at once, the planner knows nothing of a table that grows, and would read all of it."""


def tell(*, system: str, subject: Subject, at: dt.datetime) -> bool:
    """Write down one thing to tell; return False when it was written down before."""
    return tell_all(system=system, subjects=[subject], at=at) == 1


@transaction.atomic
def tell_all(*, system: str, subjects: Sequence[Subject], at: dt.datetime) -> int:
    """
    Write down several things to tell, in their order; return how many are new.

    A snapshot that waits, or lies dead, is superseded by a newer one of its kind: only the newest says what is true.
    """
    given = [[getattr(one, name) for one in subjects] for name in ("kind", "stream", "number", "agency_id")]
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [system, at, at, *given])
        new = int(cursor.rowcount)
    _supersede(
        system,
        [one for one in subjects if ports.get_sender(system, one.kind).flow is Flow.SNAPSHOT],
        at,
    )
    if new:
        transaction.on_commit(lambda: wake_sender(system))
    return new


@transaction.atomic
def tell_again(*, system: str, subjects: Sequence[Subject], at: dt.datetime) -> frozenset[str]:
    """
    Tell several things once more, under a new round; return the streams that will be told.

    What waits already waits on, once. A snapshot that lies dead is superseded; a step that lies dead stays a person's,
    and what is told again of its stream waits behind it.
    """
    streams = {subject.stream for subject in subjects}
    rounds: dict[tuple[str, str, int], int] = {}
    waits: set[tuple[str, str]] = set()
    steps: set[tuple[str, str, int]] = set()
    for row in Outgoing.objects.filter(system=system, stream__in=streams):
        key = (row.kind, row.stream, row.number)
        rounds[key] = max(rounds.get(key, 0), row.round + 1)
        if row.state == OutgoingState.WAITING:
            waits.add((row.kind, row.stream))
            steps.add(key)
    again = [
        one
        for one in subjects
        if (one.kind, one.stream, one.number) not in steps
        and (_is_step(system, one) or (one.kind, one.stream) not in waits)
    ]
    _supersede_dead(system, again, at)
    Outgoing.objects.bulk_create(
        Outgoing(
            system=system, kind=one.kind, stream=one.stream, number=one.number, agency_id=one.agency_id,
            round=rounds.get((one.kind, one.stream, one.number), 0), state=OutgoingState.WAITING, told_at=at, next_at=at,
        )
        for one in again
    )  # fmt: skip
    if again:
        transaction.on_commit(lambda: wake_sender(system))
    return frozenset(streams)


def _is_step(system: str, subject: Subject) -> bool:
    return ports.get_sender(system, subject.kind).flow is Flow.STEP


def _supersede_dead(system: str, subjects: Sequence[Subject], at: dt.datetime) -> None:
    kinds = {one.kind for one in subjects if not _is_step(system, one)}
    dead = Outgoing.objects.filter(
        system=system, kind__in=kinds, stream__in={one.stream for one in subjects}, state=OutgoingState.DEAD
    )
    dead.update(state=OutgoingState.SUPERSEDED, settled_at=at)


def _supersede(system: str, subjects: Sequence[Subject], at: dt.datetime) -> None:
    """Close what waits, or lies dead, before the snapshots that are told."""
    if not subjects:
        return
    given = [[getattr(one, name) for one in subjects] for name in ("kind", "stream", "number")]
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE, [at, *given, system, OVERTAKEN])
