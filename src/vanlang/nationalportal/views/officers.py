"""Whose dossiers are: what other systems process, claims that wait, and the routes that say who processes what."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.catalogue.api import find_procedure
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.nationalportal.forms import ClaimForm, EndRouteForm, RouteForm
from vanlang.nationalportal.labels import LISTS
from vanlang.nationalportal.queries import ownership
from vanlang.nationalportal.queries.lists import count_differences, last_compared_at, list_differences
from vanlang.nationalportal.services.lists import take_codes
from vanlang.nationalportal.services.ownership import RouteOrder, add_route, decide_claim, end_route
from vanlang.nationalportal.types import ClaimState, ListChange, ListKind
from vanlang.organizations.api import find_agency_by_code
from vanlang.ui.rendering import redirect_after_post, render_page

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER)
EDITORS = (Role.CATALOGUE_EDITOR, Role.ADMIN)


@officer_required(WORKERS)
@require_safe
def foreign(request: HttpRequest) -> HttpResponse:
    """What other systems process at my agency, and what they say is theirs."""
    actor, text = actor_from(request), request.GET.get("tim", "").strip()[:80]
    context = {
        "lines": ownership.list_foreign(actor, text=text),
        "claims": ownership.list_claims(actor),
        "text": text,
        "most": ownership.LISTED,
    }
    return render_page(request, "nationalportal/foreign.html", context)


@officer_required(WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """Show both sides of a claim; decide."""
    actor = actor_from(request)
    card = ownership.find_claim(claim_id, actor)
    if card is None:
        raise Http404
    form = ClaimForm(request.POST if request.method == "POST" else None)
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decide_claim(
                    claim_id=claim_id, state=ClaimState(form.cleaned_data["state"]), reason=form.cleaned_data["reason"],
                    actor=actor, at=clock.now(),
                )  # fmt: skip
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(request, f"Đã ghi quyết định về hồ sơ {card.code}.")
                return redirect_after_post(request, reverse("portal_desk:foreign"))
    context = {"card": card, "form": form, "trouble": trouble, "is_open": card.state is ClaimState.OPEN}
    return render_page(request, "nationalportal/claim.html", context, status=status)


@officer_required(EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def routes(request: HttpRequest) -> HttpResponse:
    """Show which system processes what; write a new decision. What is not whole keeps what was typed."""
    form = RouteForm(request.POST if request.method == "POST" else None)
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        order = _order(form) if form.is_valid() else None
        if order is not None:
            try:
                add_route(order=order, actor=actor_from(request), at=clock.now())
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(request, "Đã ghi quy định định tuyến.")
                return redirect_after_post(request, reverse("portal_desk:routes"))
    context = {
        "lines": ownership.list_routes(clock.today()),
        "form": form,
        "trouble": trouble,
    }
    return render_page(request, "nationalportal/routes.html", context, status=status)


@officer_required(EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def route_end(request: HttpRequest, route_id: int) -> HttpResponse:
    """Let a route end on a day."""
    card = next((one for one in ownership.list_routes(clock.today()) if one.id == route_id), None)
    if card is None:
        raise Http404
    form = EndRouteForm(request.POST if request.method == "POST" else None)
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                end_route(
                    route_id=route_id, ended_on=form.cleaned_data["ended_on"], actor=actor_from(request), at=clock.now()
                )  # fmt: skip
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(request, "Đã ghi ngày kết thúc định tuyến.")
                return redirect_after_post(request, reverse("portal_desk:routes"))
    context = {"card": card, "form": form, "trouble": trouble}
    return render_page(request, "nationalportal/route_end.html", context, status=status)


def _order(form: RouteForm) -> RouteOrder | None:
    """Return what the form says; None when a code is not known, with the field saying so."""
    told = form.cleaned_data
    procedure = find_procedure(told["procedure"], told["valid_from"])
    agency = find_agency_by_code(told["agency"], told["valid_from"])
    if procedure is None:
        form.add_error(
            "procedure",
            "Không có thủ tục mang mã này đang có hiệu lực vào ngày bắt đầu. Hãy kiểm tra lại mã.",
        )
    if agency is None:
        form.add_error("agency", "Không có cơ quan mang mã này. Hãy kiểm tra lại mã.")
    if procedure is None or agency is None:
        return None
    return RouteOrder(
        procedure_version_id=procedure.version_id, agency_id=agency.id, system=told["system"],
        system_name=told["system_name"], address=told["address"], valid_from=told["valid_from"],
        valid_to=told["valid_to"], decision=told["decision"],
    )  # fmt: skip


@officer_required(EDITORS)
@require_safe
def code_lists(request: HttpRequest) -> HttpResponse:
    """What differs between the portal's code lists and ours: an editor decides, nothing is written over."""
    asked = request.GET.get("danh-muc", ListKind.PROCEDURE.value)
    kind = ListKind(asked) if asked in set(ListKind) else ListKind.PROCEDURE
    counts = count_differences()
    context = {
        "lines": list_differences(kind),
        "kinds": [(one.value, LISTS[one], counts[one], one is kind) for one in ListKind],
        "total": counts[kind],
        "compared_at": last_compared_at(),
        "uncoded": sum(one.change is ListChange.UNCODED for one in list_differences(ListKind.SECTOR)),
        "is_sector": kind is ListKind.SECTOR,
    }
    return render_page(request, "nationalportal/lists.html", context)


@officer_required(EDITORS)
@require_POST
def take_field_codes(request: HttpRequest) -> HttpResponse:
    """Give our fields the portal's codes, where they have none and bear the same name."""
    taken = take_codes(actor=actor_from(request), at=clock.now())
    messages.success(request, f"Đã ghi mã của Cổng cho {taken} lĩnh vực.")
    return redirect_after_post(
        request, f"{reverse('portal_desk:code_lists')}?danh-muc={ListKind.SECTOR.value}"
    )
