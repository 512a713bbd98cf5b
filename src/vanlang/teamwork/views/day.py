"""The day's digest, what is stuck, and decided dossiers that resemble an open one."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.catalogue.api import get_version
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Precedents, StuckCard
from vanlang.eforms import api as eforms
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.teamwork import labels, services
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.queries.digest import digest_hour, digest_of
from vanlang.teamwork.views.common import WORKERS
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

HOURS = range(5, 21)
BY = {"ly-do": "Vì sao", "don-vi": "Đơn vị", "nguoi": "Người giữ", "buoc": "Bước"}
"""Ways to look at what is stuck."""


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def digest(request: HttpRequest) -> HttpResponse:
    """Show the day's digest as it is told, and let its hour be chosen."""
    actor, at = actor_from(request), clock.now()
    if request.method == "POST":
        hour = request.POST.get("gio", "")
        services.choose_digest(
            hour=int(hour) if hour.isdecimal() and len(hour) < 3 else 7,
            is_sent="gui" in request.POST,
            actor=actor,
        )
        messages.success(request, "Đã lưu giờ nhận bản tin.")
        return redirect_after_post(request, reverse("teamwork:digest"))
    content = digest_of(actor, at=at)
    usual, is_sent = digest_hour(actor)
    context = {
        "content": content,
        "sections": [(labels.DIGEST_PARTS[one.part], one) for one in content.sections],
        "summary": labels.summary_of(content),
        "hour": str(usual),
        "is_sent": is_sent,
        "hours": [Choice(str(one), f"{one}:00") for one in HOURS],
    }
    return render_page(request, "teamwork/digest.html", context)


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of what is stuck: a bar of the picture, a row of the table, and its dossiers."""

    text: str
    number: int
    alarms: int
    width: int
    """Of 100."""
    alarm_width: int
    href: str
    current: bool


@officer_required(Role.LEADER)
@require_GET
def stuck(request: HttpRequest) -> HttpResponse:
    """Show what is stuck and why: a picture, the same as a table, and behind each figure its dossiers."""
    actor, at = actor_from(request), clock.now()
    cards = dossiers.list_stuck(officer_of(actor).agency_id, at)
    by = request.GET.get("theo", "")
    by = by if by in BY else "ly-do"
    chosen = request.GET.get("muc", "")
    shown = [card for card in cards if not chosen or chosen in _keys(card, by)]
    context = {
        "bars": _bars(cards, by, chosen),
        "by": by,
        "ways": [(word, text, f"?{urlencode({'theo': word})}", word == by) for word, text in BY.items()],
        "heading": BY[by],
        "chosen": chosen,
        "all_href": f"?{urlencode({'theo': by})}",
        "cards": shown,
        "total": len(cards),
        "alarms": sum(card.is_alarm for card in cards),
    }
    return render_page(request, "teamwork/stuck.html", context)


@officer_required(WORKERS)
@require_http_methods(["GET"])
def similar(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show decided dossiers like this one: masked; opening one is a read of its own."""
    found = dossiers.list_precedents(dossier_id, actor=actor_from(request))
    names = _field_names(found)
    context = {
        "dossier_id": dossier_id,
        "cards": [(card, [names.get(key, key) for key in card.shared]) for card in found.cards],
    }
    return render_page(request, "teamwork/similar.html", context)


def _keys(card: StuckCard, by: str) -> tuple[str, ...]:
    """Return the figures to which a dossier belongs: one, or one for each reason."""
    match by:
        case "don-vi":
            return (card.unit or "Chưa thuộc đơn vị nào",)
        case "nguoi":
            return (card.owner.name if card.owner.appointment_id is not None else "Không ai giữ đích danh",)
        case "buoc":
            return (card.step_name or card.state_label,)
        case _:
            return tuple(labels.STUCK_REASONS[reason] for reason in card.reasons)


def _bars(cards: tuple[StuckCard, ...], by: str, chosen: str) -> list[Bar]:
    numbers = Counter(key for card in cards for key in _keys(card, by))
    alarms = Counter(key for card in cards if card.is_alarm for key in _keys(card, by))
    longest = max(numbers.values(), default=1)
    return [
        Bar(
            text=key,
            number=number,
            alarms=alarms[key],
            width=round(100 * number / longest),
            alarm_width=round(100 * alarms[key] / longest),
            href=f"?{urlencode({'theo': by, 'muc': key})}#ho-so",
            current=key == chosen,
        )
        for key, number in sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _field_names(found: Precedents) -> dict[str, str]:
    """Return the labels of the fields of the dossier's form, by key."""
    case = get_version(found.procedure_version_id).case(found.case_id)
    if case is None or not case.form_code:
        return {}
    definition = eforms.find_definition(case.form_code)
    return {field.name: field.label for field in definition.fields} if definition else {}
