"""What is accepted where: a table of policies."""

from __future__ import annotations

from dataclasses import dataclass

from .kinds import IMAGES, OFFICE, FileKind

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Policy:
    """What one kind of place accepts."""

    name: str
    kinds: frozenset[FileKind]
    max_bytes: int
    says: str
    """The accepted kinds, as a person reads them."""

    @property
    def max_megabytes(self) -> int:
        return self.max_bytes // MEGABYTE


PAPERS = Policy(
    "papers",
    IMAGES | OFFICE | {FileKind.PDF},
    15 * MEGABYTE,
    "PDF, ảnh JPEG, PNG, WebP, Word (.docx), Excel (.xlsx)",
)
"""What a citizen hands in with a dossier."""
IMAGES_ONLY = Policy("images", IMAGES, 10 * MEGABYTE, "ảnh JPEG, PNG, WebP")
PDF_ONLY = Policy("pdf_only", frozenset({FileKind.PDF}), 25 * MEGABYTE, "PDF")
"""Official documents: outcomes, signed letters."""
TABLES = Policy("tables", frozenset({FileKind.XLSX}), 25 * MEGABYTE, "Excel (.xlsx)")
"""Tables that officers import."""
