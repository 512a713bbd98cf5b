"""
What becomes of a delivery after a provider said something, or after its worker died.

A provider that cannot be reached uses up no tries: a day's outage loses nothing. One that answers and does not take the
parcel is asked again later and later, `MOST_TRIES` times.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from vanlang.notifications.types import DeliveryState, Importance, ProviderVerdict

FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(seconds=30), dt.timedelta(hours=1)
JITTER_PERCENT = 20
MOST_TRIES = 12
SLOWER = dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Fate:
    """What a delivery becomes."""

    state: DeliveryState
    next_at: dt.datetime | None = None
    reason: str = ""
    uses_a_try: bool = False
    costs: bool = False
    """Whether the provider has earned its money, or may have."""
    another_way: bool = False
    """Whether the message should go another way now."""
    bad_address: bool = False


def fate_of(
    verdict: ProviderVerdict, *, importance: Importance, tries: int, delivery_id: uuid.UUID, at: dt.datetime
) -> Fate:
    """Return what becomes of a delivery that was tried `tries` times before."""
    match verdict:
        case ProviderVerdict.ACCEPTED:
            return Fate(DeliveryState.SENT, costs=True)
        case ProviderVerdict.UNREACHABLE:
            return Fate(DeliveryState.QUEUED, at, "notifications.all_providers_down")
        case ProviderVerdict.THROTTLED:
            return Fate(DeliveryState.QUEUED, at + SLOWER)
        case ProviderVerdict.TEMPORARY:
            return _again(tries + 1, delivery_id, at)
        case ProviderVerdict.UNCLEAR:
            return after_unclear(importance, tries=tries, delivery_id=delivery_id, at=at)
        case ProviderVerdict.BAD_ADDRESS:
            return Fate(
                DeliveryState.FAILED, reason="notifications.bad_address", another_way=True, bad_address=True
            )
        case ProviderVerdict.REFUSED:
            return Fate(DeliveryState.FAILED, reason="notifications.refused", another_way=True)


def after_unclear(importance: Importance, *, tries: int, delivery_id: uuid.UUID, at: dt.datetime) -> Fate:
    """Return what becomes of a delivery that may or may not have been taken: what matters is said again, a reminder is not."""
    if importance is Importance.TRANSACTIONAL:
        again = _again(tries + 1, delivery_id, at)
        return Fate(
            again.state,
            again.next_at,
            again.reason,
            uses_a_try=True,
            costs=True,
            another_way=again.another_way,
        )
    return Fate(DeliveryState.FAILED, reason="notifications.unclear", costs=True)


def pause_before(attempt: int, delivery_id: uuid.UUID) -> dt.timedelta:
    """Return how long to wait before the next try after `attempt` tries: doubled each time, one hour at most, ± 20 %."""
    whole = min(FIRST_PAUSE * 2 ** min(max(attempt, 1) - 1, 20), LONGEST_PAUSE)
    digest = hashlib.sha256(f"{delivery_id}/{attempt}".encode()).digest()
    share = (
        int.from_bytes(digest[:4], "big") / 0xFFFFFFFF
    )  # the same for the same try: nothing here rolls dice
    return dt.timedelta(seconds=whole.total_seconds() * (1 + (2 * share - 1) * JITTER_PERCENT / 100))


def _again(tries: int, delivery_id: uuid.UUID, at: dt.datetime) -> Fate:
    if tries >= MOST_TRIES:
        return Fate(
            DeliveryState.FAILED, reason="notifications.tried_enough", uses_a_try=True, another_way=True
        )
    return Fate(DeliveryState.QUEUED, at + pause_before(tries, delivery_id), uses_a_try=True)
