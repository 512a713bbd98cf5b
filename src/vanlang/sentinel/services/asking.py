"""Asking for a comparison: by a person, by the night, by a file that somebody handed in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor
from vanlang.sentinel import ports
from vanlang.sentinel.errors import RangeError, RunGoesOnError, SystemNotComparedError
from vanlang.sentinel.models import SyncRun
from vanlang.sentinel.rules.lenses import kept
from vanlang.sentinel.rules.versions import packed
from vanlang.sentinel.types import CLEAR, Lens, Record, RunState, RunStep, Way

COMPARE = "sentinel.compare"
"""Name of the job that carries a comparison out (jobs.py)."""
LONGEST = dt.timedelta(days=3660)


@transaction.atomic
def ask_run(
    *,
    system: str,
    first_on: dt.date,
    last_on: dt.date,
    at: dt.datetime,
    actor: Actor | None = None,
    way: Way | None = None,
    export: Sequence[Record] | None = None,
    lens: Lens = CLEAR,
    as_of_at: dt.datetime | None = None,
    defer: bool = True,
) -> uuid.UUID:
    """
    Ask for one comparison; return its id. `way` None takes the cheapest. `actor` None: the house itself.

    Raises: SystemNotComparedError, RangeError, RunGoesOnError.
    """
    run = SyncRun(
        system=system, way=_way(system, way), first_on=first_on, last_on=last_on, lens=kept(lens), as_of_at=as_of_at,
        asked_by_id=actor.appointment_id if actor else None, asked_at=at, state=RunState.WAITING,
        step=RunStep.READING, beat_at=at, export=None if export is None else [packed(one) for one in export],
    )  # fmt: skip
    if first_on > last_on or last_on - first_on > LONGEST:
        raise RangeError
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise RunGoesOnError(system=system) from None
    if actor is not None:
        record_act(
            act="sentinel.compare", actor=actor, object_type="sync_run", object_id=str(run.pk), at=at,
            facts={"system": system, "way": run.way, "from": first_on.isoformat(), "to": last_on.isoformat()},
        )  # fmt: skip
    if defer:
        jobs.configure_task(COMPARE, queue="sentinel").defer(run_id=str(run.pk))
    return run.pk


def _way(system: str, way: Way | None) -> Way:
    try:
        ways = (*ports.get_comparison(system).ways, Way.EXPORT)
    except LookupError:
        raise SystemNotComparedError(system=system) from None
    if way is not None and way not in ways:
        raise SystemNotComparedError(system=system)
    return way or ways[0]
