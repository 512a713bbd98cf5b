"""Calling numbers: the officer's window, one key to an act; the day in figures."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanlang.catalogue.api import Channel, ProcedureCard, get_procedures
from vanlang.counter.queries.queue import ConsoleCard, get_console, get_day, list_services, list_windows
from vanlang.counter.services import queueing
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.ui.rendering import redirect_after_post, render_page, render_part


@officer_required(Role.COUNTER)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of the counter's day."""
    return redirect("counter:console")


@officer_required(Role.COUNTER)
@require_GET
def console(request: HttpRequest) -> HttpResponse:
    """Show my window: who is here, who comes next; without a window, where I can sit."""
    actor, at = actor_from(request), clock.now()
    card = get_console(actor, at=at)
    windows = list_windows(actor.agency_id or 0, at=at)
    context = {
        "console": card,
        "windows": windows,
        "others": [one for one in windows if card.window and one.id != card.window.id],
        "procedures": _procedures(card, actor, at),
        "mine": actor.appointment_id,
    }
    return render_part(request, "counter/console.html", "line", context)


def _procedures(card: ConsoleCard, actor: Actor, at: dt.datetime) -> list[ProcedureCard]:
    """Return the procedures for which the visitor at the window may have come, ready ones only."""
    if card.current is None:
        return []
    services = list_services(actor.agency_id or 0, at=at)
    codes = next((one.procedure_codes for one in services if one.id == card.current.service_id), ())
    found = get_procedures(codes, at.date()) if codes else {}
    cards = [found[code] for code in codes if code in found]
    return [card for card in cards if card.is_ready and Channel.DIRECT in card.timed_over]


@officer_required(Role.COUNTER)
@require_POST
def sit(request: HttpRequest) -> HttpResponse:
    """Sit down at a window for today."""
    queueing.take_seat(window_id=_number(request, "quay"), actor=actor_from(request), at=clock.now())
    return redirect_after_post(request, reverse("counter:console"))


@officer_required(Role.COUNTER)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Get up from the window."""
    queueing.leave_seat(actor=actor_from(request), at=clock.now())
    return redirect_after_post(request, reverse("counter:console"))


@officer_required(Role.COUNTER)
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Finish who is here and call the next."""
    _call_next(request)
    return redirect_after_post(request, reverse("counter:console"))


def _call_next(request: HttpRequest) -> None:
    if queueing.call_next(actor=actor_from(request), at=clock.now()) is None:
        messages.info(request, "Không còn ai chờ quầy này.")


@officer_required(Role.COUNTER)
@require_POST
def act(request: HttpRequest, ticket_id: uuid.UUID, act: str) -> HttpResponse:
    """Do one thing with a ticket; "xong" may bring a dossier along and call the next."""
    chosen = _ACTS.get(act)
    if chosen is None:
        raise Http404
    chosen(request, ticket_id)
    return redirect_after_post(request, reverse("counter:console"))


def _again(request: HttpRequest, ticket_id: uuid.UUID) -> None:
    queueing.call_again(ticket_id=ticket_id, actor=actor_from(request), at=clock.now())


def _skip(request: HttpRequest, ticket_id: uuid.UUID) -> None:
    queueing.skip(ticket_id=ticket_id, actor=actor_from(request), at=clock.now())


def _transfer(request: HttpRequest, ticket_id: uuid.UUID) -> None:
    window_id = _number(request, "quay")
    queueing.transfer(ticket_id=ticket_id, window_id=window_id, actor=actor_from(request), at=clock.now())


def _finish(request: HttpRequest, ticket_id: uuid.UUID) -> None:
    try:
        dossier_id = uuid.UUID(request.POST["ho-so"]) if request.POST.get("ho-so") else None
    except ValueError as error:
        raise Http404 from error
    queueing.finish(ticket_id=ticket_id, dossier_id=dossier_id, actor=actor_from(request), at=clock.now())
    if request.POST.get("goi"):
        _call_next(request)


_ACTS: dict[str, Callable[[HttpRequest, uuid.UUID], None]] = {
    "goi-lai": _again,
    "vang-mat": _skip,
    "chuyen": _transfer,
    "xong": _finish,
}


@officer_required((Role.COUNTER, Role.LEADER, Role.ADMIN))
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Show a day of the queue: waits and visits, as a figure and as a table."""
    actor, today = actor_from(request), clock.today()
    try:
        on = dt.date.fromisoformat(request.GET.get("ngay", "")) if request.GET.get("ngay") else today
    except ValueError:
        on = today
    card = get_day(actor.agency_id or 0, on=on)
    most = max([issued for _, issued, _ in card.hours] + [served for _, _, served in card.hours] + [1])
    bars = [
        {"hour": hour, "issued": issued, "served": served, "issued_high": 120 * issued / most,
         "served_high": 120 * served / most, "issued_top": 122 - 120 * issued / most,
         "served_top": 122 - 120 * served / most, "x": 60 * place}
        for place, (hour, issued, served) in enumerate(card.hours)
    ]  # fmt: skip
    context = {
        "day": card,
        "bars": bars,
        "width": max(60 * len(bars), 60),
        "before": on - dt.timedelta(days=1),
        "after": on + dt.timedelta(days=1) if on < today else None,
    }
    return render_page(request, "counter/day.html", context)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)
