"""A PDF that can be kept: opens without repair, has pages, no password, runs nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

import pikepdf

from vanlang.kernel.errors import Refusal

MAX_PAGES: Final = 2000
MAX_OBJECTS: Final = 400_000
_MEMORY: Final = 64 * 1024 * 1024


def set_limits() -> None:
    """Bound what qpdf unpacks, for the whole process: a 600 KB file can otherwise ask for 1 GB of memory."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MEMORY,
        run_length_max_memory=_MEMORY,
        png_max_memory=_MEMORY,
        tiff_max_memory=_MEMORY,
        dct_max_memory=_MEMORY,
        parser_max_container_size=200_000,
    )


_ACTIONS: Final = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/GoTo3DView"}
_ACTIVE_SUBTYPES: Final = {"/RichMedia", "/Screen", "/3D"}
_EXECUTABLE_ENDINGS: Final = {
    ".exe", ".dll", ".com", ".bat", ".cmd", ".scr", ".ps1", ".vbs", ".js", ".jar", ".msi", ".hta", ".lnk", ".sh",
    ".apk", ".iso", ".docm", ".xlsm", ".pptm", ".html", ".htm", ".svg",
}  # fmt: skip
_EXECUTABLE_STARTS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def check_pdf(content: bytes) -> int | Refusal:
    """Return the number of pages, or why the file is not kept."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            return _check(pdf)
    except pikepdf.PasswordError:
        return Refusal("files.encrypted_pdf")
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, RecursionError, ValueError, TypeError, KeyError):
        return Refusal("files.broken_pdf")


def _check(pdf: pikepdf.Pdf) -> int | Refusal:
    if pdf.is_encrypted:
        return Refusal("files.encrypted_pdf")
    pages = len(pdf.pages)
    if pages == 0:
        return Refusal("files.broken_pdf")
    if pages > MAX_PAGES or len(pdf.objects) > MAX_OBJECTS:
        return Refusal("files.too_many_pages", {"max_pages": MAX_PAGES})
    for thing in _dictionaries(pdf):
        found = _active(thing)
        if found:
            return Refusal("files.active_content", {"what": found})
    if any("limit exceeded" in str(warning) for warning in pdf.get_warnings()):
        return Refusal("files.suspicious_size")
    if any("error decoding" in str(warning) for warning in pdf.get_warnings()):
        return Refusal("files.broken_pdf")
    return pages


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, direct ones inside others included, each once."""
    waiting = [*pdf.objects, pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
            inner = [thing.get(key) for key in thing.keys()]  # noqa: SIM118 - a pikepdf object is no dict
        elif isinstance(thing, pikepdf.Array):
            inner = list(thing)
        else:
            continue
        waiting.extend(it for it in inner if isinstance(it, pikepdf.Object) and not it.is_indirect)


def _active(thing: pikepdf.Object) -> str | None:
    """Return what in `thing` would run or hide something, in words for the log, or None."""
    if "/JS" in thing or "/JavaScript" in thing:
        return "JavaScript"
    if _named(thing, "/S") in _ACTIONS:
        return str(_named(thing, "/S")).lstrip("/")
    if _named(thing, "/Subtype") in _ACTIVE_SUBTYPES:
        return str(_named(thing, "/Subtype")).lstrip("/")
    if "/XFA" in thing:
        return "XFA"
    return _embedded_executable(thing)


def _named(thing: pikepdf.Object, key: str) -> str | None:
    value = thing.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else None


def _embedded_executable(thing: pikepdf.Object) -> str | None:
    held = thing.get("/EF")
    if not isinstance(held, pikepdf.Dictionary):
        return None
    names = [str(thing.get(key)) for key in ("/F", "/UF") if key in thing]
    if any(PurePosixPath(name.replace("\\", "/")).suffix.lower() in _EXECUTABLE_ENDINGS for name in names):
        return "embedded file"
    for key in held.keys():  # noqa: SIM118 - a pikepdf object is no dict
        stream = held.get(key)
        if isinstance(stream, pikepdf.Stream) and bytes(stream.read_bytes()[:4]).startswith(
            _EXECUTABLE_STARTS
        ):
            return "embedded file"
    return None
