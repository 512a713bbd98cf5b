"""Write down that another system must be told, in the transaction of what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from vanlang.connectors import ports
from vanlang.connectors.models import Outgoing
from vanlang.connectors.services.waking import wake_sender
from vanlang.connectors.types import Flow, OutgoingState, Subject

OVERTAKEN = [OutgoingState.WAITING, OutgoingState.DEAD]


def tell(*, system: str, subject: Subject, at: dt.datetime) -> bool:
    """Write down one thing to tell; return False when it was written down before."""
    return tell_all(system=system, subjects=[subject], at=at) == 1


@transaction.atomic
def tell_all(*, system: str, subjects: Sequence[Subject], at: dt.datetime) -> int:
    """
    Write down several things to tell, in their order; return how many are new.

    A snapshot that waits, or lies dead, is superseded by a newer one of its kind: only the newest says what is true.
    """
    streams = {subject.stream for subject in subjects}
    rows = Outgoing.objects.filter(system=system, stream__in=streams, round=0)
    told = set(rows.values_list("kind", "stream", "number"))
    new = [
        Outgoing(
            system=system,
            kind=subject.kind,
            stream=subject.stream,
            number=subject.number,
            agency_id=subject.agency_id,
            state=OutgoingState.WAITING,
            told_at=at,
            next_at=at,
        )
        for subject in subjects
        if (subject.kind, subject.stream, subject.number) not in told
    ]
    Outgoing.objects.bulk_create(new, ignore_conflicts=True)
    for subject in subjects:
        if ports.get_sender(system, subject.kind).flow is Flow.SNAPSHOT:
            _supersede(system, subject, at)
    if new:
        transaction.on_commit(lambda: wake_sender(system))
    return len(new)


def _supersede(system: str, subject: Subject, at: dt.datetime) -> None:
    older = Outgoing.objects.filter(
        system=system,
        kind=subject.kind,
        stream=subject.stream,
        number__lt=subject.number,
        state__in=OVERTAKEN,
    )
    older.update(state=OutgoingState.SUPERSEDED, next_at=None, settled_at=at)
