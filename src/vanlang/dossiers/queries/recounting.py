"""Which dossiers rest on days that changed: chosen by the database, a batch at a time."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import reduce
from operator import or_

from django.db.models import Q

from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.periods import FAR, CalendarChange, Period
from vanlang.dossiers.rules.states import State
from vanlang.kernel.clock import VIETNAM


def lock_resting_on(change: CalendarChange, *, after: uuid.UUID | None, limit: int) -> list[Dossier]:
    """
    Return the next dossiers, locked in the order of their ids, that a change of the calendar may move.

    Left out is what is finished, and what was counted with this edition or a newer one already.
    """
    rows = Dossier.objects.select_for_update(of=("self",)).filter(
        _rests_on(change), finished_at__isnull=True, calendar_version__lt=change.version
    )
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk")[:limit])


def _rests_on(change: CalendarChange) -> Q:
    """Received: from receipt to appointment. Filed: from filing, or completion, to the counter's answer."""
    received, filed = Q(received_at__isnull=False), Q(state=State.SUBMITTED)
    if change.agency_id is not None:
        received &= Q(competent_agency_id=change.agency_id)
        filed &= Q(intake_agency_id=change.agency_id)
    return received & _spanning("received_at", "due_at", change.periods) | filed & _spanning(
        "moved_at", "answer_due_at", change.periods
    )


def _spanning(begins: str, ends: str, periods: tuple[Period, ...]) -> Q:
    touching = (
        Q(**{f"{ends}__gte": _midnight(from_on)})
        & (Q() if to_on == FAR else Q(**{f"{begins}__lt": _midnight(to_on)}))
        for from_on, to_on in periods
    )
    return reduce(or_, touching)


def _midnight(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(), tzinfo=VIETNAM)
