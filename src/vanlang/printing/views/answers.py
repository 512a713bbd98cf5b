from __future__ import annotations

from django.http import HttpResponse


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return the answer that carries a PDF made by this house, shown by the browser itself; nobody keeps a copy."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'",
            "Cache-Control": "private, no-store",
        },
    )
