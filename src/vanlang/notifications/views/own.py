"""One's own messages, and by which ways one wants them: for citizens and for officers, each in their frame."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.identity.api import Actor, actor_from, signed_in_required
from vanlang.kernel import clock
from vanlang.kernel.errors import Invalid
from vanlang.kernel.labels import sentence_of
from vanlang.notifications.adapters.web_push import public_key
from vanlang.notifications.errors import AddressError, MessageNotFoundError, PreferenceError
from vanlang.notifications.forms import PreferencesForm
from vanlang.notifications.labels import CHANNELS, KIND_HINTS, KINDS, STATES
from vanlang.notifications.queries.messages import find_message, get_letter, list_messages_of, subjects_of
from vanlang.notifications.queries.people import preferences_of, reach_of
from vanlang.notifications.services.preferring import (
    set_preference,
    subscribe_browser,
    unsubscribe_browser,
)
from vanlang.notifications.services.reading import mark_read
from vanlang.notifications.types import DeliveryState, MessageCard, NoticeKind, Recipient
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import FieldError

CITIZEN_KINDS = (NoticeKind.DUTY, NoticeKind.PROGRESS, NoticeKind.REMINDER)
TONES = {
    DeliveryState.QUEUED: "pending",
    DeliveryState.HELD_QUIET: "pending",
    DeliveryState.HELD_CAP: "pending",
    DeliveryState.SENDING: "progress",
    DeliveryState.SENT: "success",
    DeliveryState.DELIVERED: "success",
    DeliveryState.FAILED: "danger",
    DeliveryState.EXPIRED: "neutral",
}


def owner_of(actor: Actor) -> Recipient:
    """Return whose messages `actor` reads: a citizen's as a person, an officer's as an account."""
    if actor.is_citizen and actor.person_id is not None:
        return Recipient.person(actor.person_id)
    return Recipient.account(actor.account_id or 0)


def base_of(actor: Actor) -> str:
    return "ui/citizen.html" if actor.is_citizen else "ui/officer.html"


@signed_in_required
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    actor = actor_from(request)
    mine = owner_of(actor)
    page = paginate(request, list_messages_of(mine))
    subjects = subjects_of([card.id for card in page.items], recipient=mine)
    context = {
        "base": base_of(actor),
        "page": page,
        "lines": [_line(card) | {"subject": subjects.get(card.id, "")} for card in page.items],
        "bad": reach_of(mine).bad,
        "channels": CHANNELS,
    }
    return render_page(request, "notifications/messages.html", context)


@signed_in_required
@require_safe
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One message, word for word, and which ways it took."""
    actor = actor_from(request)
    mine = owner_of(actor)
    card = find_message(message_id, recipient=mine)
    if card is None:
        raise MessageNotFoundError
    letter = get_letter(message_id, recipient=mine)
    mark_read(message_id=message_id, recipient=mine, at=clock.now())
    context = {"base": base_of(actor), "card": card, "letter": letter, "line": _line(card)}
    return render_page(request, "notifications/message.html", context)


@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """By which ways I want what."""
    actor = actor_from(request)
    mine = owner_of(actor)
    kinds = CITIZEN_KINDS if actor.is_citizen else tuple(NoticeKind)
    chosen: dict[NoticeKind, Sequence[str]] = {
        kind: sorted(one.channels) for kind, one in preferences_of(mine).items()
    }
    errors: list[FieldError] = []
    if request.method == "POST":
        form = PreferencesForm(request.POST, kinds=kinds)
        if form.is_valid():
            chosen |= {kind: sorted(form.channels(kind)) for kind in kinds}
            errors = _keep(mine, form, kinds)
        if not errors:
            notes.success(request, "Đã lưu cách nhận thông báo.")
            return redirect_after_post(request, reverse("notifications:preferences"))
    context = {
        "base": base_of(actor),
        "reach": reach_of(mine),
        "errors": errors,
        "kinds": [_kind(kind, chosen[kind], errors) for kind in kinds],
        "choices": list(CHANNELS.items()),
        "push_key": public_key(key) if (key := settings.VANLANG_VAPID_PRIVATE_KEY) else "",
        "channels": CHANNELS,
    }
    return render_page(request, "notifications/preferences.html", context, status=422 if errors else 200)


@signed_in_required
@require_POST
def browser(request: HttpRequest) -> HttpResponse:
    """Subscribe this browser ({"subscription": …}) or forget it ({"endpoint": …}); asked by the page's script."""
    mine = owner_of(actor_from(request))
    try:
        told = json.loads(request.body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise AddressError("notifications.no_subscription")
    try:
        if isinstance(told.get("subscription"), dict):
            subscribe_browser(recipient=mine, subscription=told["subscription"], at=clock.now())
        else:
            unsubscribe_browser(recipient=mine, endpoint=str(told.get("endpoint", "")))
    except Invalid as refused:
        sentence = sentence_of(refused.code, refused.facts)
        return JsonResponse({"says": f"{sentence.says} {sentence.do_now}"}, status=422)
    return JsonResponse({"browsers": reach_of(mine).push})


def _keep(mine: Recipient, form: PreferencesForm, kinds: tuple[NoticeKind, ...]) -> list[FieldError]:
    """Keep every choice that may be made; return what may not."""
    errors = []
    for kind in kinds:
        try:
            set_preference(recipient=mine, kind=kind, channels=form.channels(kind), at=clock.now())
        except PreferenceError as refused:
            sentence = sentence_of(refused.code)
            errors.append(FieldError(f"id_{kind.value}", f"{sentence.says} {sentence.do_now}"))
    return errors


def _kind(kind: NoticeKind, chosen: Sequence[str], errors: list[FieldError]) -> dict[str, object]:
    error = next((error.text for error in errors if error.field_id == f"id_{kind.value}"), "")
    return {
        "name": kind.value,
        "label": KINDS[kind],
        "hint": KIND_HINTS[kind],
        "values": chosen,
        "error": error,
    }


def _line(card: MessageCard) -> dict[str, object]:
    ways = [
        {
            "channel": CHANNELS[one.channel], "hint": one.hint, "state": STATES[one.state], "tone": TONES[one.state],
            "at": one.finished_at or one.sent_at or one.next_at,
        }
        for one in card.deliveries
    ]  # fmt: skip
    return {
        "id": card.id, "title": card.title, "told_at": card.told_at, "is_new": card.read_at is None,
        "kind": KINDS[card.kind], "ways": ways,
    }  # fmt: skip
