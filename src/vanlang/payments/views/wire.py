"""
Where the payment platform speaks to us, without a person: it shows a seal, never a session.

    POST /ket-noi/thanh-toan/            a callback → {"MaLoi"}: kept, then answered
    GET  /ket-noi/thanh-toan/ve/<ref>/   where it sends the payer back to; believes nothing of what the address says
"""

from __future__ import annotations

import json

import structlog
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from vanlang.connectors.api import accept
from vanlang.identity.api import public
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal
from vanlang.kernel.scope import Scope, acting
from vanlang.payments.adapters import platform
from vanlang.payments.adapters.receivers import CALLBACK
from vanlang.payments.queries.tasks import find_payment_by_reference
from vanlang.payments.rules import platform as words
from vanlang.payments.services.noticing import is_ours, note_false_seal
from vanlang.payments.types import SYSTEM, Notice

log = structlog.get_logger(__name__)
LARGEST = 16 * 1024


@public
@csrf_exempt  # the platform posts by itself: its seal is all that it has
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    """Keep what the platform tells us, and say that it is kept. What it does to the books is a job's."""
    if not platform.is_named():
        raise Http404
    at = clock.now()
    message = _message(request)
    if message is None:
        return _answer(words.UNREADABLE, 400)
    if not words.is_sealed(message, words.told_fields(message), platform.address().secret):
        with acting(Scope.system()):
            note_false_seal(at=at)
        log.warning("callback_without_seal")
        return _answer(words.WRONG_SEAL, 400)
    notice = words.read_notice(message)
    if isinstance(notice, Refusal):
        return _answer(words.UNREADABLE, 400, Truong=notice.facts["field"])
    with acting(Scope.system()):
        accept(system=SYSTEM, kind=CALLBACK, external_id=_name_of(notice), content=message, at=at)
        return _answer(words.SUCCESS if is_ours(notice) else words.UNKNOWN_REFERENCE)


@public
@require_safe
def back(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead a payer who comes back to what they paid for; who may see it is asked there."""
    with acting(Scope.system()):  # one reference, and nothing of it is shown
        payment = find_payment_by_reference(reference)
    if payment is None:
        raise Http404
    try:
        return redirect("portal:payment", payment.id)
    except NoReverseMatch:
        return redirect("/")


def _message(request: HttpRequest) -> dict[str, object] | None:
    """Return a message of plain words, or None for what cannot be read as one."""
    size = request.headers.get("Content-Length", "")
    if not size.isdecimal() or int(size) > LARGEST:
        return None
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    if not isinstance(told, dict) or not all(isinstance(value, str | int) for value in told.values()):
        return None
    return told


def _name_of(notice: Notice) -> str:
    """Return what a callback is about, as the inbox names it: what comes about one thing is applied in its order."""
    return notice.transaction or f"{notice.reference}:{notice.code}"


def _answer(code: str, status: int = 200, **told: object) -> JsonResponse:
    return JsonResponse({"MaLoi": code, **told}, status=status)
