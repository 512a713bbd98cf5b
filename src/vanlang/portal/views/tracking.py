"""Follow a dossier without an account: its code, and a second fact that only its applicant is likely to know."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from vanlang.dossiers.api import DossierNotFound, PublicStatus, TooManyTries
from vanlang.dossiers.api import track as find_status
from vanlang.identity.api import consume, public
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.portal.forms import TrackForm
from vanlang.portal.views.visitors import address_of
from vanlang.ui.rendering import render_part

TRIES, PER = 15, dt.timedelta(minutes=15)
"""For one address, whatever codes it tries; the dossier's own limit for a code stands beside it."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """
    Show the masked status of a dossier.

    A code that does not exist, a wrong second fact and a malformed code get the same page, so that nothing can be
    learnt by trying. The code travels in a POST: it stands in no address, no history and no log of addresses.
    """
    if request.method != "POST":
        form = TrackForm(initial={"code": request.GET.get("ma", "")[:40]})
        return _page(request, {"form": form, "status": None})
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _page(request, {"form": form, "status": None}, status=422)
    refusal = consume(f"track:{address_of(request)}", limit=TRIES, per=PER, at=clock.now())
    if refusal is not None:
        return _refused(request, form, refusal.code, refusal.facts, status=429)
    try:
        found: PublicStatus = find_status(
            code=form.cleaned_data["code"], second_fact=form.cleaned_data["second_fact"], at=clock.now()
        )
    except TooManyTries as error:
        return _refused(request, form, error.code, error.facts, status=429)
    except DossierNotFound:
        return _refused(request, form, "dossiers.tracking_failed", {}, status=404)
    return _page(request, {"form": form, "status": found})


def _refused(
    request: HttpRequest, form: TrackForm, code: str, facts: dict[str, object], *, status: int
) -> HttpResponse:
    sentence = sentence_of(code, facts)
    form.add_error(None, f"{sentence.says} {sentence.do_now}")
    return _page(request, {"form": form, "status": None}, status=status)


def _page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = render_part(request, "portal/track.html", "track", context, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response
