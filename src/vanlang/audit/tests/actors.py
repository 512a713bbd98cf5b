from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Somebody:
    """An actor for tests of the lower floors, which know nothing of identity."""

    kind: str = "officer"
    account_id: int | None = 5
    person_id: uuid.UUID | None = None
    appointment_id: int | None = 9
    agency_id: int | None = 3


SOMEBODY = Somebody()
