"""
The outermost middleware: it measures and notes every request, and answers machines before anything else is asked.

    GET /healthz   200 while the process lives
    GET /readyz    200 when work that is taken now is kept, else 503; JSON of what was looked at
    GET /metrics   for Prometheus: with the token, or on this machine when there is none

They come before the checks of host name and TLS: a probe asks by address.
"""

from __future__ import annotations

import hmac
import ipaddress
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from vanlang.identity.api import actor_from
from vanlang.kernel.sealing import mark
from vanlang.operations.adapters.metrics import page
from vanlang.operations.adapters.metrics.instruments import REQUEST_SECONDS, REQUESTS
from vanlang.operations.adapters.readiness import OK, Readiness
from vanlang.ui.errors import request_id_of

log = structlog.get_logger(__name__)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
STATIC, NOWHERE = "static", "nowhere"
PSEUDONYM_SIGNS = 12


class ObservingMiddleware:
    """Measure, note, count."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.readiness = Readiness()
        self.machines: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            "/healthz": self.alive, "/readyz": self.ready, "/metrics": self.figures,
        }  # fmt: skip

    def __call__(self, request: HttpRequest) -> HttpResponse:
        machine = self.machines.get(request.path_info)
        if machine is not None and request.method in {"GET", "HEAD"}:
            return machine(request)
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        route, method = route_of(request), request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, response.status_code).inc()
        REQUEST_SECONDS.labels(route).observe(seconds)
        if route != STATIC:
            note(request, response.status_code, route=route, method=str(method), seconds=seconds)
        return response

    # --- machines ---------------------------------------------------------------------------------------

    def alive(self, request: HttpRequest) -> HttpResponse:
        return _plain("ok\n")

    def ready(self, request: HttpRequest) -> HttpResponse:
        said = self.readiness.ask()
        status = 200 if set(said.values()) == {OK} else 503
        return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})

    def figures(self, request: HttpRequest) -> HttpResponse:
        if not may_read_figures(request):
            return _plain("not found\n", status=404)
        return HttpResponse(
            page.render(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
        )


def may_read_figures(request: HttpRequest) -> bool:
    """Say whether figures may be shown: to who has the token; without one, to this machine, past no proxy."""
    token = settings.VANLANG_METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def route_of(request: HttpRequest) -> str:
    """Return the name of the route that answered; never the path, which may name people."""
    match = request.resolver_match
    if match is not None and match.view_name:
        return match.view_name
    return STATIC if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else NOWHERE


def note(request: HttpRequest, status: int, *, route: str, method: str, seconds: float) -> None:
    """Write the line of a request."""
    actor = actor_from(request)
    log.info(
        "request",
        request_id=request_id_of(request),
        route=route,
        method=method,
        status=status,
        ms=round(seconds * 1000, 1),
        actor=actor.kind.value,
        account=pseudonym_of(actor.account_id),
    )


def pseudonym_of(account_id: int | None) -> str:
    """Return by what the lines of one account are found together, without saying whose they are: a keyed hash."""
    return mark(f"log account {account_id}")[:PSEUDONYM_SIGNS] if account_id is not None else ""


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
