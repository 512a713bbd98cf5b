from __future__ import annotations

from vanlang.audit.models import Record
from vanlang.audit.types import RecordCard


def list_records(*, object_type: str, object_id: object, limit: int = 200) -> list[RecordCard]:
    """Return what was done to one object and who read it, newest first."""
    rows = Record.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-id")[:limit]
    return [
        RecordCard(
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
        for row in rows
    ]
