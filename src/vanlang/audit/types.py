from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class ActorRef(Protocol):
    """Who acts, as far as the log needs it. `identity.Actor` is one."""

    @property
    def kind(self) -> Any: ...
    @property
    def account_id(self) -> int | None: ...
    @property
    def person_id(self) -> uuid.UUID | None: ...
    @property
    def appointment_id(self) -> int | None: ...
    @property
    def agency_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One line of the log."""

    id: int
    kind: str
    at: dt.datetime
    act: str
    actor_kind: str
    account_id: int | None
    appointment_id: int | None
    agency_id: int | None
    object_type: str
    object_id: str
    purpose: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One act, as `record_act` is told of it."""

    act: str
    actor: ActorRef
    object_type: str
    object_id: object
    at: dt.datetime
    facts: Mapping[str, object]
