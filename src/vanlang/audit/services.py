from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.backends.utils import CursorWrapper

from vanlang.audit.models import Record, RecordKind
from vanlang.audit.types import ActorRef, Told


def record_act(
    *,
    act: str,
    actor: ActorRef,
    object_type: str,
    object_id: object,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Write what was done, in the caller's transaction: if the act is undone, so is its line."""
    _write(RecordKind.ACT, act, actor, object_type, object_id, at, "", facts)


def record_acts(
    *,
    act: str,
    actor: ActorRef,
    object_type: str,
    lines: Iterable[tuple[object, Mapping[str, object]]],
    at: datetime,
) -> None:
    """Write one line for each (object id, facts) of an act that was done to many, in the caller's transaction."""
    Record.objects.bulk_create(
        (
            _record(RecordKind.ACT, act, actor, object_type, object_id, at, "", facts)
            for object_id, facts in lines
        ),
        batch_size=1000,
    )


def record_told(told: Iterable[Told]) -> None:
    """Write a line for each of acts that were done at many times by many, as a synthetic province's are."""
    Record.objects.bulk_create(
        (
            _record(RecordKind.ACT, one.act, one.actor, one.object_type, one.object_id, one.at, "", one.facts)
            for one in told
        ),
        batch_size=1000,
    )


def record_acts_from(cursor: CursorWrapper, question: str) -> None:
    """
    Write one line for each row of `question`, in the caller's transaction, as the owner of the table: a synthetic province's acts.

    Shapes: columns at, act, actor_kind, account_id, person_id, appointment_id, agency_id, object_type, object_id, facts.
    """
    cursor.execute(_FROM.format(question=question, kind=RecordKind.ACT.value))


_FROM = """
INSERT INTO audit_record (
    kind, at, act, actor_kind, account_id, person_id, appointment_id, agency_id, object_type, object_id, purpose, facts
)
SELECT
    '{kind}', at, act, actor_kind, account_id, person_id, appointment_id, agency_id, object_type, object_id, '', facts
FROM ({question}) AS told
"""


def record_read(
    *,
    act: str,
    actor: ActorRef,
    object_type: str,
    object_id: object,
    purpose: str,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """
    Write that personal data is about to be shown, and why. Call it before returning the data.

    Raises: ValueError without a purpose: no purpose, no data.
    """
    if not purpose.strip():
        msg = "personal data is read for a purpose"
        raise ValueError(msg)
    _write(RecordKind.READ, act, actor, object_type, object_id, at, purpose, facts)


def _write(
    kind: RecordKind,
    act: str,
    actor: ActorRef,
    object_type: str,
    object_id: object,
    at: datetime,
    purpose: str,
    facts: Mapping[str, object] | None,
) -> None:
    # save(), not create(): force_insert spares the look for an existing row
    _record(kind, act, actor, object_type, object_id, at, purpose, facts).save(force_insert=True)


def _record(
    kind: RecordKind,
    act: str,
    actor: ActorRef,
    object_type: str,
    object_id: object,
    at: datetime,
    purpose: str,
    facts: Mapping[str, object] | None,
) -> Record:
    return Record(
        kind=kind,
        at=at,
        act=act,
        actor_kind=str(actor.kind),
        account_id=actor.account_id,
        person_id=actor.person_id,
        appointment_id=actor.appointment_id,
        agency_id=actor.agency_id,
        object_type=object_type,
        object_id=str(object_id),
        purpose=purpose,
        facts=dict(facts or {}),
    )
