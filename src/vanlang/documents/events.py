from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReleased(Event):
    """The registry clerk put an outcome in force: it may be delivered."""

    name: ClassVar[str] = "documents.outcome_released"

    outcome_id: UUID
    agency_id: int
