"""What happens before a dossier is received, told to whoever listens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import ClassVar

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn(Event):
    """A dossier was taken in at the counter: with which visit it came, and whether its result goes back by post."""

    name: ClassVar[str] = "intake.taken_in"
    visit_id: uuid.UUID | None
    """A ticket of the queue, or an envelope; None when there was neither."""
    dossier_id: uuid.UUID
    agency_id: int
    by_post: bool = False
