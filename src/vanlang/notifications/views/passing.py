"""For whoever holds a link: the short page of a text message, stopping in one click, the browser's worker."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from vanlang.identity.api import public
from vanlang.kernel import clock
from vanlang.notifications.errors import MessageNotFoundError
from vanlang.notifications.labels import KINDS
from vanlang.notifications.queries.links import read_stop_token, stop_token
from vanlang.notifications.queries.messages import find_by_token
from vanlang.notifications.services.preferring import stop
from vanlang.notifications.types import NoticeKind, Recipient
from vanlang.ui.rendering import render_page

WORKER = (Path(__file__).parents[1] / "static" / "notifications" / "worker.js").read_text(encoding="utf-8")


@public
@require_safe
def short(request: HttpRequest, token: str) -> HttpResponse:
    """What a text message was about, without a word of who it was for; from here one signs in, or stops."""
    card = find_by_token(token)
    if card is None:
        raise MessageNotFoundError
    recipient = Recipient(person_id=card.person_id, account_id=card.account_id)
    context = {
        "title": card.title,
        "told_at": card.told_at,
        "link": card.link or reverse("notifications:messages"),
        "is_duty": card.kind is NoticeKind.DUTY,
        "stop_link": reverse("notifications:stop", args=[stop_token(recipient, card.kind)]),
    }
    return render_page(request, "notifications/short.html", context)


@public
@csrf_exempt  # a mail program posts here by itself (RFC 8058); the signed word in the address is all it needs
@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of message: GET asks, POST does. Without signing in: the link is the proof of having been told."""
    order = read_stop_token(token)
    if order is None:
        raise MessageNotFoundError
    is_done = request.method == "POST" and stop(order=order, at=clock.now())
    context = {"kind": KINDS[order.kind], "is_duty": order.kind is NoticeKind.DUTY, "is_done": is_done}
    return render_page(request, "notifications/stop.html", context)


@public
@require_safe
@cache_control(max_age=300)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a push while no page is open; its scope is this folder."""
    return HttpResponse(WORKER, content_type="text/javascript; charset=utf-8")
