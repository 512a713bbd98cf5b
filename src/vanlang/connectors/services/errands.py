"""What a person does about messages: try again, give up, call at once, tell a whole range once more; and what is forgotten by itself."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from vanlang.audit.api import record_act
from vanlang.connectors import ports
from vanlang.connectors.errors import LetterNotFoundError, LetterNotPossibleError, ReplayError
from vanlang.connectors.models import Call, Incoming, Outgoing, SystemHealth
from vanlang.connectors.services.waking import wake_receiver, wake_sender
from vanlang.connectors.types import Flow, IncomingState, OutgoingState
from vanlang.identity.api import Actor

CONTENT_KEPT = dt.timedelta(days=90)
CALLS_KEPT = dt.timedelta(days=31)

_REPLAY = """
    INSERT INTO connectors_outgoing (system, kind, stream, number, round, agency_id, state, tries, next_at, told_at, reason)
    SELECT {distinct} system, kind, stream, number,
           (SELECT max(round) FROM connectors_outgoing AS same WHERE same.system = sent.system AND same.kind = sent.kind
              AND same.stream = sent.stream AND same.number = sent.number) + 1,
           agency_id, 'waiting', 0, %(at)s, %(at)s, ''
    FROM connectors_outgoing AS sent
    WHERE system = %(system)s AND kind = %(kind)s AND state = 'sent'
      AND told_at >= %(from_at)s AND told_at < %(to_at)s
    ORDER BY stream, number {newest}, round DESC
"""


@transaction.atomic
def try_again(*, letter_id: int, is_incoming: bool, actor: Actor, at: dt.datetime) -> None:
    """Give a dead letter its turn again. Raises: LetterNotFoundError, LetterNotPossibleError."""
    row = _dead(letter_id, is_incoming=is_incoming)
    row.state = IncomingState.ARRIVED if is_incoming else OutgoingState.WAITING
    row.next_at, row.tries, row.reason = at, 0, ""
    row.save(update_fields=["state", "next_at", "tries", "reason"])
    _recorded("connectors.try_again", row, actor, at)
    transaction.on_commit(wake_receiver if is_incoming else lambda: wake_sender(row.system))


@transaction.atomic
def give_up(*, letter_id: int, is_incoming: bool, actor: Actor, at: dt.datetime) -> None:
    """Close a dead letter without effect; what waits behind it goes on. Raises: as `try_again`."""
    row = _dead(letter_id, is_incoming=is_incoming)
    row.state = IncomingState.DROPPED if is_incoming else OutgoingState.DROPPED
    row.settled_at = at
    row.save(update_fields=["state", "settled_at"])
    _recorded("connectors.give_up", row, actor, at)
    transaction.on_commit(wake_receiver if is_incoming else lambda: wake_sender(row.system))


@transaction.atomic
def call_now(*, system: str, actor: Actor, at: dt.datetime) -> int:
    """
    Let everything that waits for a system have its turn now, the system itself be asked first; return how many rows.

    For after an outage: what failed waits an hour at most, and so does the system. No try is used up or given back.
    """
    waiting = Outgoing.objects.filter(system=system, state=OutgoingState.WAITING).update(next_at=at)
    waiting += Incoming.objects.filter(system=system, state=IncomingState.ARRIVED).update(next_at=at)
    SystemHealth.objects.filter(pk=system, probe_at__isnull=False).update(probe_at=at)
    record_act(
        act="connectors.call_now", actor=actor, object_type="system", object_id=system, at=at, facts={"count": waiting}
    )  # fmt: skip
    transaction.on_commit(lambda: wake_sender(system))
    transaction.on_commit(wake_receiver)
    return waiting


@transaction.atomic
def replay(
    *, system: str, kind: str, from_at: dt.datetime, to_at: dt.datetime, actor: Actor, at: dt.datetime
) -> int:
    """
    Tell once more what was sent in a half-open range: every step, or the newest snapshot of each stream.

    Raises: ReplayError when the range is empty or nothing was sent in it.
    """
    try:
        flow = ports.get_sender(system, kind).flow
    except LookupError:
        raise ReplayError(kind=kind) from None
    newest = flow is Flow.SNAPSHOT
    statement = _REPLAY.format(
        distinct="DISTINCT ON (stream)" if newest else "DISTINCT ON (stream, number)",
        newest="DESC" if newest else "",
    )
    told: dict[str, str | dt.datetime] = {
        "system": system,
        "kind": kind,
        "from_at": from_at,
        "to_at": to_at,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        count: int = cursor.rowcount
    if not count:
        raise ReplayError(kind=kind)
    record_act(
        act="connectors.replay", actor=actor, object_type="system", object_id=system, at=at,
        facts={"kind": kind, "from": from_at.isoformat(), "to": to_at.isoformat(), "count": count},
    )  # fmt: skip
    transaction.on_commit(lambda: wake_sender(system))
    return count


@transaction.atomic
def forget(*, at: dt.datetime) -> int:
    """Forget the words of arrivals that were applied long ago, and old calls; return how many arrivals."""
    Call.objects.filter(at__lt=at - CALLS_KEPT).delete()
    return Incoming.objects.filter(settled_at__lt=at - CONTENT_KEPT, content__isnull=False).update(
        content=None
    )


def _dead(letter_id: int, *, is_incoming: bool) -> Incoming | Outgoing:
    rows = (Incoming if is_incoming else Outgoing).objects.select_for_update()
    row: Incoming | Outgoing | None = rows.filter(pk=letter_id).first()
    if row is None:
        raise LetterNotFoundError
    if row.state != OutgoingState.DEAD:
        raise LetterNotPossibleError
    return row


def _recorded(act: str, row: Incoming | Outgoing, actor: Actor, at: dt.datetime) -> None:
    box = "incoming" if isinstance(row, Incoming) else "outgoing"
    record_act(
        act=act, actor=actor, object_type=box, object_id=str(row.pk), at=at,
        facts={"system": row.system, "kind": row.kind},
    )  # fmt: skip
