"""Answers that several pages of the counter share."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return the answer that carries a PDF of this house, shown by the browser itself."""
    policy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": policy,
            "Cache-Control": "private, no-store",
        },
    )


def public_address(token: str) -> str:
    """Return the address that a printed code leads to: the portal's page of verification."""
    return f"{settings.VANLANG_PUBLIC_URL}/xac-minh/{token}/"


def say_why_not(request: HttpRequest, error: DomainError) -> None:
    """Keep the sentence of a refusal for the page that is shown next."""
    sentence = sentence_of(error.code, error.facts)
    messages.error(request, f"{sentence.says} {sentence.do_now}")


def chosen_ids(request: HttpRequest, name: str = "ho-so") -> list[uuid.UUID]:
    """Return the dossiers that were ticked; what is no id is left out."""
    found = []
    for text in request.POST.getlist(name):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def amount_of(text: str) -> int | None:
    """Return an amount as it was typed, dots and spaces allowed; None when it is none. Units: đồng."""
    digits = "".join(letter for letter in text if letter not in ". \u00a0,đ")
    return int(digits) if digits.isdecimal() and len(digits) < 13 else None
