from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum


class PageWarning(StrEnum):
    """What an officer should look at before a page is filed. Only warnings: the officer decides."""

    BLANK = "blank"
    BLURRED = "blurred"
    COARSE = "coarse"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPageCard:
    """One page of a batch."""

    id: uuid.UUID
    number: int
    """Its place among the pages that are not removed; 0 for a removed one."""
    turn: int
    paper: str
    removed: bool
    dpi: int | None
    is_examined: bool
    warnings: tuple[PageWarning, ...]
    source: str
    """Name of the file that it came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanBatchCard:
    """What an officer is scanning for a dossier."""

    id: uuid.UUID
    dossier_id: uuid.UUID
    opened_at: dt.datetime
    touched_at: dt.datetime
    other_name: str
    pages: tuple[ScanPageCard, ...]
    """In order; removed ones last."""

    @property
    def kept(self) -> tuple[ScanPageCard, ...]:
        return tuple(page for page in self.pages if not page.removed)

    @property
    def removed(self) -> tuple[ScanPageCard, ...]:
        return tuple(page for page in self.pages if page.removed)

    @property
    def unexamined(self) -> int:
        return sum(not page.is_examined for page in self.kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChoice:
    """A paper that pages can be filed as."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What the page of a batch says when it is sent: everything that was typed and chosen."""

    order: dict[uuid.UUID, str]
    turns: dict[uuid.UUID, int]
    papers: dict[uuid.UUID, str]
    removed: frozenset[uuid.UUID]
    other_name: str
