"""Paying for a dossier: what is owed, by which way, and a page that waits until the money is there."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vanlang.dossiers.api import DossierNotFound, TooManyTries, get_for_citizen, track
from vanlang.files.api import read
from vanlang.identity.api import Actor, actor_from, citizen_required, consume, public
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api as payments
from vanlang.payments.api import DemandCard, MoneyNotFound, PaymentWay
from vanlang.portal.forms import TrackForm
from vanlang.portal.queries.paying import attempt_of, owed_for
from vanlang.portal.views.papers import pdf_response
from vanlang.portal.views.tracking import PER, TRIES
from vanlang.portal.views.visitors import address_of
from vanlang.ui.rendering import redirect_after_post, render_page, render_part


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """What is owed for one of my dossiers, and the ways to pay it."""
    actor = actor_from(request)
    dossier = get_for_citizen(dossier_id, actor=actor, at=clock.now())
    owed = owed_for(dossier_id, on=clock.today())
    if owed.demand is None:
        raise MoneyNotFound
    refusal, status = "", 200
    if request.method == "POST":
        try:
            return _begin(request, owed.demand, actor)
        except DomainError as error:
            sentence = sentence_of(error.code, error.facts)
            refusal, status = f"{sentence.says} {sentence.do_now}", type(error).status
            owed = owed_for(dossier_id, on=clock.today())
    context = {"dossier": dossier, "owed": owed, "refusal": refusal}
    return render_page(request, "portal/pay.html", context, status=status)


def _begin(request: HttpRequest, demand: DemandCard, actor: Actor) -> HttpResponse:
    told = request.POST.get("cach", "")
    way = PaymentWay(told) if told in set(PaymentWay) else PaymentWay.BANK_QR
    payment_id = payments.begin_payment(demand_id=demand.id, way=way, actor=actor, at=clock.now())
    return redirect_after_post(request, reverse("portal:payment", args=[payment_id]))


@public
@require_safe
def payment(request: HttpRequest, payment_id: uuid.UUID) -> HttpResponse:
    """
    An attempt to pay: the code or the way to the platform, and whether the money is there.

    Whoever has its random address may open it, so that a neighbour's phone can pay; it names nobody.
    """
    attempt = attempt_of(payment_id, at=clock.now())
    context = {
        "attempt": attempt,
        "payment": attempt.payment,
        "mine": _is_mine(request, attempt.payment.dossier_id),
    }
    response = render_part(request, "portal/payment.html", "payment", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _is_mine(request: HttpRequest, dossier_id: uuid.UUID) -> bool:
    """Tell whether the reader is who may see the dossier, so that the page leads back to it."""
    actor = actor_from(request)
    if not actor.is_citizen:
        return False
    try:
        get_for_citizen(dossier_id, actor=actor, at=clock.now())
    except DossierNotFound:
        return False
    return True


@citizen_required
@require_safe
def fee_receipt(
    request: HttpRequest, dossier_id: uuid.UUID, receipt_id: uuid.UUID, kind: str
) -> HttpResponse:
    """A receipt of mine: the page, or the sealed data."""
    get_for_citizen(dossier_id, actor=actor_from(request), at=clock.now())
    card = payments.get_receipt(receipt_id)
    if card.dossier_id != dossier_id:
        raise MoneyNotFound
    payments.complete_receipt(receipt_id=receipt_id, at=clock.now())
    card = payments.get_receipt(receipt_id)
    name = f"bien-lai-{card.year}-{card.number}"
    if kind != "xml":
        assert card.pdf_id is not None  # noqa: S101 - just completed
        return pdf_response(read(card.pdf_id), f"{name}.pdf")
    return HttpResponse(
        payments.read_xml(receipt_id),
        content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.xml"',
            "Cache-Control": "private, no-store",
        },
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def pay_by_code(request: HttpRequest) -> HttpResponse:
    """Pay without an account: a dossier's code and the second fact, as for tracking; what is shown names nobody."""
    if request.method != "POST":
        form = TrackForm(initial={"code": request.GET.get("ma", "")[:40]})
        return _by_code(request, {"form": form})
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _by_code(request, {"form": form}, status=422)
    at = clock.now()
    refusal = consume(f"track:{address_of(request)}", limit=TRIES, per=PER, at=at)
    if refusal is not None:
        return _refused(request, form, refusal.code, refusal.facts, status=429)
    try:
        status = track(code=form.cleaned_data["code"], second_fact=form.cleaned_data["second_fact"], at=at)
    except TooManyTries as error:
        return _refused(request, form, error.code, error.facts, status=429)
    except DossierNotFound:
        return _refused(request, form, "dossiers.tracking_failed", {}, status=404)
    return _for_code(request, form, status.code or "", at)


def _for_code(request: HttpRequest, form: TrackForm, code: str, at: dt.datetime) -> HttpResponse:
    """Begin to pay for the dossier of a code that was proven; or say what its fees are."""
    with acting(Scope.system()):  # one dossier, by its code and second fact
        demand = payments.find_demand_by_code(code)
        if demand is None or not demand.is_open:
            return _by_code(request, {"form": form, "nothing": True, "demand": demand, "code": code})
        owed = owed_for(demand.dossier_id, on=at.date())
        if "cach" in request.POST:
            try:
                return _begin(request, demand, actor_from(request))
            except DomainError as error:
                return _refused(request, form, error.code, error.facts, status=type(error).status)
    return _by_code(request, {"form": form, "owed": owed, "code": code})


def _refused(
    request: HttpRequest, form: TrackForm, code: str, facts: dict[str, object], *, status: int
) -> HttpResponse:
    sentence = sentence_of(code, facts)
    form.add_error(None, f"{sentence.says} {sentence.do_now}")
    return _by_code(request, {"form": form}, status=status)


def _by_code(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    shown = {"owed": None, "nothing": False, "demand": None, "code": "", **context}
    response = render_page(request, "portal/pay_by_code.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response
