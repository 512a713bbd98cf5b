"""Find a procedure and read what it asks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vanlang.catalogue.api import get_procedure, list_fields, list_procedures
from vanlang.identity.api import actor_from, public
from vanlang.intake.api import list_drafts, list_places
from vanlang.kernel import clock
from vanlang.kernel.vietnamese import search_key
from vanlang.portal.queries import procedures as pages
from vanlang.ui.rendering import paginate, render_page, render_part


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question: what do you need?"""
    context = {"popular": pages.popular(clock.today()), "suggestions": pages.SUGGESTIONS}
    return render_page(request, "portal/home.html", context)


@public
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """What a search found; while one types, htmx asks for the part `found` of the same address."""
    page = pages.search_page(request.GET.get("q", ""), clock.today())
    context = {"page": page, "popular": () if page.query else pages.popular(clock.today())}
    return render_part(request, "portal/procedures.html", "found", context)


@public
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """A procedure in plain words."""
    page = pages.procedure_page(code, clock.today())
    drafts = list_drafts(actor_from(request), procedure_version_id=page.version.id)
    return render_page(request, "portal/procedure.html", {"page": page, "drafts": drafts})


@public
@require_safe
def places(request: HttpRequest, code: str) -> HttpResponse:
    """Every counter that takes a procedure, found by the name of one's commune."""
    card = get_procedure(code, clock.today())
    found = list_places(card.version_id, clock.today())
    text = request.GET.get("q", "").strip()
    communes = [one for one in found.communes if search_key(text) in search_key(f"{one.name} {one.address}")]
    context = {
        "procedure": card,
        "department": found.department,
        "takes_communes": bool(found.communes),
        "page": paginate(request, communes, per_page=24),
        "query": text,
    }
    return render_part(request, "portal/places.html", "found", context)


@public
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """The fields of administration."""
    return render_page(request, "portal/fields.html", {"fields": list_fields(clock.today())})


@public
@require_safe
def field(request: HttpRequest, field_id: int) -> HttpResponse:
    """The procedures of one field."""
    today = clock.today()
    card = next((one for one in list_fields(today) if one.id == field_id), None)
    if card is None:
        raise Http404
    page = paginate(request, list_procedures(today, field=card.name), per_page=30)
    return render_page(request, "portal/field.html", {"field": card, "page": page})
