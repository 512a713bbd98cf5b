"""Returning several results to one person: found once, ticked, handed out together."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from vanlang.audit.api import record_read
from vanlang.counter import labels
from vanlang.counter.queries.lists import list_results_of
from vanlang.counter.services.post import add_result
from vanlang.counter.views.answers import chosen_ids, say_why_not
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel
from vanlang.identity.api import (
    Actor,
    PersonCard,
    Role,
    actor_from,
    check_personal_id,
    clean_personal_id,
    find_person,
    officer_required,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.payments import api as payments
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def deliver(request: HttpRequest) -> HttpResponse:
    """Find a person by number; hand out what lies here for them, or put it on the list of the post."""
    actor = actor_from(request)
    number = clean_personal_id(request.GET.get("q", ""))
    refusal = check_personal_id(number) if number else None
    person = _person(number, actor) if number and refusal is None else None
    results = list_results_of(person.id, actor, at=clock.now()) if person else ()
    owing = payments.get_settlements(card.dossier_id for card in results)
    why = sentence_of(refusal.code, refusal.facts) if refusal else None
    context = {
        "number": request.GET.get("q", ""),
        "error": f"{why.says} {why.do_now}" if why else "",
        "is_asked": bool(number),
        "person": person,
        "results": results,
        "owed": [
            (card, owing[card.dossier_id].owed_vnd) for card in results if owing[card.dossier_id].owed_vnd
        ],
    }
    if request.method == "POST" and person is not None:
        _hand_out(request, actor, [card.dossier_id for card in results])
        return redirect_after_post(request, reverse("counter:deliver") + "?" + urlencode({"q": number}))
    return render_page(request, "counter/deliver.html", context, status=422 if refusal else 200)


def _person(number: str, actor: Actor) -> PersonCard | None:
    """Return the person of a number; the read is written before anything of them is shown."""
    found = find_person(number)
    if found is not None:
        record_read(
            act="counter.look_up_person", actor=actor, object_type="person", object_id=found.id,
            purpose=labels.PURPOSE, at=clock.now(),
        )  # fmt: skip
    return found


def _hand_out(request: HttpRequest, actor: Actor, theirs: list[uuid.UUID]) -> None:
    """Do to each ticked result what was asked; each is its own act, and one refusal keeps no other back."""
    at, chosen = clock.now(), [key for key in chosen_ids(request) if key in theirs]
    done = 0
    for key in chosen:
        try:
            if request.POST.get("viec") == "buu-chinh":
                add_result(dossier_id=key, actor=actor, at=at)
            else:
                receiver = request.POST.get("nguoi-nhan", "")
                dossiers.deliver(
                    dossier_id=key, channel=Channel.DIRECT, receiver=receiver, actor=actor, at=at
                )
            done += 1
        except DomainError as error:
            say_why_not(request, error)
    if not chosen:
        messages.error(request, "Chưa chọn kết quả nào. Hãy đánh dấu các kết quả cần trả.")
    elif done and request.POST.get("viec") == "buu-chinh":
        messages.success(request, f"Đã chuyển {done} kết quả sang danh sách chờ gửi bưu chính.")
    elif done:
        messages.success(request, f"Đã trả {done} kết quả.")
