"""What happens to an outcome document, and its cards: how far it is, its number, its line in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class OutcomeState(StrEnum):
    """How far an outcome is. The table of acts is in `rules/outcomes.py`."""

    DRAFT = "draft"
    """Text may change; no number, no day."""
    NUMBERED = "numbered"
    """Number, day and text are fixed; the signature is under way."""
    SIGNED = "signed"
    """Signed by the leader; waits for the registry clerk."""
    RELEASED = "released"
    """In force, may be delivered."""
    VOID = "void"
    """Numbered, but never in force: the number stays in the register with the reason."""


class OutcomeAct(StrEnum):
    """What may be done with an outcome."""

    REVISE = "revise"
    NUMBER = "number"
    ATTACH_SIGNED = "attach_signed"
    RELEASE = "release"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A number taken from a book: it is in the register from now on, used or void."""

    number: int
    symbol: str
    """As printed after "Số: ": "05/QĐ-UBND"."""
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCard:
    """An outcome document, without its text."""

    id: UUID
    agency_id: int
    book_kind: str
    title: str
    state: OutcomeState
    symbol: str
    """Empty while a draft."""
    issued_on: date | None
    file_id: UUID | None
    """The signed PDF; while NUMBERED the PDF to be signed."""
    signer: str = ""
    """Name of the leader who signs, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line of the register of outgoing documents."""

    number: int
    symbol: str
    issued_on: date
    title: str
    signer: str
    recipients: tuple[str, ...]
    void_reason: str
    """Empty for a number in use."""
    voided_at: datetime | None = None
