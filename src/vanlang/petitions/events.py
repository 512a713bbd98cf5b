from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import ClassVar

from vanlang.kernel.events import Event, event_type


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionEvent(Event):
    """What happened to a petition; `number` is its version after the act."""

    petition_id: uuid.UUID
    number: int


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFiled(PetitionEvent):
    name: ClassVar[str] = "petitions.filed"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAccepted(PetitionEvent):
    name: ClassVar[str] = "petitions.accepted"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionSupplementAsked(PetitionEvent):
    name: ClassVar[str] = "petitions.supplement_asked"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAnswered(PetitionEvent):
    name: ClassVar[str] = "petitions.answered"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionPublished(PetitionEvent):
    """The public version stands for everybody."""

    name: ClassVar[str] = "petitions.published"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionClosed(PetitionEvent):
    """Refused, returned, referred or merged: no answer of its own will come."""

    name: ClassVar[str] = "petitions.closed"


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionSecretReissued(PetitionEvent):
    """The sender got a new secret at a counter; the old one is dead."""

    name: ClassVar[str] = "petitions.secret_reissued"
