"""What is told to other systems and heard from them, and how that stands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Flow(StrEnum):
    """How messages of one kind follow each other."""

    SNAPSHOT = "snapshot"
    """Each says everything: only the newest counts."""
    STEP = "step"
    """Each says what was added: all are told, in order."""


class OutgoingState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SUPERSEDED = "superseded"
    """A newer snapshot says more."""
    DEAD = "dead"
    """A person must look at it; nothing of its stream overtakes it."""
    DROPPED = "dropped"
    """Given up by a person, with a reason."""


class IncomingState(StrEnum):
    ARRIVED = "arrived"
    APPLIED = "applied"
    DEAD = "dead"
    DROPPED = "dropped"


class SystemVerdict(StrEnum):
    """What became of one message that was sent."""

    TAKEN = "taken"
    REFUSED = "refused"
    """The other side will never take it as it is."""
    UNFIT = "unfit"
    """We may not send it as it is: it was not sent."""
    TEMPORARY = "temporary"
    UNREACHABLE = "unreachable"
    """No connection: nothing was used up."""
    UNCLEAR = "unclear"
    """It broke, or answered nonsense, after it was asked: it may have been taken."""
    HELD = "held"
    """It was not sent: what comes before it in its stream is not settled, or the line broke before its turn."""


@dataclass(frozen=True, slots=True)
class System:
    """An outside system, as people know it."""

    code: str
    """ "national_portal": short, stable, in every row."""
    name: str
    """Vietnamese, for pages."""
    does: str
    """One Vietnamese sentence: what flows."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Kinds of messages as people call them, Vietnamese."""

    def name_of(self, kind: str) -> str:
        """Return what people call a kind of messages; the kind itself where nobody named it."""
        return self.kinds.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Due:
    """One row of the outbox whose turn it is: what must be told, not what is said."""

    id: int
    kind: str
    stream: str
    number: int
    round: int
    """0 the first time; more when it is told again on request."""
    told_at: dt.datetime
    tries: int
    may_be_there: bool = False
    """It was tried before, told before, or its worker died over it: what only adds must look before it adds again."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one row."""

    id: int
    verdict: SystemVerdict
    code: str = ""
    """The other side's own code, or ours for what is unfit (`rules.reasons`); never its text, which may name people."""
    digest: bytes = b""
    """SHA-256 of what was sent."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An incoming message is kept: now, or since an earlier time."""

    id: int
    is_new: bool
    state: IncomingState


@dataclass(frozen=True, slots=True)
class Arrival:
    """One incoming message whose turn it is."""

    id: int
    system: str
    kind: str
    external_id: str
    content: dict[str, object]
    arrived_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter, as a person sees it. No content."""

    id: int
    is_incoming: bool
    system: str
    kind: str
    stream: str
    number: int
    reason: str
    tries: int
    since_at: dt.datetime
    blocks: int = 0
    """Rows of the same stream that wait behind it."""


@dataclass(frozen=True, slots=True)
class Hour:
    """Calls of one hour."""

    starts_at: dt.datetime
    well: int
    failed: int


@dataclass(frozen=True, slots=True)
class SystemFigure:
    """How one system is, and what waits for it."""

    system: System
    state: str
    since_at: dt.datetime | None
    probe_at: dt.datetime | None
    last_code: str
    last_well_at: dt.datetime | None
    waiting: int
    oldest_at: dt.datetime | None
    """When the oldest message that waits was told."""
    to_apply: int
    dead: int
    sent_today: int
    hours: tuple[Hour, ...] = field(default=())
    """The last 24, oldest first."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an outgoing row is about: the stream is a dossier, a payment, a petition."""

    kind: str
    stream: str
    number: int
    agency_id: int | None = None

    @classmethod
    def of(cls, kind: str, object_id: uuid.UUID | str, number: int, agency_id: int | None = None) -> Subject:
        """Return the subject of `kind` for the movement `number` of an object."""
        return cls(kind, str(object_id), number, agency_id)
