"""At the counter: a petition taken down for somebody who stands there, and the receipt with its code and secret."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.files.api import FileRefusedError
from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence
from vanlang.petitions.api import IdentityProof, file_petition, get_petition, reissue_secret
from vanlang.petitions.forms import ReissueForm, TakeDownForm
from vanlang.petitions.requests import keep_receipt, receipt_secret
from vanlang.petitions.views.common import HANDLERS, private, trouble_of
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required(HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest) -> HttpResponse:
    """Take down what somebody says, in their own words."""
    if request.method != "POST":
        return _page(request, TakeDownForm(initial={"dossier_code": request.GET.get("ho-so", "")[:60]}))
    form = TakeDownForm.of(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    actor, at = actor_from(request), clock.now()
    try:
        filed = file_petition(brought=form.brought(actor.agency_id or 0), actor=actor, at=at)
    except FileRefusedError as error:
        said = trouble_of(error)
        form.add_error("sheets", f"{said.says} {said.do_now}")
        return _page(request, form, status=422)
    except DomainError as error:
        return _page(request, form, trouble=trouble_of(error), status=error.status)
    keep_receipt(request.session, filed, at=at)
    return redirect_after_post(request, reverse("petitions:receipt", args=[filed.id]))


@officer_required(HANDLERS)
@require_GET
def receipt(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """The receipt to print and hand over; its secret is shown for half an hour, to who took it down."""
    at = clock.now()
    page = get_petition(petition_id, actor=actor_from(request), purpose="In giấy biên nhận phản ánh", at=at)
    secret = receipt_secret(request.session, petition_id, at=at)
    context = {"page": page, "secret": secret, "handle_by": page.clocks[-1].due_at}
    return private(render_page(request, "petitions/receipt.html", context))


@officer_required(HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def reissue(request: HttpRequest) -> HttpResponse:
    """Give a sender who lost the secret a new one, after a look at who stands there."""
    if request.method != "POST":
        return _reissue_page(request, ReissueForm(initial={"code": request.GET.get("ma", "")[:30]}))
    form = ReissueForm(request.POST)
    if not form.is_valid():
        return _reissue_page(request, form, status=422)
    told, at = form.cleaned_data, clock.now()
    try:
        filed = reissue_secret(
            code=told["code"],
            proof=IdentityProof(told["proof"]),
            shown=told["shown"],
            actor=actor_from(request),
            at=at,
        )
    except DomainError as error:
        return _reissue_page(request, form, trouble=trouble_of(error), status=error.status)
    keep_receipt(request.session, filed, at=at)
    return redirect_after_post(request, f"{reverse('petitions:reissued', args=[filed.id])}?ma={filed.code}")


@officer_required(HANDLERS)
@require_GET
def reissued(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Show the new secret for half an hour, to who made it; nothing else of the petition, which may be another agency's."""
    secret = receipt_secret(request.session, petition_id, at=clock.now())
    context = {"code": request.GET.get("ma", "")[:30] if secret else "", "secret": secret}
    return private(render_page(request, "petitions/reissued.html", context))


def _reissue_page(
    request: HttpRequest, form: ReissueForm, *, trouble: Sentence | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "trouble": trouble}
    return private(render_page(request, "petitions/reissue.html", context, status=status))


def _page(
    request: HttpRequest, form: TakeDownForm, *, trouble: Sentence | None = None, status: int = 200
) -> HttpResponse:
    return private(
        render_page(request, "petitions/take_down.html", {"form": form, "trouble": trouble}, status=status)
    )
