"""Hand a file to a browser so that it can do nothing but be looked at or saved."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from vanlang.files.types import FileCard
from vanlang.kernel.vietnamese import search_key

_LOCKED = "default-src 'none'; sandbox; frame-ancestors 'self'"
# Browsers refuse to show a PDF in a sandbox; what runs inside one was refused when it was stored.
_VIEWER = "default-src 'none'; object-src 'self'; img-src 'self' data: blob:; style-src 'unsafe-inline'; frame-ancestors 'self'"


def download_response(card: FileCard, content: bytes, *, inline: bool = False) -> HttpResponse:
    """
    Return the answer that carries `content`: saved under its Vietnamese name, or shown in the page when `inline`.

    Only PDF and images are ever shown; the browser may not guess another type, nor keep a copy for the next user.
    """
    shown = inline and card.is_shown_in_page
    response = HttpResponse(content, content_type=card.content_type)
    response["Content-Disposition"] = disposition(card.name, inline=shown)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (
        _VIEWER if shown and card.content_type == "application/pdf" else _LOCKED
    )
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def disposition(name: str, *, inline: bool) -> str:
    """Return a Content-Disposition with the name for old browsers (ASCII) and for all others (RFC 5987, UTF-8)."""
    plain = "".join(letter if letter.isascii() and letter.isprintable() else "_" for letter in _bare(name))
    plain = plain.replace('"', "_").replace("\\", "_")
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _bare(name: str) -> str:
    return search_key(name)
