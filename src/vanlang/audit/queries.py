from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from vanlang.audit.models import Record, RecordKind
from vanlang.audit.types import RecordCard


def list_acts(
    *, act: str, object_type: str, object_ids: Iterable[object], from_at: dt.datetime, to_at: dt.datetime
) -> list[RecordCard]:
    """Return one kind of act done to many objects in a span, both ends included, oldest first. One query."""
    rows = Record.objects.filter(
        kind=RecordKind.ACT,
        act=act,
        object_type=object_type,
        object_id__in=[str(one) for one in object_ids],
        at__gte=from_at,
        at__lte=to_at,
    )
    return [_card(row) for row in rows.order_by("id")]


def list_records(*, object_type: str, object_id: object, limit: int = 200) -> list[RecordCard]:
    """Return what was done to one object and who read it, newest first."""
    rows = Record.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-id")[:limit]
    return [_card(row) for row in rows]


def _card(row: Record) -> RecordCard:
    return RecordCard(
        id=row.pk,
        kind=row.kind,
        at=row.at,
        act=row.act,
        actor_kind=row.actor_kind,
        account_id=row.account_id,
        appointment_id=row.appointment_id,
        agency_id=row.agency_id,
        object_type=row.object_type,
        object_id=row.object_id,
        purpose=row.purpose,
        facts=row.facts,
    )
