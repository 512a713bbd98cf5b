from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class FileFoundInfected(Event):
    """The scanner found a virus in a file that had been stored before it could answer."""

    name: ClassVar[str] = "files.found_infected"

    file_id: UUID
