"""Counter intake, by keyboard: type the person, tick the papers, Enter."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.desk import labels
from vanlang.desk.errors import NotTakenHereError
from vanlang.desk.services import ask_for_visitor, bring_all, file_at_counter, receive_at_counter
from vanlang.desk.types import CounterIntake
from vanlang.desk.views.counter import typed as typing
from vanlang.desk.views.counter.carrying import carried_by, visit_of, with_visit
from vanlang.desk.views.counter.ground import Ground, ground_of
from vanlang.desk.views.counter.page import show
from vanlang.desk.views.counter.person import NUMBER, fill_in, is_scanned
from vanlang.desk.views.counter.typed import Typed
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import UnitKind, list_units
from vanlang.payments import api as payments
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """Take in one dossier: person, papers, answers, ways; one key receives."""
    ground = ground_of(request, code)
    if ground.case is None:
        context = {
            "version": ground.version,
            "cases": ground.cases,
            "why_not": sentence_of(NotTakenHereError.code),
            "carried": carried_by(request),
        }
        return render_page(request, "desk/counter_cases.html", context)
    if request.method == "GET":
        return show(request, ground, typing.blank(ground))
    if request.POST.get("viec") == "tra-cuu" or is_scanned(request):
        typed = typing.looked_up(request, ground)
        return show(request, ground, typed, status=422 if typed.step.trouble else 200)
    if request.POST.get("viec") == "hoi-kho":
        return _ask_store(request, ground)
    return _receive(request, ground)


def _ask_store(request: HttpRequest, ground: Ground) -> HttpResponse:
    """Ask the national store for who stands here; the page keeps what was typed, with what the store named."""
    trouble, status = None, 200
    try:
        ask_for_visitor(
            dossier_id=typing.made_in(request), number=request.POST.get(NUMBER, ""),
            full_name=request.POST.get("c-full_name", ""), version=ground.version, case=ground.case, actor=ground.actor,
            at=clock.now(),
        )  # fmt: skip
    except DomainError as error:
        trouble, status = sentence_of(error.code, error.facts), type(error).status
    return show(request, ground, typing.looked_up(request, ground), trouble=trouble, status=status)


def _receive(request: HttpRequest, ground: Ground) -> HttpResponse:
    """Take in what fits; show the page again with what is wrong, with what may be there already, or with a refusal."""
    asks = request.POST.get("viec") == "thieu"
    typed = typing.judged(request, ground, may_miss=asks)
    if not typed.is_valid():
        return show(request, ground, _with_person(request, ground, typed), status=422)
    who = typed.read_parties()
    doubles = typing.find_doubles_of(typed, who, ground)
    if doubles and request.POST.get("da-xem") != doubles.token:
        return show(request, ground, typed, doubles=doubles, status=422)
    try:
        brought = bring_all(
            dossier_id=typed.dossier_id, result_ids=sorted(typed.fetch), actor=ground.actor, at=clock.now()
        )
        given = typing.intake_of(request, typed, who, ground, doubles, brought)
        onward = _file(given, ground.actor) if asks else _take_in(request, given, ground.actor)
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return show(request, ground, typed, trouble=trouble, status=type(error).status)
    return redirect_after_post(request, onward)


def _with_person(request: HttpRequest, ground: Ground, typed: Typed) -> Typed:
    """Return what was typed with the person looked up when Enter was pressed on the number alone."""
    if request.POST.get("c-full_name", "").strip():
        return typed
    known, step = fill_in(request, ground.actor)
    return replace(typed, form=ground.form(known), step=step)


def _file(given: CounterIntake, actor: Actor) -> str:
    filed = file_at_counter(intake=given, actor=actor, at=clock.now())
    return reverse("desk:act", args=[filed.dossier_id, "yeu-cau-bo-sung"])


def _take_in(request: HttpRequest, given: CounterIntake, actor: Actor) -> str:
    at = clock.now()
    moved = receive_at_counter(intake=given, actor=actor, at=at)
    payments.demand_for(dossier_id=moved.dossier_id, actor=actor, at=at)
    return with_visit(reverse("desk:received", args=[moved.dossier_id]), request)


@officer_required(Role.COUNTER)
@require_GET
def received(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Tell code and due date, with the way to the receipt and to the unit that works on it."""
    actor, at = actor_from(request), clock.now()
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose=labels.COUNTER_PURPOSE, at=at)
    explanation = dossiers.explain_due(dossier_id, actor=actor)
    may_hand_over = Act.HAND_OVER in {button.act for button in page.acts}
    units = list_units(page.competent_agency_id, at.date()) if may_hand_over else []
    context = {
        "page": page,
        "due_lines": [line.says for line in explanation.lines] if explanation else [],
        "units": [unit for unit in units if unit.kind is UnitKind.SPECIALIST],
        "hand_over": reverse("desk:act", args=[page.id, "chuyen-xu-ly"]),
        "visit": visit_of(request),
        "money": payments.get_settlement(dossier_id),
    }
    return render_page(request, "desk/counter_received.html", context)
