"""Handing over: a list is written, printed, carried, and confirmed as a whole; single ones go back with a reason."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.counter.queries.lists import get_tray, list_giveable, list_trays
from vanlang.counter.queries.papers import print_tray
from vanlang.counter.services import trays
from vanlang.counter.types import TrayKind
from vanlang.counter.views.answers import chosen_ids, pdf_response, say_why_not
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.organizations.api import UnitKind, list_units
from vanlang.ui.rendering import paginate, redirect_after_post, render_page

PER_TRAY = 100
"""Dossiers on one page of what can be given: a tray holds no more than two hands carry."""
WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)


@officer_required(WORKERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the agency's trays: those that wait first."""
    actor = actor_from(request)
    context = {"page": paginate(request, list_trays(actor)), "may_give": _kind_of(actor) is not None}
    return render_page(request, "counter/trays.html", context)


@officer_required((Role.COUNTER, Role.CLERK))
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Choose what goes on a tray and to whom."""
    actor, at = actor_from(request), clock.now()
    kind = _kind_of(actor) or TrayKind.TO_UNIT
    if request.method == "POST":
        wanted = request.POST.get("don-vi", "")
        try:
            tray_id = trays.give_tray(
                kind=kind,
                dossier_ids=chosen_ids(request),
                unit_id=int(wanted) if wanted.isdecimal() and len(wanted) < 9 else None,
                actor=actor,
                at=at,
            )
        except DomainError as error:
            say_why_not(request, error)
            return _give_page(request, actor, kind, status=type(error).status)
        return redirect_after_post(request, reverse("counter:tray", args=[tray_id]))
    return _give_page(request, actor, kind)


def _give_page(request: HttpRequest, actor: Actor, kind: TrayKind, *, status: int = 200) -> HttpResponse:
    at = clock.now()
    text = request.GET.get("loc", "")
    page = paginate(request, list_giveable(kind, actor=actor, at=at, text=text), per_page=PER_TRAY)
    cards = page.items
    ticked = set(chosen_ids(request)) if request.method == "POST" else {card.dossier_id for card in cards}
    units = list_units(actor.agency_id or 0, at.date())
    context = {
        "kind": kind.value,
        "text": text,
        "page": page,
        "action": request.get_full_path(),
        "cards": [(card, card.dossier_id in ticked) for card in cards],
        "units": [unit for unit in units if unit.kind is UnitKind.SPECIALIST],
        "unit": request.POST.get("don-vi", ""),
    }
    return render_page(request, "counter/tray_give.html", context, status=status)


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def tray(request: HttpRequest, tray_id: uuid.UUID) -> HttpResponse:
    """Show a tray; its receiver confirms it, single ones sent back with a reason."""
    actor, at = actor_from(request), clock.now()
    typed: dict[uuid.UUID, str] = {}
    if request.method == "POST":
        back = chosen_ids(request, "khong-nhan")
        typed = {key: request.POST.get(f"ly-do-{key}", "") for key in back}
        try:
            taken = trays.take_tray(tray_id=tray_id, actor=actor, at=at, rejected=typed)
        except DomainError as error:
            say_why_not(request, error)
            return _tray_page(request, tray_id, actor, typed, status=type(error).status)
        messages.success(request, f"Đã nhận {taken} dòng của danh sách.")
        return redirect_after_post(request, reverse("counter:tray", args=[tray_id]))
    return _tray_page(request, tray_id, actor, typed)


def _tray_page(
    request: HttpRequest, tray_id: uuid.UUID, actor: Actor, typed: dict[uuid.UUID, str], *, status: int = 200
) -> HttpResponse:
    card = get_tray(tray_id, actor, at=clock.now())
    lines = [(line, line.dossier_id in typed, typed.get(line.dossier_id, "")) for line in card.lines]
    return render_page(request, "counter/tray.html", {"tray": card, "lines": lines}, status=status)


@officer_required(WORKERS)
@require_GET
def printed(request: HttpRequest, tray_id: uuid.UUID) -> HttpResponse:
    """Hand out the list of a tray for its two signatures."""
    return pdf_response(
        print_tray(tray_id, actor=actor_from(request), at=clock.now()), "danh-sach-ban-giao.pdf"
    )


def _kind_of(actor: Actor) -> TrayKind | None:
    """Return what this officer gives: the counter dossiers, the clerk results."""
    if actor.has(Role.COUNTER):
        return TrayKind.TO_UNIT
    return TrayKind.RESULTS if actor.has(Role.CLERK) else None
