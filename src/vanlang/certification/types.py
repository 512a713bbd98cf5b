"""Words of certification: what is brought, what stands in the book, what is printed on a copy."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from vanlang.documents.api import Head, PaperData, Signer


class EntryState(StrEnum):
    """How far one original is."""

    WAITING = "waiting"
    """Taken in; no number yet. An electronic copy gets its number with the leader's signature."""
    ENTERED = "entered"
    """In the book, with number and day."""
    CANCELLED = "cancelled"
    """Struck out by a dated note; the line stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtOriginal:
    """One original over the counter, and how many certified copies of it are asked for."""

    name: str
    pages: int
    copies: int
    """On paper; 0 when only an electronic copy is asked for."""
    number: str = ""
    issuer: str = ""
    electronic: bool = False
    scan: tuple[str, bytes] | None = None
    """Name and content of the scanned original, for an electronic copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One person's visit to the counter."""

    request_id: uuid.UUID
    """Made with the page: pressed twice, the visit is taken in once."""
    full_name: str
    specialist_id: int
    """The appointment that compares the copies and enters them in the book."""
    originals: tuple[BroughtOriginal, ...]
    personal_id: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    """One original with its copies, as far as it is."""

    id: uuid.UUID
    request_id: uuid.UUID
    state: EntryState
    name: str
    document_number: str
    issuer: str
    pages: int
    copies: int
    electronic: bool
    fee_vnd: int | None
    """None: the catalogue has no confirmed fee, and nothing is made up."""
    dossier_id: uuid.UUID
    number: int | None
    certified_on: dt.date | None
    signer: str
    cancelled_at: dt.datetime | None
    cancel_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """One visit with its originals. Personal data: the read was written before this was made."""

    id: uuid.UUID
    agency_id: int
    requester: str
    personal_id: str
    taken_in_at: dt.datetime
    due_at: dt.datetime
    specialist_id: int
    entries: tuple[EntryCard, ...]

    @property
    def copies(self) -> int:
        return sum(one.copies for one in self.entries if one.state is not EntryState.CANCELLED)

    @property
    def fee_vnd(self) -> int | None:
        """What the visit comes to; None as soon as one fee is not known."""
        fees = [one.fee_vnd for one in self.entries if one.state is not EntryState.CANCELLED]
        known = [fee for fee in fees if fee is not None]
        return sum(known) if len(known) == len(fees) else None

    @property
    def waiting(self) -> tuple[EntryCard, ...]:
        return tuple(one for one in self.entries if one.state is EntryState.WAITING)

    @property
    def entered(self) -> tuple[EntryCard, ...]:
        return tuple(one for one in self.entries if one.state is EntryState.ENTERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One visit in a list. The name is masked."""

    id: uuid.UUID
    requester: str
    taken_in_at: dt.datetime
    due_at: dt.datetime
    originals: int
    copies: int
    waiting: int
    """How many originals have no number yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One line of the certification book. None and "" where the number was taken for a paper that left no details here."""

    number: int
    on: dt.date
    requester: str
    document: str
    pages: int | None
    copies: int | None
    signer: str
    fee_vnd: int | None
    electronic: bool
    void_note: str
    voided_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The words of certification on one copy."""

    number: str
    document: str
    pages: int
    copy: int
    """Which of the copies of this original: 1, 2, 3, …"""
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StampSheet(PaperData):
    """Pages to be printed over the copies, in the order in which they lie in the printer: one page a copy."""

    template: ClassVar[str] = "certification/stamps.typ"

    head: Head
    signer: Signer
    certified_on: dt.date
    volume: str
    x_mm: float
    """Left edge of the words of certification from the left edge of the page."""
    y_mm: float
    """Upper edge from the upper edge of the page."""
    width_mm: float
    height_mm: float
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPaper(PaperData):
    """The certification book of a period, printed."""

    template: ClassVar[str] = "certification/book.typ"

    head: Head
    volume: str
    from_on: dt.date
    last_on: dt.date
    printed_on: dt.date
    lines: tuple[BookLine, ...]
