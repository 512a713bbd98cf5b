"""A letter that was finished in Word, and the templates it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from vanlang.documents.types.outcomes import OutcomeData


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """Units: PDF points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where on a page that was finished elsewhere a fact is printed. Units: PDF points from the upper left corner."""

    kind: str
    """"number", "day", "signer" or "code"."""
    page: int
    """Counted from 1."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPaper(OutcomeData):
    """What is printed over the pages of a PDF that the specialist brought: number, day, room for the signature, the code."""

    template: ClassVar[str] = "documents/outcomes/written-paper.typ"

    title: str
    pages: tuple[PageSize, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTemplateCard:
    """A Word template of an agency for a procedure."""

    id: UUID
    procedure_code: str
    case_title: str
    """Empty: for every case."""
    name: str
    version: int
    fields: tuple[str, ...]
    saved_at: datetime
