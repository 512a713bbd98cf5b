"""
Headers that keep a page to itself.

Everything a page runs or shows comes from this house: no inline script, no inline style, no other origin, no frame.
A view that needs more (a map's worker, a sign-in at the national identity provider) adds to its own answer with `allow`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}

_ATTRIBUTE = "_vl_policy_additions"


def allow(response: HttpResponse, directive: str, *sources: str) -> None:
    """Let this one answer use `sources` too: `allow(response, "worker-src", "'self'", "blob:")`."""
    additions: dict[str, tuple[str, ...]] = getattr(response, _ATTRIBUTE, {})
    setattr(response, _ATTRIBUTE, {**additions, directive: (*additions.get(directive, ()), *sources)})


def policy_text(additions: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Return the value of the Content-Security-Policy header."""
    merged = dict(POLICY)
    for directive, sources in (additions or {}).items():
        standing = tuple(one for one in merged.get(directive, ()) if one != "'none'")
        merged[directive] = tuple(dict.fromkeys((*standing, *sources)))
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in merged.items())


class SecurityHeadersMiddleware:
    """Put the headers on every answer that does not set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", policy_text(getattr(response, _ATTRIBUTE, None))
        )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
