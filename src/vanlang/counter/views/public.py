"""What stands in the hall: the kiosk that prints numbers, the ticket, the television. No sign-in; the address is the key."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.counter import labels
from vanlang.counter.queries.queue import agency_of_kiosk, get_display, get_ticket, services_of_kiosk
from vanlang.counter.services.queueing import take_ticket
from vanlang.counter.types import Priority
from vanlang.identity.api import consume, public
from vanlang.kernel import clock
from vanlang.ui.errors import too_many_requests
from vanlang.ui.rendering import is_part_wanted, redirect_after_post, render_page, render_part

MOST, PER = 60, dt.timedelta(minutes=1)
"""Tickets of one kiosk: nobody queues faster, and nobody empties the paper roll."""


@public
@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what somebody came for, with large buttons; a touch prints a number."""
    at = clock.now()
    if request.method == "POST":
        return _print(request, token, at)
    _, agency = agency_of_kiosk(token, on=clock.today())
    context = {
        "agency": agency,
        "services": services_of_kiosk(token, at=at),
        "asks_priority": "uu-tien" in request.GET,
        "priorities": [(one.value, labels.PRIORITIES[one]) for one in Priority if one is not Priority.NONE],
        "reason": _priority(request.GET.get("ly-do", "")),
        "reason_label": labels.PRIORITIES[_priority(request.GET.get("ly-do", ""))],
        "token": token,
    }
    return render_page(request, "counter/kiosk.html", context)


def _print(request: HttpRequest, token: str, at: dt.datetime) -> HttpResponse:
    agency_of_kiosk(token, on=clock.today())
    refusal = consume(f"kiosk:{token}", limit=MOST, per=PER, at=at)
    if refusal is not None:
        return too_many_requests(request, retry_after_seconds=int(str(refusal.facts["retry_after_seconds"])))
    wanted = request.POST.get("nhom", "")
    ticket_id = take_ticket(
        kiosk_token=token,
        service_id=int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0,
        priority=_priority(request.POST.get("ly-do", "")),
        at=at,
    )
    return redirect_after_post(request, reverse("counter:ticket", args=[ticket_id]) + "?in=1")


def _priority(text: str) -> Priority:
    return Priority(text) if text in {one.value for one in Priority} else Priority.NONE


@public
@require_GET
def ticket(request: HttpRequest, ticket_id: uuid.UUID) -> HttpResponse:
    """Show a ticket: its number, how many come before it, and a small paper to print."""
    card, agency, kiosk_token = get_ticket(ticket_id, at=clock.now())
    at_kiosk = "in" in request.GET
    context = {
        "ticket": card,
        "agency": agency,
        "kiosk": reverse("counter:kiosk", args=[kiosk_token]) if at_kiosk else "",
    }
    return render_part(request, "counter/ticket.html", "state", context)


@public
@require_GET
def display(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is called where, for a television; nothing is sent while nothing changed."""
    card = get_display(token, at=clock.now())
    if is_part_wanted(request) and request.GET.get("moc") == card.mark:
        return HttpResponse(status=204)
    return render_part(request, "counter/display.html", "calls", {"display": card, "token": token})
