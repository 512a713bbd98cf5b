"""What the pages of petitions share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vanlang.identity.api import Role
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER)
HANDLERS = (Role.COUNTER, Role.SPECIALIST)


def expected_version(request: HttpRequest) -> int | None:
    """Return the version that the page was shown with."""
    text = request.POST.get("phien-ban", "")
    return int(text) if text.isdecimal() else None


def trouble_of(error: DomainError) -> Sentence:
    return sentence_of(error.code, error.facts)


def private(response: HttpResponse) -> HttpResponse:
    """Return the answer so that no browser or server on the way keeps it."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
