"""What every set page has: its head, its signature, its code; and what each printed paper is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a template left room for a visible signature. Units: PDF points, origin at the page's lower left corner."""

    role: str
    """"signer", "seal", "officer", "applicant"."""
    page: int
    """Counted from 1."""
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A set paper and the places where it wants to be signed."""

    pdf: bytes
    boxes: tuple[SignatureBox, ...]

    def box(self, role: str) -> SignatureBox | None:
        """Return the place for `role`, or None when the template has none."""
        return next((box for box in self.boxes if box.role == role), None)


@dataclass(frozen=True, slots=True)
class Qr:
    """Text that a phone reads, printed as a code with error correction M."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The issuing side at the head of a paper; a newline breaks a long name."""

    agency: str
    """Issuing agency, printed in bold capitals."""

    place: str
    """The place before the date: "Việt Trì"."""

    superior: str | None = None
    """Agency above it, printed in capitals; None for an agency that has none on its papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organisation as a paper names it."""

    full_name: str
    id_number: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    salutation: str = "Ông/Bà"
    """How running text speaks to the party: "Ông/Bà", "Quý công ty"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the reader may ask."""

    name: str
    phone: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: "TM. ỦY BAN NHÂN DÂN" / "CHỦ TỊCH" / the name."""

    title: str
    name: str
    on_behalf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperData:
    """Base of every paper's data; `template` names the file that prints it."""

    template: ClassVar[str]
