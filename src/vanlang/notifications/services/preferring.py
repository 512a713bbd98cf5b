"""What people want: by which ways, in which browsers, and nothing more of a kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.sealing import mark
from vanlang.notifications.errors import AddressError, PreferenceError
from vanlang.notifications.models import ChannelPreference, PushSubscription
from vanlang.notifications.queries.links import StopOrder
from vanlang.notifications.queries.people import owner
from vanlang.notifications.rules import push, ways
from vanlang.notifications.types import NoticeChannel, NoticeKind, Recipient


@transaction.atomic
def set_preference(
    *, recipient: Recipient, kind: NoticeKind, channels: Collection[NoticeChannel], at: dt.datetime
) -> None:
    """
    Keep by which ways somebody wants messages of `kind`.

    Raises: PreferenceError when every way of a duty is switched off.
    """
    refuse_if(ways.may_prefer(kind, channels), PreferenceError)
    with acting(Scope.system()):
        ChannelPreference.objects.update_or_create(
            **owner(recipient),
            kind=kind,
            defaults={"channels": sorted(channels), "changed_at": at},
        )


@transaction.atomic
def stop(*, order: StopOrder, at: dt.datetime) -> bool:
    """Switch off every way of one kind for whoever holds its link; return False for a kind that is a duty."""
    if ways.may_prefer(order.kind, ()) is not None:
        return False
    set_preference(recipient=order.recipient, kind=order.kind, channels=(), at=at)
    return True


@transaction.atomic
def subscribe_browser(*, recipient: Recipient, subscription: Mapping[str, Any], at: dt.datetime) -> None:
    """
    Keep the subscription of a browser; the same browser of another owner changes hands.

    Raises: AddressError when it is no subscription, or leads to a push service that we do not know.
    """
    refuse_if(push.may_subscribe(subscription, hosts=settings.VANLANG_PUSH_HOSTS), AddressError)
    endpoint = str(subscription["endpoint"])
    kept = {"endpoint": endpoint, "keys": dict(subscription["keys"])}
    with acting(Scope.system()):
        PushSubscription.objects.update_or_create(
            endpoint_mark=mark(endpoint),
            defaults={**owner(recipient), "subscription": kept, "added_at": at},
        )


@transaction.atomic
def unsubscribe_browser(*, recipient: Recipient, endpoint: str) -> None:
    """Forget a browser of `recipient`; nothing happens when it is not theirs."""
    with acting(Scope.system()):
        PushSubscription.objects.filter(**owner(recipient), endpoint_mark=mark(endpoint)).delete()
