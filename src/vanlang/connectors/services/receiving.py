"""
Arrivals: kept before they are answered, applied in their order, each in a transaction of its own.

The same content for the same object is one arrival, for ever. What the domain refuses waits for a person with the domain's
own code; what cannot be done at the moment (another system away, no room on the disk: status 503) and anything else is
tried again, later and later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from django.db import transaction

from vanlang.connectors import ports
from vanlang.connectors.models import Incoming
from vanlang.connectors.rules.fates import fate_of
from vanlang.connectors.rules.reasons import reason_of
from vanlang.connectors.services.waking import wake_receiver
from vanlang.connectors.types import Accepted, Arrival, IncomingState, OutgoingState, SystemVerdict
from vanlang.kernel.errors import DomainError

log = structlog.get_logger(__name__)
BROKEN = "connectors.could_not_apply"
ROUND = 100
LEASE = dt.timedelta(minutes=10)
"""Longer than any receiver prepares: what it asks is bounded in time."""

_HEADS = """
    SELECT told.id FROM connectors_incoming AS told
    WHERE told.next_at <= %(at)s
      AND (told.kind = ANY(%(openers)s) OR NOT EXISTS (
        SELECT 1 FROM connectors_incoming AS before
        WHERE before.system = told.system AND before.external_id = told.external_id
          AND before.settled_at IS NULL AND before.id < told.id))
    ORDER BY told.next_at, told.id LIMIT %(room)s FOR UPDATE OF told SKIP LOCKED
"""


def accept(
    *, system: str, kind: str, external_id: str, content: Mapping[str, object], at: dt.datetime
) -> Accepted:
    """
    Keep a message; only then may it be answered. The same content again is the same arrival.

    Raises: LookupError for a kind that nobody applies.
    """
    ports.get_receiver(system, kind)
    digest = digest_of(content)
    with transaction.atomic():
        row, is_new = Incoming.objects.get_or_create(
            system=system,
            kind=kind,
            external_id=external_id,
            digest=digest,
            defaults={
                "content": dict(content),
                "state": IncomingState.ARRIVED,
                "arrived_at": at,
                "next_at": at,
            },
        )
        if is_new:
            transaction.on_commit(wake_receiver)
    return Accepted(row.pk, is_new, IncomingState(row.state))


def digest_of(content: Mapping[str, object]) -> bytes:
    """Return the SHA-256 of a message, whatever the order of its keys."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).digest()


def apply_round(*, at: dt.datetime) -> int:
    """Apply what is due, each in a transaction of its own; return how many were looked at."""
    looked_at = 0
    while looked_at < ROUND and apply_next(at=at):
        looked_at += 1
    return looked_at


def apply_next(*, at: dt.datetime) -> bool:
    """
    Apply the arrival whose turn it is; return False when there is none.

    One whose receiver must fetch something first is claimed for as long as that may take, and applied when it has it.
    """
    with transaction.atomic():
        found = list(Incoming.objects.raw(_HEADS, {"at": at, "room": 1, "openers": ports.openers()}))
        if not found:
            return False
        row = Incoming.objects.get(pk=found[0].pk)
        receiver = ports.find_receiver(row.system, row.kind)
        if not isinstance(receiver, ports.PreparingReceiver):
            _apply(row, at)
            return True
        row.next_at = at + LEASE
        row.save(update_fields=["next_at"])
    try:
        receiver.prepare(_arrival(row), at=at)
    except Exception as trouble:
        with transaction.atomic():
            _note_trouble(row, trouble, at)
    else:
        with transaction.atomic():
            _apply(Incoming.objects.select_for_update().get(pk=row.pk), at)
    return True


def _apply(row: Incoming, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            ports.get_receiver(row.system, row.kind).apply(_arrival(row), at=at)
    except Exception as trouble:
        _note_trouble(row, trouble, at)
    else:
        _end(row, IncomingState.APPLIED, "", at)


def _note_trouble(row: Incoming, trouble: Exception, at: dt.datetime) -> None:
    """Let an arrival wait for a person or for a while, by what went wrong."""
    match trouble:
        case DomainError() if trouble.status == HTTPStatus.SERVICE_UNAVAILABLE:
            _postpone(row, trouble.code, at)
        case DomainError():
            _end(row, IncomingState.DEAD, reason_of(trouble.code, trouble.facts), at)
        case _:
            log.error(
                "arrival_not_applied", system=row.system, kind=row.kind, arrival=row.pk, exc_info=trouble
            )
            _postpone(row, BROKEN, at)


def _arrival(row: Incoming) -> Arrival:
    return Arrival(row.pk, row.system, row.kind, row.external_id, dict(row.content or {}), row.arrived_at)


def _postpone(row: Incoming, reason: str, at: dt.datetime) -> None:
    fate = fate_of(SystemVerdict.TEMPORARY, tries=row.tries, row_id=row.pk, at=at)
    row.tries = fate.tries
    if fate.state is OutgoingState.DEAD:
        _end(row, IncomingState.DEAD, reason, at)
        return
    row.next_at, row.reason = fate.next_at, reason
    row.save(update_fields=["next_at", "reason", "tries"])


def _end(row: Incoming, state: IncomingState, reason: str, at: dt.datetime) -> None:
    row.state, row.next_at, row.reason = state, None, reason
    row.settled_at = None if state is IncomingState.DEAD else at
    row.save(update_fields=["state", "next_at", "reason", "settled_at", "tries"])
