"""What the administrator sees: how much was sent, what is in the way, how the providers are, what it cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from vanlang.kernel import circuit
from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.lists import Drawn
from vanlang.notifications import ports
from vanlang.notifications.models import Attempt, DailyCap, Delivery, ProviderHealth, Spending
from vanlang.notifications.queries.messages import delivery_card
from vanlang.notifications.queries.templates import find_template
from vanlang.notifications.rules.signs import FAULTS
from vanlang.notifications.types import DeliveryCard, DeliveryState, NoticeChannel

DAYS = 7
SENT = [DeliveryState.SENT, DeliveryState.DELIVERED]
LISTED = 50
"""How many of those in the way are shown at once; the page says how many there are."""


@dataclass(frozen=True, slots=True)
class DayFigure:
    """What was told on one day."""

    on: dt.date
    through: int
    failed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ChannelFigure:
    channel: NoticeChannel
    through: int
    waiting: int
    held: int
    failed: int


@dataclass(frozen=True, slots=True)
class ProviderFigure:
    """How a provider is, for every agency: it is the province's."""

    name: str
    channel: NoticeChannel
    state: CircuitState
    since_at: dt.datetime | None
    probe_at: dt.datetime | None
    last_code: str
    well: int
    failed: int
    """In the last five minutes, of this agency."""


@dataclass(frozen=True, slots=True)
class MoneyFigure:
    """Units: đồng."""

    spent_vnd: int
    cap_vnd: int | None
    province_spent_vnd: int
    province_cap_vnd: int | None


@dataclass(frozen=True, slots=True)
class StuckFigure:
    """A delivery in the way of which something is."""

    card: DeliveryCard
    object_type: str
    title: str
    told_at: dt.datetime
    message_id: UUID


def list_days(agency_id: int, today: dt.date) -> list[DayFigure]:
    """Return the last seven days, the oldest first, by the day on which it was told."""
    first = today - dt.timedelta(days=DAYS - 1)
    since = dt.datetime.combine(first, dt.time(), VIETNAM)
    rows = (
        Delivery.objects.filter(agency_id=agency_id, queued_at__gte=since)
        .annotate(on=TruncDate("queued_at", tzinfo=VIETNAM))
        .values("on")
        .annotate(
            through=Count("id", filter=Q(state__in=SENT)),
            failed=Count("id", filter=Q(state=DeliveryState.FAILED)),
            waiting=Count("id", filter=Q(next_at__isnull=False)),
        )
        .order_by("on")
    )
    found: dict[dt.date, dict[str, Any]] = {row["on"]: dict(row) for row in rows}
    days = [first + dt.timedelta(days=number) for number in range(DAYS)]
    return [
        DayFigure(on, *(found.get(on, {}).get(name, 0) for name in ("through", "failed", "waiting")))
        for on in days
    ]


def list_channels(agency_id: int, since_at: dt.datetime) -> list[ChannelFigure]:
    """Return what became of everything told since an instant, by channel."""
    held = [DeliveryState.HELD_QUIET, DeliveryState.HELD_CAP]
    rows = (
        Delivery.objects.filter(agency_id=agency_id, queued_at__gte=since_at)
        .values("channel")
        .annotate(
            through=Count("id", filter=Q(state__in=SENT)),
            waiting=Count("id", filter=Q(state__in=[DeliveryState.QUEUED, DeliveryState.SENDING])),
            held=Count("id", filter=Q(state__in=held)),
            failed=Count("id", filter=Q(state=DeliveryState.FAILED)),
        )
        .order_by("channel")
    )
    nothing = {"through": 0, "waiting": 0, "held": 0, "failed": 0}
    found: dict[str, dict[str, Any]] = {row["channel"]: dict(row) for row in rows}
    return [
        ChannelFigure(**nothing | found.get(channel, {}) | {"channel": channel}) for channel in NoticeChannel
    ]


def list_providers(agency_id: int, at: dt.datetime) -> list[ProviderFigure]:
    """Return every declared provider in the order in which they are used."""
    known = {row.name: row for row in ProviderHealth.objects.all()}
    counted = {
        row["provider"]: row
        for row in Attempt.objects.filter(agency_id=agency_id, at__gte=at - circuit.WINDOW)
        .values("provider")
        .annotate(total=Count("id"), failed=Count("id", filter=Q(verdict__in=FAULTS)))
    }
    figures = []
    for carrier in ports.carriers():
        row, tally = known.get(carrier.name), counted.get(carrier.name, {"total": 0, "failed": 0})
        figures.append(
            ProviderFigure(
                name=carrier.name,
                channel=carrier.channel,
                state=CircuitState(row.state) if row else CircuitState.CLOSED,
                since_at=row.since_at if row else None,
                probe_at=row.probe_at if row else None,
                last_code=row.last_code if row else "",
                well=tally["total"] - tally["failed"],
                failed=tally["failed"],
            )
        )
    return figures


def get_money(agency_id: int, on: dt.date) -> MoneyFigure:
    """Return what was spent on a day, and what may be."""
    spent: dict[int | None, int] = dict(Spending.objects.filter(on=on).values_list("agency_id", "spent_vnd"))
    caps: dict[int | None, int] = dict(DailyCap.objects.values_list("agency_id", "daily_vnd"))
    return MoneyFigure(spent.get(agency_id, 0), caps.get(agency_id), spent.get(None, 0), caps.get(None))


def list_stuck(agency_id: int, states: list[DeliveryState]) -> Drawn[Delivery, StuckFigure]:
    """Return the deliveries in some states, the newest first."""
    rows = Delivery.objects.filter(agency_id=agency_id, state__in=states).select_related("message")
    found = rows.defer("address", "message__letter", "message__given").order_by("-queued_at", "-id")
    return Drawn(found, _stuck)


def _stuck(rows: Sequence[Delivery]) -> list[StuckFigure]:
    return [
        StuckFigure(
            delivery_card(row), row.message.object_type, _title(row.message.template), row.message.told_at,
            row.message_id,
        )
        for row in rows
    ]  # fmt: skip


def _title(code: str) -> str:
    template = find_template(code)
    return template.name if template else code
