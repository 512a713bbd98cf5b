"""When days off or office hours change, every clock that runs is asked again."""

from __future__ import annotations

from django.db import transaction

from vanlang.petitions.models import Petition
from vanlang.petitions.rules.flow import FINAL
from vanlang.petitions.services import timing
from vanlang.petitions.services.acting import due_now

BATCH = 200


def recount(*, after: object = None) -> object:
    """Count a batch of open petitions again; return the last one's id, or None when none was left. As the system."""
    with transaction.atomic():
        rows = Petition.objects.exclude(state__in=sorted(FINAL)).order_by("id")
        if after is not None:
            rows = rows.filter(pk__gt=after)
        batch = list(rows.select_for_update(of=("self",))[:BATCH])
        for row in batch:
            if row.decided_at is None:
                timing.start(row)
            elif row.paused_at is None and row.handled_at is None:
                timing.count_handling(row)
            elif row.handled_at is not None:
                timing.start_publishing(row, row.handled_at)
            row.due_at = due_now(row)
            row.save(
                update_fields=["decide_due_at", "ask_due_at", "handle_due_at", "publish_due_at", "due_at"]
            )
    return batch[-1].pk if batch else None
