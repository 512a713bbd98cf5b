"""Check a paper: by the code printed on it, or by the file itself. No account, and nothing is kept."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vanlang.dossiers.api import RATEABLE, DossierNotFound, get_by_public_token
from vanlang.identity.api import consume, public
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.portal.forms import CodeForm, VerifyForm
from vanlang.portal.queries.results import code_page, result_page
from vanlang.portal.queries.verifying import verdict_page
from vanlang.portal.views.visitors import address_of
from vanlang.registers.api import CodeUnreadableError, published_keys, sealed_list
from vanlang.ui.errors import too_many_requests
from vanlang.ui.rendering import render_page

CHECKS, PER = 20, dt.timedelta(minutes=10)
"""A check reads a file and asks the certificate authority: one address gets so many."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Say what a PDF is worth: its signatures, and whether exactly this file was issued here."""
    if request.method != "POST":
        return render_page(request, "portal/verify.html", {"form": VerifyForm(), "verdict": None})
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_page(request, "portal/verify.html", {"form": form, "verdict": None}, status=422)
    refusal = consume(f"verify:{address_of(request)}", limit=CHECKS, per=PER, at=clock.now())
    if refusal is not None:
        return too_many_requests(request, retry_after_seconds=int(str(refusal.facts["retry_after_seconds"])))
    upload = form.cleaned_data["file"]
    verdict = verdict_page(upload.read(), name=upload.name, at=clock.now())
    return render_page(request, "portal/verify.html", {"form": VerifyForm(), "verdict": verdict})


@public
@require_safe
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the code printed on a receipt or an outcome stands for."""
    try:
        status = get_by_public_token(token, at=clock.now())
    except DossierNotFound:
        return render_page(request, "portal/verify_unknown.html", status=404)
    result = None
    if status.outcome_title:
        now = clock.now()
        refusal = consume(f"verify:{address_of(request)}", limit=CHECKS, per=PER, at=now)
        result = result_page(token, status, at=now, check=refusal is None)
    context = {
        "status": status,
        "result": result,
        "may_rate": result is None and status.state in RATEABLE,
        "rating_url": reverse("portal:rating_by_token", args=[token]),
    }
    return render_page(request, "portal/verify_token.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_code(request: HttpRequest) -> HttpResponse:
    """Say what a verification code is worth, and how it is checked without a network."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "result": None, "sentence": None}
    if request.method != "POST":
        return render_page(request, "portal/verify_code.html", context)
    if form.is_valid():
        try:
            context["result"] = code_page(form.cleaned_data["code"], at=clock.now())
        except CodeUnreadableError as error:
            context["sentence"] = sentence_of(error.code, error.facts)
    return render_page(request, "portal/verify_code.html", context, status=200 if context["result"] else 422)


@public
@require_safe
def verification_keys(request: HttpRequest) -> HttpResponse:
    """The keys that verification codes are checked with."""
    return JsonResponse(published_keys(), headers={"Cache-Control": "public, max-age=3600"})


@public
@require_safe
def ended_results(request: HttpRequest) -> HttpResponse:
    """The signed list of results that were replaced or revoked before their time."""
    return HttpResponse(
        sealed_list(at=clock.now()),
        content_type="application/jose",
        headers={"Content-Disposition": 'attachment; filename="thu-hoi.jws"'},
    )
