"""Labels and receipts of dossiers, for the printers of this workstation."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.printing.api import print_dossiers
from vanlang.printing.errors import TooManyLabelsError
from vanlang.printing.labels import STOCKS
from vanlang.printing.rules.stocks import LABELS_ON_SHEET, Stock
from vanlang.printing.services import PURPOSE
from vanlang.printing.views.answers import pdf_response
from vanlang.printing.views.workstation import chosen_printers
from vanlang.ui.rendering import render_page

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
MOST = 240
"""Labels in one file."""


def public_address(token: str) -> str:
    """Return where the code on a label or receipt leads to."""
    return f"{settings.VANLANG_PUBLIC_URL}/xac-minh/{token}/"


@officer_required(WORKERS)
@require_GET
def dossier(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show what can be printed of a dossier, each with the printer of this workstation."""
    actor = actor_from(request)
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose=PURPOSE, at=clock.now())
    printers = chosen_printers(request, actor)
    context = {
        "page": page,
        "lines": [(stock.value, name, printers.get(stock)) for stock, name in STOCKS.items()],
        "places": range(1, LABELS_ON_SHEET + 1),
    }
    return render_page(request, "printing/dossier.html", context)


@officer_required(WORKERS)
@require_GET
def paper(request: HttpRequest, dossier_id: uuid.UUID, stock: str) -> HttpResponse:
    """Hand out a label or receipt of one dossier."""
    return _printed(request, [dossier_id], stock)


@officer_required(WORKERS)
@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """Hand out labels of several dossiers (`?ho-so=…&ho-so=…`), on sheets or on the roll."""
    ids = [_id(text) for text in request.GET.getlist("ho-so")]
    return _printed(request, ids, request.GET.get("kho", Stock.LABEL_SHEET.value))


def _printed(request: HttpRequest, ids: list[uuid.UUID], stock: str) -> HttpResponse:
    if stock not in {one.value for one in Stock}:
        raise Http404
    actor, kind, each = actor_from(request), Stock(stock), _number(request, "so")
    if len(ids) * each > MOST:
        raise TooManyLabelsError(most=MOST)
    pdf = print_dossiers(
        ids,
        stock=kind,
        printer=chosen_printers(request, actor).get(kind),
        address_of=public_address,
        actor=actor,
        at=clock.now(),
        first=_number(request, "tu"),
        each=each,
    )
    return pdf_response(pdf, f"{stock.replace('_', '-')}.pdf")


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
