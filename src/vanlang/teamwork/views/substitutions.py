"""Who stands in for whom while a colleague is on leave."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanlang.identity.api import (
    Actor,
    Role,
    actor_from,
    appoint_substitute,
    end_substitution,
    list_officers,
    list_substitutions,
    officer_required,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.teamwork import labels
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.forms.substitution import SubstitutionForm
from vanlang.teamwork.queries.talk import WORKERS as WORKING
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

SETTING = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK, Role.ADMIN)


@officer_required(SETTING)
@require_http_methods(["GET", "POST"])
def substitutions(request: HttpRequest) -> HttpResponse:
    """Show who stands in for whom, and let one be appointed: for oneself, or for anybody by leaders and administrators."""
    actor, at = actor_from(request), clock.now()
    form = SubstitutionForm(
        request.POST if request.method == "POST" else None, today=at.date(), **_choices(actor, at.date())
    )
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                appoint_substitute(**form.order(), actor=actor, at=at)
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(request, "Đã phân công người thay; tự hết hiệu lực sau ngày cuối.")
                return redirect_after_post(request, reverse("teamwork:substitutions"))
    return _page(request, actor, at, form, trouble, status)


@officer_required(SETTING)
@require_POST
def end(request: HttpRequest, substitution_id: int) -> HttpResponse:
    """End a substitution today, or take one back that has not begun."""
    end_substitution(substitution_id=substitution_id, actor=actor_from(request), at=clock.now())
    messages.success(request, "Đã kết thúc phân công thay.")
    return redirect_after_post(request, reverse("teamwork:substitutions"))


def _page(
    request: HttpRequest,
    actor: Actor,
    at: dt.datetime,
    form: SubstitutionForm,
    trouble: Sentence | None,
    status: int,
) -> HttpResponse:
    me, today = officer_of(actor), at.date()
    may_all = actor.has(Role.LEADER) or actor.has(Role.ADMIN)
    cards = list_substitutions(me.agency_id, on=today)
    context = {
        "form": form,
        "trouble": trouble,
        "lines": [
            {
                "card": card,
                "last_on": card.valid_to - dt.timedelta(days=1),
                "is_now": card.covers(today),
                "roles": labels.roles_in_words(card.roles),
                "may_end": may_all or card.absent.id == me.appointment_id,
            }
            for card in cards
        ],
    }
    return render_page(request, "teamwork/substitutions.html", context, status=status)


def _choices(actor: Actor, on: dt.date) -> dict[str, list[Choice]]:
    me = officer_of(actor)
    officers = [card for card in list_officers(me.agency_id, on) if card.roles & WORKING]
    everybody = [Choice(str(card.id), f"{card.name}, {card.title}") for card in officers]
    may_all = actor.has(Role.LEADER) or actor.has(Role.ADMIN)
    own = [one for one in everybody if one.value == str(me.appointment_id)]
    return {
        "absent": [Choice("", "Chọn người vắng"), *everybody] if may_all else own,
        "substitutes": [Choice("", "Chọn người thay"), *everybody],
    }
