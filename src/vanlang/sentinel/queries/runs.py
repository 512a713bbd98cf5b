"""Past and running comparisons, and what they prove of a month: figures of the whole province, nobody's record."""

from __future__ import annotations

import calendar
import datetime as dt
import uuid

from django.db.models import QuerySet

from vanlang.identity.api import get_appointments
from vanlang.sentinel import ports
from vanlang.sentinel.errors import RunNotFoundError, SystemNotComparedError
from vanlang.sentinel.models import ComparedDay, SyncRun
from vanlang.sentinel.queries.differences import count_explained
from vanlang.sentinel.rules.lenses import lens_of
from vanlang.sentinel.types import (
    DayCard,
    MonthProof,
    RunCard,
    RunState,
    RunStep,
    SystemCard,
    Way,
)


def list_systems() -> tuple[SystemCard, ...]:
    """Return the systems that can be compared."""
    return tuple(SystemCard(one.system, one.name, one.ways) for one in ports.comparisons())


def get_system(code: str) -> SystemCard:
    """Return one system. Raises: SystemNotComparedError."""
    found = next((one for one in list_systems() if one.code == code), None)
    if found is None:
        raise SystemNotComparedError(system=code)
    return found


def list_runs(system: str) -> QuerySet[SyncRun]:
    """Return the comparisons of a system, the newest first. Slice, then `cards_of`."""
    return SyncRun.objects.filter(system=system).defer("export").order_by("-asked_at", "-pk")


def cards_of(rows: QuerySet[SyncRun] | list[SyncRun]) -> list[RunCard]:
    rows = list(rows)
    ids = {row.asked_by_id for row in rows if row.asked_by_id}
    names = {key: card.name for key, card in get_appointments(sorted(ids)).items()} if ids else {}
    return [_card(row, names.get(row.asked_by_id, "") if row.asked_by_id else "") for row in rows]


def get_run(run_id: uuid.UUID) -> RunCard:
    """Return one comparison. Raises: RunNotFoundError."""
    found = cards_of(list(SyncRun.objects.defer("export").filter(pk=run_id)))
    if not found:
        raise RunNotFoundError
    return found[0]


def last_done(system: str) -> RunCard | None:
    """Return the last comparison of a system that was carried through."""
    found = cards_of(list(list_runs(system).filter(state=RunState.DONE)[:1]))
    return found[0] if found else None


def prove_month(system: str, year: int, month: int) -> MonthProof:
    """Return how both sides stand about the records received in a month, day by day. Raises: SystemNotComparedError."""
    first = dt.date(year, month, 1)
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    rows = ComparedDay.objects.filter(system=system, on__gte=first, on__lte=last).order_by("on")
    days = tuple(
        DayCard(
            row.on, row.here, row.there, row.is_equal, row.differing, bytes(row.digest).hex(), row.compared_at
        )
        for row in rows
    )
    return MonthProof(get_system(system), first, days, count_explained(system, first, last))


def _card(row: SyncRun, asked_by: str) -> RunCard:
    return RunCard(
        id=row.pk, system=row.system, way=Way(row.way), first_on=row.first_on, last_on=row.last_on,
        state=RunState(row.state), step=RunStep(row.step), asked_by=asked_by, asked_at=row.asked_at,
        finished_at=row.finished_at, done=row.done, total=row.total, compared=row.compared, differing=row.differing,
        under_way=row.under_way, settled=row.settled, given_remedy=row.given_remedy, riddles=row.riddles,
        fetched=row.fetched, questions=row.questions, wire_bytes=row.wire_bytes, full_bytes=row.full_bytes,
        reason=row.reason, held_back=row.held_back,
        lens=lens_of(row.lens),
    )  # fmt: skip
