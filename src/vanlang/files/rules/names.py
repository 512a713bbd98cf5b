"""What a file may be called, on the screen and on the disk of who downloads it."""

from __future__ import annotations

import re
import unicodedata

from .kinds import EXTENSIONS, FileKind

LONGEST = 120
"""Characters; leaves room for UTF-8 in the 255 bytes of a file system."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def safe_name(name: str, kind: FileKind) -> str:
    """
    Return a name to show and to download by: no path, no invisible mark, NFC, the extension of what the file is.

    Idempotent. "..\\\\..\\\\hóa đơn\\u202egpj.exe" that holds a PDF becomes "hóa đơngpj.exe.pdf".
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if letter.isspace() else letter for letter in base)
    seen = "".join(letter for letter in seen if unicodedata.category(letter) not in _INVISIBLE)
    stem = " ".join(_FORBIDDEN.sub("_", seen).split())
    for extension in _spellings(kind):
        if stem.casefold().endswith(extension):
            stem = stem[: -len(extension)]
            break
    return _bounded(stem, EXTENSIONS[kind])


def _spellings(kind: FileKind) -> tuple[str, ...]:
    return (".jpg", ".jpeg") if kind is FileKind.JPEG else (EXTENSIONS[kind],)


def _bounded(stem: str, extension: str) -> str:
    stem = stem.strip(" .")[: LONGEST - len(extension)].strip(" .")
    while len((stem + extension).encode()) > 240:
        stem = stem[:-1].rstrip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = "Tệp không tên"
    return stem + extension
