"""Where somebody can be reached, and what they want."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from vanlang.identity.api import find_contact, get_person
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.sealing import mark
from vanlang.notifications.models import BadAddress, ChannelPreference, PushSubscription
from vanlang.notifications.rules import masking, phones
from vanlang.notifications.rules.ways import DEFAULTS
from vanlang.notifications.types import (
    Addresses,
    BadAddressCard,
    NoticeChannel,
    NoticeKind,
    Preference,
    Reach,
    Recipient,
)

P = ParamSpec("P")
R = TypeVar("R")


def as_system(question: Callable[P, R]) -> Callable[P, R]:
    """Ask a question about exactly one recipient's rows as the system: an officer's account is nobody's person to the database."""

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting(Scope.system()):
            return question(*args, **kwargs)

    return asked


def addresses_of(recipient: Recipient) -> Addresses:
    """Return the addresses of a recipient: those given with the matter before those that the house knows."""
    if recipient.person_id is not None:
        person = get_person(recipient.person_id)
        name, email, phone = person.full_name, person.email, person.phone
    else:
        contact = find_contact(recipient.account_id or 0)
        name, email, phone = (contact.name, contact.email, "") if contact else ("", "", "")
    return Addresses(
        name=name,
        email=(recipient.email or email).strip(),
        phone=phones.mobile(recipient.phone) or phones.mobile(phone),
        has_push=PushSubscription.objects.filter(**owner(recipient)).exists(),
    )


def bad_channels(addresses: Addresses) -> frozenset[NoticeChannel]:
    """Return the ways on which nobody was found at these addresses."""
    marks = [mark(address) for address in (addresses.email, addresses.phone) if address]
    found = BadAddress.objects.filter(address_mark__in=marks).values_list("channel", flat=True)
    return frozenset(NoticeChannel(channel) for channel in found)


@as_system
def preferences_of(recipient: Recipient) -> Mapping[NoticeKind, Preference]:
    """Return what somebody wants of every kind; the house's defaults where they chose nothing."""
    chosen = {
        NoticeKind(row.kind): frozenset(NoticeChannel(channel) for channel in row.channels)
        for row in ChannelPreference.objects.filter(**owner(recipient))
    }
    return {
        kind: Preference(kind, chosen.get(kind, DEFAULTS[kind]), is_default=kind not in chosen)
        for kind in NoticeKind
    }


@as_system
def reach_of(recipient: Recipient) -> Reach:
    """Return how somebody can be reached, masked, and at which of their addresses nobody was found."""
    addresses = addresses_of(recipient)
    email, phone = addresses.email, addresses.phone
    by_mark = {mark(address): address for address in (email, phone) if address}
    bad = BadAddress.objects.filter(address_mark__in=by_mark).order_by("since_at", "address_mark")
    return Reach(
        email=masking.hint(NoticeChannel.EMAIL, email) if email else "",
        phone=masking.hint(NoticeChannel.SMS, phone) if phone else "",
        push=PushSubscription.objects.filter(**owner(recipient)).count(),
        bad=tuple(BadAddressCard(NoticeChannel(row.channel), row.hint, row.since_at) for row in bad),
    )


def owner(recipient: Recipient) -> dict[str, Any]:
    """Return the columns that say whose a row is."""
    return {"person_id": recipient.person_id, "account_id": recipient.account_id}
