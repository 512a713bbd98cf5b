"""
Sending: the outbox, emptied in batches by as many workers as there are.

    expire    what has lost its use is not sent
    claim     a batch, by SELECT … FOR UPDATE SKIP LOCKED; committed, so that nobody else takes it
    carry     hand it over, outside any transaction; what becomes of it is remembered ten at a time
    settle    attempts, states, money and the provider's health, in one transaction

A worker that dies while it carries leaves its claim to run out (`LEASE`): what matters is then sent again with the same
reference, a reminder is left (`rules/fates.py`). With all providers of a channel ill nothing is claimed: a day's outage
costs not one write, and afterwards everything is there.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.models import Delivery, PushSubscription
from vanlang.notifications.ports import Carried, Carrier, Parcel
from vanlang.notifications.queries.messages import letter_of
from vanlang.notifications.rules import fates, hours, ways
from vanlang.notifications.services import health, settling, spending
from vanlang.notifications.types import WAITING, DeliveryState, NoticeChannel, NoticeKind, ProviderVerdict

BATCH, REMEMBERED = 50, 10
LEASE = dt.timedelta(minutes=5)
"""Longer than any batch takes: providers are asked with time limits."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of one channel did."""

    tried: int = 0
    looked_at: int = 0
    """What was due: also what was then held."""
    is_slowed: bool = False
    """The provider asked to go slower."""
    is_stuck: bool = False
    """No provider of the channel is well, or none is declared."""

    @property
    def goes_on(self) -> bool:
        """Whether another round may find more to do now."""
        return self.looked_at > 0 and not self.is_slowed


def send_round(*, channel: NoticeChannel, carriers: Sequence[Carrier], at: dt.datetime) -> Round:
    """Send one batch of a channel by its first provider that is well."""
    expire(at=at)
    found = health.first_well(carriers, at, batch=BATCH)
    if found is None:
        return Round(is_stuck=True)
    carrier, room = found
    looked_at, claimed = claim(channel=channel, at=at, room=room)
    parcels, rows = _parcels(claimed, at), {str(row.pk): row for row in claimed}
    slowed = False
    for results in _in_tens(carrier.carry(parcels)):
        slowed = slowed or any(result.verdict is ProviderVerdict.THROTTLED for result in results)
        settling.settle(carrier, [(rows.pop(result.reference), result) for result in results], at=at)
    settling.confirm(carrier.name, carrier.heard(), at=at)
    settling.put_back(list(rows.values()), at=at + fates.SLOWER if slowed else at)
    return Round(tried=len(parcels), looked_at=looked_at, is_slowed=slowed)


def rest(carriers: Iterable[Carrier], *, at: dt.datetime) -> None:
    """End a run: providers are let go, and what they said meanwhile is remembered."""
    for carrier in carriers:
        carrier.rest()
        settling.confirm(carrier.name, carrier.heard(), at=at)


@transaction.atomic
def expire(*, at: dt.datetime) -> int:
    """Close what has lost its use before it could be sent; return how many."""
    over = Delivery.objects.filter(state__in=WAITING, next_at__lte=at, message__expires_at__lte=at)
    return over.update(
        state=DeliveryState.EXPIRED, next_at=None, finished_at=at, reason="notifications.expired"
    )


@transaction.atomic
def claim(*, channel: NoticeChannel, at: dt.datetime, room: int) -> tuple[int, list[Delivery]]:
    """Return how many were due (at most `room`), and those of them that may leave now: marked as ours, paid for, allowed to sound."""
    due = (
        Delivery.objects.filter(channel=channel, next_at__lte=at)
        .select_related("message")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("next_at", "id")
    )
    looked_at = list(due[:room])
    found = [row for row in looked_at if not _left_by_the_dead(row, at)]
    loud = [row for row in found if _may_sound(row, at)]
    ours = [row for group in _by_agency(loud) for row in _paid_for(group, at)]
    for row in ours:
        row.state, row.next_at = DeliveryState.SENDING, at + LEASE
    Delivery.objects.bulk_update(ours, ["state", "next_at"])
    return len(looked_at), ours


def _left_by_the_dead(row: Delivery, at: dt.datetime) -> bool:
    """Settle a delivery whose worker died while it carried it; return whether that ends it."""
    if row.state != DeliveryState.SENDING:
        return False
    importance = ways.IMPORTANCE[NoticeKind(row.message.kind)]
    fate = fates.after_unclear(importance, tries=row.tries, delivery_id=row.pk, at=at)
    if fate.state is not DeliveryState.FAILED:
        row.tries += 1
        row.save(update_fields=["tries"])
        return False
    settling.finish(row, fate.state, reason=fate.reason, at=at)
    return True


def _may_sound(row: Delivery, at: dt.datetime) -> bool:
    local = at.astimezone(VIETNAM)
    from_at = hours.may_sound_at(local, channel=NoticeChannel(row.channel), urgent=row.message.urgent)
    if from_at <= local:
        return True
    settling.hold(row, DeliveryState.HELD_QUIET, until=from_at, reason="notifications.quiet_hours")
    return False


def _by_agency(rows: Iterable[Delivery]) -> list[list[Delivery]]:
    ordered = sorted(rows, key=lambda row: row.agency_id)
    return [list(group) for _, group in itertools.groupby(ordered, key=lambda row: row.agency_id)]


def _paid_for(rows: list[Delivery], at: dt.datetime) -> list[Delivery]:
    """Return those of one agency's deliveries that the day's money reaches for; hold the others, or send a letter instead."""
    allowed = spending.reserve(agency_id=rows[0].agency_id, costs=[row.cost_vnd for row in rows], at=at)
    for row in rows[allowed:]:
        if not settling.by_letter_instead(row, at=at):
            morning = hours.next_morning(_tomorrow(at))
            settling.hold(row, DeliveryState.HELD_CAP, until=morning, reason="notifications.cap_reached")
    return rows[:allowed]


def _tomorrow(at: dt.datetime) -> dt.datetime:
    """Return the first instant of the next day: money is counted by days."""
    local = at.astimezone(VIETNAM) + dt.timedelta(days=1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _in_tens(results: Iterable[Carried]) -> Iterable[list[Carried]]:
    stream = iter(results)
    while group := list(itertools.islice(stream, REMEMBERED)):
        yield group


def _parcels(rows: Sequence[Delivery], at: dt.datetime) -> list[Parcel]:
    return [_parcel(row, at) for row in rows]


def _parcel(row: Delivery, at: dt.datetime) -> Parcel:
    return Parcel(
        reference=str(row.pk),
        to=row.address or "",
        letter=letter_of(row.message.letter),
        template=row.message.template,
        kind=NoticeKind(row.message.kind),
        at=at,
        subscriptions=_subscriptions(row) if row.channel == NoticeChannel.PUSH else (),
    )


def _subscriptions(row: Delivery) -> tuple[dict[str, object], ...]:
    owned = PushSubscription.objects.filter(person=row.message.person_id, account=row.message.account_id)
    return tuple(found.subscription for found in owned.order_by("id"))
