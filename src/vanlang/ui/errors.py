"""
The one place where what went wrong becomes an answer.

A `DomainError` becomes its HTTP status with the sentence that its app registered: what happened and what to do now.
Anything else is a bug: it is logged without personal data, and the reader gets an honest page with a number to quote.
A reader whom htmx serves gets the same words as a notice in the page's `#notices`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from vanlang.kernel.database.away import is_away
from vanlang.kernel.errors import DomainError
from vanlang.kernel.ids import new_id
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.ui.rendering import is_part_wanted, vary_on_htmx
from vanlang.ui.shell import way_back

log = structlog.get_logger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

CODE_OF_STATUS: dict[int, str] = {
    400: "ui.bad_request",
    403: "kernel.not_allowed",
    404: "kernel.not_found",
    405: "ui.wrong_method",
    409: "kernel.conflict",
    422: "kernel.invalid",
    429: "kernel.too_many_attempts",
    500: "kernel.broken",
    503: "kernel.outside_system",
}
"""Which sentence is read when an answer carries only its status."""
AWAY_SECONDS = 15
"""When to ask again while the database is away."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says."""

    status: int
    sentence: Sentence
    code: str
    """The stable code of the error: what a helpdesk looks up."""
    request_id: str


def request_id_of(request: HttpRequest) -> str:
    """Return the id that binds this request's page and log lines: the proxy's when it sent a sound one, else our own."""
    known: str | None = getattr(request, "vl_request_id", None)
    if known is None:
        sent = request.headers.get("X-Request-ID", "")
        known = sent if _REQUEST_ID.fullmatch(sent) else str(new_id())
        request.vl_request_id = known  # type: ignore[attr-defined]  # Django's request is open for such notes
    return known


def respond_to(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the answer to an anticipated refusal."""
    status = type(error).status
    log.info("refused", code=error.code, status=status, request_id=request_id_of(request))
    return _answer(request, _trouble(request, status, error.code, **error.facts))


class ErrorsMiddleware:
    """Answer every error with the honest page or notice, and bind the request's id to its log lines."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_id_of(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        if response.status_code in CODE_OF_STATUS and not response.streaming and not response.content:
            response = _fill(request, response)  # HttpResponseNotAllowed and its like carry no words
        response.headers["X-Request-ID"] = request_id
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return respond_to(request, exception)
        if isinstance(exception, (Http404, PermissionDenied, SuspiciousOperation)):
            return None  # Django has handlers for these: the functions below
        if is_away(exception):
            return database_away(request, exception)
        log.error(
            "unexpected",
            error=type(exception).__name__,
            place=_place_of(exception),
            view=getattr(request.resolver_match, "view_name", ""),
            request_id=request_id_of(request),
        )
        return (
            None  # Django logs the traceback and calls `server_error`; in development it shows its own page
        )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400"""
    return plain(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403"""
    return plain(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404"""
    return plain(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """
    handler500: a page that needs neither the database nor the frame, since either may be what failed.

    What a middleware raised arrives here too, past `process_exception`: a refusal, or a session that was not found because
    the database is away.
    """
    current = sys.exc_info()[1]
    if isinstance(current, DomainError):
        return respond_to(request, current)
    if current is not None and is_away(current):
        return database_away(request, current)
    return plain(request, 500)


def database_away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Return the answer while the database starts again or another machine takes the lead: seconds, so ask again."""
    log.error(
        "database_away", error=type(error).__name__, place=_place_of(error), request_id=request_id_of(request)
    )
    response = _answer(request, _trouble(request, 503, "kernel.database_away"))
    response.headers["Retry-After"] = str(AWAY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW"""
    return _answer(request, _trouble(request, 403, "ui.stale_page"))


def too_many_requests(request: HttpRequest, *, retry_after_seconds: int) -> HttpResponse:
    """Return the answer of a rate limit."""
    minutes = max(1, -(-retry_after_seconds // 60))
    response = _answer(request, _trouble(request, 429, CODE_OF_STATUS[429], minutes=minutes))
    response.headers["Retry-After"] = str(retry_after_seconds)
    return response


def _trouble(request: HttpRequest, status: int, code: str, **facts: object) -> Trouble:
    return Trouble(status, sentence_of(code, facts), code, request_id_of(request))


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """Return the page or notice of a status alone."""
    return _answer(request, _trouble(request, status, CODE_OF_STATUS[status], minutes=1))


def _fill(request: HttpRequest, empty: HttpResponse) -> HttpResponse:
    filled = plain(request, empty.status_code)
    for name, value in empty.headers.items():
        filled.headers.setdefault(name, value)
    return filled


def _answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    if is_part_wanted(request):
        content = render_to_string("ui/error_notice.html", {"trouble": trouble})
        headers = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
    else:
        content = render_to_string("ui/error.html", {"trouble": trouble, "back": way_back(request)})
        headers = {}
    response = HttpResponse(content, status=trouble.status, headers=headers)
    vary_on_htmx(response)
    return response


def _place_of(exception: BaseException) -> str:
    """Return file and line where `exception` was raised: where to look, without the values that were in hand."""
    trace = exception.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
