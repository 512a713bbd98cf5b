from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum


class ScanState(StrEnum):
    """What the virus scanner said of a stored file."""

    CLEAN = "clean"
    UNSCANNED = "unscanned"
    """The scanner did not answer; a job asks again. The counter was not kept waiting."""
    NO_SCANNER = "no_scanner"
    """This installation has none."""
    INFECTED = "infected"
    """Found after it was stored: kept as evidence, never handed out."""


@dataclass(frozen=True, slots=True)
class FileCard:
    """A stored file, without its content."""

    id: uuid.UUID
    name: str
    sha256: str
    size_bytes: int
    content_type: str
    pages: int | None
    scan_state: ScanState
    created_at: dt.datetime
    uploaded_by: int | None
    """Account id; None for what the house made itself."""

    @property
    def is_shown_in_page(self) -> bool:
        """Whether a browser may show it beside the form, rather than save it."""
        return self.content_type == "application/pdf" or self.content_type.startswith("image/")

    @property
    def may_be_opened(self) -> bool:
        return self.scan_state is not ScanState.INFECTED
