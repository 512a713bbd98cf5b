from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPublished(Event):
    """A version of a procedure was published; it may come into force on a later day."""

    name: ClassVar[str] = "catalogue.version_published"
    procedure_code: str
    version_id: int
