from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class NoticeChannel(StrEnum):
    """By which way a message reaches somebody. The list of messages on our own pages needs none of them."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    """Web push to a browser that its owner subscribed."""
    MESSENGER = "messenger"
    """An official account of a messaging service, by telephone number."""


class NoticeKind(StrEnum):
    """What a message is for: decides what may be switched off, and what may be lost."""

    DUTY = "duty"
    """The reader must act, or a right of theirs is touched: supplement, refusal, new appointment, stop."""
    PROGRESS = "progress"
    """Where the dossier is: received, ready, delivered."""
    REMINDER = "reminder"
    """Said once more; worth nothing after its day."""
    DIGEST = "digest"
    """An officer's day in one message."""


class Importance(StrEnum):
    """How hard we try."""

    TRANSACTIONAL = "transactional"
    """Tried until it is through; after a crash in mid-send tried again, at the price of a second copy."""
    REMINDER = "reminder"
    """After a crash in mid-send left as it is: better once too few than twice."""
    DIGEST = "digest"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    HELD_QUIET = "held_quiet"
    """Held until the quiet hours end."""
    HELD_CAP = "held_cap"
    """Held because the day's money is spent."""
    SENDING = "sending"
    """Claimed by a worker; if it dies, the claim runs out."""
    SENT = "sent"
    """The provider accepted it."""
    DELIVERED = "delivered"
    """The provider says that it arrived."""
    FAILED = "failed"
    """Failed for good."""
    EXPIRED = "expired"
    """Its use was over before it could be sent."""


WAITING = frozenset({DeliveryState.QUEUED, DeliveryState.HELD_QUIET, DeliveryState.HELD_CAP})
"""States that a worker takes from when their time has come."""
OVER = frozenset({DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.EXPIRED})


class ProviderVerdict(StrEnum):
    """What a provider made of one parcel."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    """It answered, and could not now."""
    THROTTLED = "throttled"
    """Too fast: the provider is well."""
    UNREACHABLE = "unreachable"
    """No connection, or it broke before the parcel was handed over: the parcel's tries are not used up."""
    UNCLEAR = "unclear"
    """It broke, or answered nonsense, after the parcel was handed over: it may have been taken."""
    BAD_ADDRESS = "bad_address"
    """There is nobody at this address: the address's fault, not the provider's."""
    REFUSED = "refused"
    """The provider will never take this parcel."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: a person or an officer's account, with the addresses that this matter gave, if any."""

    person_id: uuid.UUID | None = None
    account_id: int | None = None
    phone: str = field(default="", repr=False)
    """Given with the matter (on the form of a dossier); empty takes the person's own."""
    email: str = field(default="", repr=False)

    @classmethod
    def person(cls, person_id: uuid.UUID, *, phone: str = "", email: str = "") -> Recipient:
        return cls(person_id=person_id, phone=phone, email=email)

    @classmethod
    def account(cls, account_id: int) -> Recipient:
        """An officer: told by the account's e-mail address and the browsers it subscribed."""
        return cls(account_id=account_id)

    @property
    def key(self) -> str:
        return f"person:{self.person_id}" if self.person_id else f"account:{self.account_id}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where somebody can be reached. Personal data."""

    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    """Normalised: 84 and nine digits; empty when it is no Vietnamese mobile number."""
    has_push: bool = False


@dataclass(frozen=True, slots=True)
class Preference:
    """What somebody wants of one kind."""

    kind: NoticeKind
    channels: frozenset[NoticeChannel]
    is_default: bool = True


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody can be reached now, for the counter and for their own page. Addresses are masked."""

    email: str = ""
    phone: str = ""
    push: int = 0
    """Browsers subscribed."""
    bad: tuple[BadAddressCard, ...] = ()

    @property
    def is_reachable(self) -> bool:
        return bool(self.email or self.phone or self.push)


@dataclass(frozen=True, slots=True)
class BadAddressCard:
    """An address at which nobody was found: ask for another."""

    channel: NoticeChannel
    hint: str
    """Masked."""
    since_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DeliveryCard:
    """One way that one message took."""

    id: uuid.UUID
    channel: NoticeChannel
    state: DeliveryState
    hint: str
    """The address, masked."""
    reason: str
    """Code of what is in the way, or empty."""
    provider: str
    tries: int
    cost_vnd: int
    next_at: dt.datetime | None
    sent_at: dt.datetime | None
    finished_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class MessageCard:
    """One thing that one person was told."""

    id: uuid.UUID
    event: str
    object_type: str
    object_id: str
    template: str
    title: str
    """The template's name for people."""
    kind: NoticeKind
    agency_id: int
    token: str
    link: str
    told_at: dt.datetime
    read_at: dt.datetime | None
    deliveries: tuple[DeliveryCard, ...]
    person_id: uuid.UUID | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person was told, word for word: kept as it was said, whatever becomes of its template."""

    subject: str
    greeting: str = field(repr=False)
    paragraphs: tuple[str, ...] = field(repr=False)
    do_now: str
    link_text: str
    link: str
    agency: str
    agency_contact: str
    stop_link: str
    short: str = field(repr=False)
    """Text message and push notice."""


Values = Mapping[str, object]
