"""Who is at the other end, as far as limits on tries need to know. Never stored, never logged."""

from __future__ import annotations

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the network address that the request came from; the front server sets it (`REMOTE_ADDR`)."""
    return str(request.META.get("REMOTE_ADDR", ""))
