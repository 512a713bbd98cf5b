"""What happens before a dossier is received, told to whoever listens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import ClassVar

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn(Event):
    """A visitor's dossier was taken in at the counter: which visit (a ticket of the queue), which dossier."""

    name: ClassVar[str] = "intake.taken_in"
    visit_id: uuid.UUID
    dossier_id: uuid.UUID
    agency_id: int
