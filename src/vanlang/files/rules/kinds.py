"""Which kinds of file there are, told by their first bytes. What a file is called proves nothing."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum


class FileKind(StrEnum):
    """A kind by its media type: what is stored, and what the browser is told."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    HEIC = "image/heic"
    """Told apart only to say what to do with it: no browser at the counter shows one."""


EXTENSIONS = {
    FileKind.PDF: ".pdf",
    FileKind.JPEG: ".jpg",
    FileKind.PNG: ".png",
    FileKind.WEBP: ".webp",
    FileKind.DOCX: ".docx",
    FileKind.XLSX: ".xlsx",
    FileKind.HEIC: ".heic",
}
IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
OFFICE = frozenset({FileKind.DOCX, FileKind.XLSX})
SHOWN_IN_PAGE = IMAGES | {FileKind.PDF}

ZIP = b"PK\x03\x04"
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_MAIN_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}


def kind_of(content: bytes) -> FileKind | None:
    """Return what `content` begins as, or None for anything we do not know."""
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    return _office_kind(content) if content.startswith(ZIP) else None


def _office_kind(content: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _truncated_office(content)
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)


def _truncated_office(content: bytes) -> FileKind | None:
    """A cut-off archive has no directory left, but its first entries still tell: say "broken", not "unknown"."""
    if b"[Content_Types].xml" not in content[:4096]:
        return None
    return FileKind.XLSX if b"xl/" in content else FileKind.DOCX


def is_also_archive(content: bytes) -> bool:
    """Say whether `content`, which begins as something else, opens as a zip archive too."""
    if b"PK\x05\x06" not in content[-66_000:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
