"""By which ways a message goes: what its reader wants, where they can be reached, and what it costs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vanlang.kernel.errors import Refusal
from vanlang.notifications.types import Addresses, Importance, NoticeChannel, NoticeKind

EMAIL, SMS, PUSH, MESSENGER = (
    NoticeChannel.EMAIL, NoticeChannel.SMS, NoticeChannel.PUSH, NoticeChannel.MESSENGER,
)  # fmt: skip

IMPORTANCE: Mapping[NoticeKind, Importance] = {
    NoticeKind.DUTY: Importance.TRANSACTIONAL,
    NoticeKind.PROGRESS: Importance.TRANSACTIONAL,
    NoticeKind.REMINDER: Importance.REMINDER,
    NoticeKind.DIGEST: Importance.DIGEST,
}
DEFAULTS: Mapping[NoticeKind, frozenset[NoticeChannel]] = {
    NoticeKind.DUTY: frozenset({EMAIL, SMS, PUSH}),
    NoticeKind.PROGRESS: frozenset({EMAIL, SMS, PUSH}),
    NoticeKind.REMINDER: frozenset({EMAIL, SMS, PUSH}),
    NoticeKind.DIGEST: frozenset({EMAIL, PUSH}),
}
"""What holds until somebody chooses. The messenger is only for those who asked for it: its service is a third party."""

FREE = (EMAIL, PUSH)
PAID = (MESSENGER, SMS)
"""The cheaper first; one of them at most carries a message."""
ORDER = (*FREE, *PAID)


def reachable(addresses: Addresses, *, bad: Collection[NoticeChannel] = ()) -> frozenset[NoticeChannel]:
    """Return the ways on which somebody has an address at which somebody was not yet missed."""
    held = {
        EMAIL: bool(addresses.email),
        SMS: bool(addresses.phone),
        MESSENGER: bool(addresses.phone),
        PUSH: addresses.has_push,
    }
    return frozenset(channel for channel, has in held.items() if has and channel not in bad)


def choose(
    kind: NoticeKind, *, wanted: Collection[NoticeChannel], within_reach: Collection[NoticeChannel]
) -> tuple[NoticeChannel, ...]:
    """
    Return the ways a message of `kind` goes, the first tried first; none when its reader cannot be reached or does not want it.

    A duty goes by every free way and by one paid way. Everything else goes by the free ways, and by a paid one only where
    no free one leads. A duty whose reader switched off every way that leads to them goes by one that does lead.
    """
    open_ways = frozenset(wanted) & frozenset(within_reach)
    if kind is NoticeKind.DUTY and not open_ways:
        open_ways = frozenset(
            [channel for channel in ORDER if channel in within_reach and channel is not MESSENGER][:1]
        )
    free = [channel for channel in FREE if channel in open_ways]
    paid = [channel for channel in PAID if channel in open_ways][:1]
    return tuple([*free, *paid] if kind is NoticeKind.DUTY or not free else free)


def instead(
    kind: NoticeKind,
    *,
    failed: Collection[NoticeChannel],
    wanted: Collection[NoticeChannel],
    within_reach: Collection[NoticeChannel],
) -> NoticeChannel | None:
    """Return the way to take when `failed` led nowhere, or None when none is left. A reminder is not said a second way."""
    if IMPORTANCE[kind] is not Importance.TRANSACTIONAL:
        return None
    left = frozenset(within_reach) - frozenset(failed)
    chosen = choose(kind, wanted=frozenset(wanted) & left, within_reach=left)
    return chosen[0] if chosen else None


def may_prefer(kind: NoticeKind, channels: Collection[NoticeChannel]) -> Refusal | None:
    """Say why somebody may not choose `channels` for `kind`: what touches a right is told by one way at least."""
    if kind is NoticeKind.DUTY and not frozenset(channels) & {EMAIL, SMS, PUSH, MESSENGER}:
        return Refusal("notifications.duty_needs_a_channel")
    return None
