"""A Word or Excel file that can be kept: a sound archive of modest size, without macros or ways out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final
from xml.etree import ElementTree

from vanlang.kernel.errors import Refusal

MAX_ENTRIES: Final = 4000
MAX_UNPACKED: Final = 120 * 1024 * 1024
MAX_RATIO: Final = 200
"""Unpacked to packed, for entries above a megabyte. Long tables of text reach 30."""
_MEGABYTE: Final = 1024 * 1024

_ACTIVE_PARTS = re.compile(
    r"(?i)vbaproject|/activex/|oleobject\d*\.bin$|macrosheets/|\.(exe|dll|js|vbs|ps1|bat|cmd|jar|hta|lnk)$"
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def check_office(content: bytes) -> Refusal | None:
    """Return why the archive is not kept, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _shape(archive, len(content)) or _parts(archive)
    except _BROKEN:
        return Refusal("files.broken_office")
    except ElementTree.ParseError:
        return Refusal("files.broken_office")


def _shape(archive: zipfile.ZipFile, packed_bytes: int) -> Refusal | None:
    """Judge by the directory alone, before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names) or any(map(_escapes, names)):
        return Refusal("files.zip_suspicious")
    if any(entry.flag_bits & 0x1 for entry in entries):
        return Refusal("files.encrypted_office")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED or total > max(_MEGABYTE, packed_bytes * MAX_RATIO):
        return Refusal("files.zip_suspicious")
    if any(it.file_size > max(_MEGABYTE, it.compress_size * MAX_RATIO) for it in entries):
        return Refusal("files.zip_suspicious")
    if "[Content_Types].xml" not in names:
        return Refusal("files.broken_office")
    active = next((name for name in names if _ACTIVE_PARTS.search(name)), None)
    return Refusal("files.active_content", {"what": "macro"}) if active else None


def _escapes(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name


def _parts(archive: zipfile.ZipFile) -> Refusal | None:
    """Unpack each part once (the checksum is checked on the way) and look at those that say what runs."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            content = part.read(entry.file_size + 1)
        if len(content) != entry.file_size:
            return Refusal("files.zip_suspicious")
        name = entry.filename.lower()
        if name.endswith((".xml", ".rels")) and _declares_entities(content):
            return Refusal("files.zip_suspicious")
        if name == "[content_types].xml" and b"macroenabled" in content.lower():
            return Refusal("files.active_content", {"what": "macro"})
        if name.endswith(".rels") and _reaches_out(content):
            return Refusal("files.active_content", {"what": "external"})
    return None


def _declares_entities(xml: bytes) -> bool:
    """Office writes none; in UTF-16 as little as in UTF-8."""
    head = xml.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _reaches_out(relations: bytes) -> bool:
    """Say whether opening the file would fetch something: any outside target but a link that a person clicks."""
    tree = ElementTree.fromstring(relations)  # noqa: S314 - parts that declare entities were refused above
    return any(
        it.get("TargetMode", "").lower() == "external"
        and not it.get("Type", "").lower().endswith("/hyperlink")
        for it in tree.iter(_RELATION)
    )
