"""How every system is, and what waits: figures without content, for whoever keeps the province connected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncHour

from vanlang.connectors import ports
from vanlang.connectors.models import Call, Incoming, Outgoing, SystemHealth
from vanlang.connectors.types import Hour, IncomingState, Letter, OutgoingState, System, SystemFigure
from vanlang.kernel.circuit import CircuitState, Sign
from vanlang.kernel.clock import VIETNAM

HOURS = 24
LISTED = 200
_UNSETTLED = [OutgoingState.WAITING, OutgoingState.SENDING]


def list_systems(at: dt.datetime) -> tuple[SystemFigure, ...]:
    """Return how each registered system is."""
    health = {row.system: row for row in SystemHealth.objects.all()}
    waiting = _waiting()
    to_apply = _counted(Incoming.objects.filter(state=IncomingState.ARRIVED).values("system"))
    dead_out = _counted(Outgoing.objects.filter(state=OutgoingState.DEAD).values("system"))
    dead_in = _counted(Incoming.objects.filter(state=IncomingState.DEAD).values("system"))
    today = at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = _counted(Outgoing.objects.filter(state=OutgoingState.SENT, settled_at__gte=today).values("system"))
    hours = _hours(at)
    return tuple(
        _figure(
            system, health.get(system.code), waiting.get(system.code, (0, None)),
            to_apply=to_apply.get(system.code, 0),
            dead=dead_out.get(system.code, 0) + dead_in.get(system.code, 0),
            sent_today=sent.get(system.code, 0),
            hours=hours.get(system.code, _empty(at)),
        )
        for system in ports.systems()
    )  # fmt: skip


def list_letters(*, system: str = "", limit: int = LISTED) -> tuple[Letter, ...]:
    """Return the dead letters, those first that have waited longest; at most `limit` of each box."""
    of_system = Q(system=system) if system else Q()
    out = Outgoing.objects.filter(of_system, state=OutgoingState.DEAD).order_by("id")[:limit]
    arrived = Incoming.objects.filter(of_system, state=IncomingState.DEAD).order_by("id")[:limit]
    blocked = _blocked([row.stream for row in out])
    letters = [
        Letter(
            row.pk, False, row.system, row.kind, row.stream, row.number, row.reason, row.tries, row.told_at,
            blocks=blocked.get((row.system, row.stream), 0),
        )
        for row in out
    ]  # fmt: skip
    letters += [
        Letter(row.pk, True, row.system, row.kind, row.external_id, 0, row.reason, row.tries, row.arrived_at)
        for row in arrived
    ]
    return tuple(sorted(letters, key=lambda letter: letter.since_at))


def count_letters() -> int:
    """Return how many letters wait for a person."""
    return (
        Outgoing.objects.filter(state=OutgoingState.DEAD).count()
        + Incoming.objects.filter(state=IncomingState.DEAD).count()
    )


def is_settled(system: str, stream: str) -> bool:
    """Say whether nothing of a stream is still under way: what is under way is no difference yet."""
    return not Outgoing.objects.filter(system=system, stream=stream, settled_at__isnull=True).exists()


def list_under_way(system: str, streams: Collection[str], since: dt.datetime) -> frozenset[str]:
    """
    Return the streams of which something waits to be sent, or was told or settled since.

    A dead letter is not under way: nothing will come of it until a person acts.
    """
    moving = Q(state__in=_UNSETTLED) | Q(told_at__gte=since) | Q(settled_at__gte=since)
    rows = Outgoing.objects.filter(moving, system=system, stream__in=set(streams))
    return frozenset(rows.exclude(state=OutgoingState.DEAD).values_list("stream", flat=True))


def _waiting() -> dict[str, tuple[int, dt.datetime | None]]:
    rows = Outgoing.objects.filter(state__in=_UNSETTLED).values("system")
    return {
        row["system"]: (row["total"], row["oldest"])
        for row in rows.annotate(total=Count("id"), oldest=Min("told_at"))
    }


def _counted(rows: object) -> dict[str, int]:
    return {row["system"]: row["total"] for row in rows.annotate(total=Count("id"))}  # type: ignore[attr-defined] # values() of any model


def _blocked(streams: list[str]) -> Mapping[tuple[str, str], int]:
    behind = Outgoing.objects.filter(stream__in=streams, state__in=_UNSETTLED).values("system", "stream")
    return {(row["system"], row["stream"]): row["total"] for row in behind.annotate(total=Count("id"))}


def _hours(at: dt.datetime) -> dict[str, tuple[Hour, ...]]:
    first = _empty(at)[0].starts_at
    calls = (
        Call.objects.filter(at__gte=first)
        .annotate(hour=TruncHour("at", tzinfo=VIETNAM))
        .values("system", "hour")
        .annotate(well=Count("id", filter=Q(sign=Sign.WELL)), failed=Count("id", filter=~Q(sign=Sign.WELL)))
    )
    told: dict[str, dict[dt.datetime, Hour]] = {}
    for row in calls:
        told.setdefault(row["system"], {})[row["hour"]] = Hour(row["hour"], row["well"], row["failed"])
    return {
        system: tuple(hours.get(hour.starts_at, hour) for hour in _empty(at))
        for system, hours in told.items()
    }


def _empty(at: dt.datetime) -> tuple[Hour, ...]:
    last = at.astimezone(VIETNAM).replace(minute=0, second=0, microsecond=0)
    return tuple(Hour(last - dt.timedelta(hours=ago), 0, 0) for ago in range(HOURS - 1, -1, -1))


def _figure(
    system: System,
    row: SystemHealth | None,
    waiting: tuple[int, dt.datetime | None],
    *,
    to_apply: int,
    dead: int,
    sent_today: int,
    hours: tuple[Hour, ...],
) -> SystemFigure:
    return SystemFigure(
        system=system,
        state=row.state if row else CircuitState.CLOSED,
        since_at=row.since_at if row else None,
        probe_at=row.probe_at if row else None,
        last_code=row.last_code if row else "",
        last_well_at=row.last_well_at if row else None,
        waiting=waiting[0],
        oldest_at=waiting[1],
        to_apply=to_apply,
        dead=dead,
        sent_today=sent_today,
        hours=hours,
    )
