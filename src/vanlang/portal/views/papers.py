"""Handing out what the house printed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header


def verification_address(token: str) -> str:
    """Return the public address that the code printed on a paper leads to."""
    return f"{settings.VANLANG_PUBLIC_URL.rstrip('/')}{reverse('portal:verify_token', args=[token])}"


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return a PDF that is saved under its Vietnamese name and kept by no cache."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["Cache-Control"] = "private, no-store"
    return response
