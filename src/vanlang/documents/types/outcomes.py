"""Outcomes as they are set: number and day are None until the leader signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from vanlang.documents.types.page import Head, PaperData, Qr, Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeData(PaperData):
    """What every outcome shares. Drafted without number and day; both are filled in the act of numbering."""

    head: Head
    signer: Signer
    number: str | None = None
    """The symbol: "15/TLKS-UBND"."""
    issued_on: date | None = None
    verification: Qr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One "Điều"; its number is counted by the template."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLetter(OutcomeData):
    """Decision, notice, or official letter (`kind` None)."""

    template: ClassVar[str] = "documents/outcomes/decision-letter.typ"

    abstract: str
    kind: str | None = None
    """"Quyết định", "Thông báo"; None for a công văn."""
    addressees: tuple[str, ...] = ()
    authority: str | None = None
    """Who decides, above the grounds: "Chủ tịch Ủy ban nhân dân phường Việt Trì"."""
    grounds: tuple[str, ...] = ()
    resolving: str | None = None
    """"Quyết định:" between grounds and articles."""
    paragraphs: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    recipients: tuple[str, ...] = ("Như trên",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of an extract; a value of None prints a dotted blank."""

    label: str
    value: str | None
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts about one subject."""

    facts: tuple[Fact, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract(OutcomeData):
    """Trích lục, giấy xác nhận, giấy chứng nhận: facts from a register."""

    template: ClassVar[str] = "documents/outcomes/extract.typ"

    kind: str
    groups: tuple[FactGroup, ...]
    note: str | None = None
    """Under the name: "(Bản sao)"."""
    opening: str | None = None
    source: str | None = None
    """Which register, volume and number the facts come from."""
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The paper that was copied."""

    name: str
    pages: int
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedCopy(OutcomeData):
    """Lời chứng thực bản sao từ bản chính."""

    template: ClassVar[str] = "documents/outcomes/certified-copy.typ"

    original: Original
    place: str
    copies: int = 1
    book: str | None = None
    """Volume of the certification book: "01/2026-SCT/BS"."""
    sha256: str | None = None
    """Fingerprint of the scanned copy, for an electronic certified copy."""
