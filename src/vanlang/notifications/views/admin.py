"""The administrator of an agency: how much is told, what is in the way, what it costs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.labels import sentence_of
from vanlang.notifications.errors import CapNotAllowedError
from vanlang.notifications.forms import CapForm, ProvinceCapForm
from vanlang.notifications.labels import CHANNELS, CIRCUITS, STATES
from vanlang.notifications.queries import figures
from vanlang.notifications.queries.figures import DayFigure, ProviderFigure, StuckFigure
from vanlang.notifications.rules.money import may_cap_province
from vanlang.notifications.services.settling import send_again
from vanlang.notifications.services.spending import set_cap
from vanlang.notifications.types import DeliveryState
from vanlang.notifications.views.own import TONES
from vanlang.organizations.api import AgencyKind, get_agency
from vanlang.ui.rendering import redirect_after_post, render_page

CIRCUIT_TONES = {
    CircuitState.CLOSED: "success",
    CircuitState.OPEN: "danger",
    CircuitState.PROBING: "pending",
}
TALL, WIDE = 110, 90
"""Units of the drawing: the highest bar, and the width of a day."""


@officer_required(Role.ADMIN)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything on one page: seven days, ways, providers, money, what is held and what failed."""
    return _overview(request)


def _overview(
    request: HttpRequest,
    *,
    form: CapForm | None = None,
    province_form: ProvinceCapForm | None = None,
) -> HttpResponse:
    agency_id, at = actor_from(request).agency_id or 0, clock.now()
    money = figures.get_money(agency_id, at.date())
    days = figures.list_days(agency_id, at.date())
    held = [DeliveryState.HELD_QUIET, DeliveryState.HELD_CAP]
    context = {
        "days": days,
        "any": any(day.through or day.failed or day.waiting for day in days),
        "bars": _bars(days),
        "width": WIDE * len(days),
        "channels": [
            {"name": CHANNELS[one.channel], "figure": one}
            for one in figures.list_channels(agency_id, at - dt.timedelta(days=figures.DAYS))
        ],
        "providers": [_provider(one) for one in figures.list_providers(agency_id, at)],
        "money": money,
        "failed": _stuck_lines(figures.list_stuck(agency_id, [DeliveryState.FAILED])),
        "held": _stuck_lines(figures.list_stuck(agency_id, held)),
        "form": form or CapForm(initial={"daily_vnd": money.cap_vnd}),
        "province_form": province_form or ProvinceCapForm(initial={"daily_vnd": money.province_cap_vnd}),
        "refused": form or province_form,
        "is_province": _is_province(agency_id, at.date()),
    }
    status = 422 if form or province_form else 200
    return render_page(request, "notifications/overview.html", context, status=status)


@officer_required(Role.ADMIN)
@require_POST
def again(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Send again what failed."""
    send_again(delivery_id=delivery_id, actor=actor_from(request), at=clock.now())
    notes.success(request, "Đã đưa tin vào hàng gửi lại.")
    return redirect_after_post(request, reverse("notifications:overview"))


@officer_required(Role.ADMIN)
@require_POST
def cap(request: HttpRequest) -> HttpResponse:
    """Set what the agency may spend in a day."""
    form, actor = CapForm(request.POST), actor_from(request)
    if not form.is_valid():
        return _overview(request, form=form)
    set_cap(agency_id=actor.agency_id, daily_vnd=form.cleaned_data["daily_vnd"], actor=actor, at=clock.now())
    notes.success(request, "Đã lưu mức chi tin nhắn mỗi ngày.")
    return redirect_after_post(request, reverse("notifications:overview"))


@officer_required(Role.ADMIN)
@require_POST
def province_cap(request: HttpRequest) -> HttpResponse:
    """Set what all agencies together may spend in a day: for the office of the province only."""
    form, actor, at = ProvinceCapForm(request.POST), actor_from(request), clock.now()
    is_province = _is_province(actor.agency_id or 0, at.date())
    refuse_if(may_cap_province(is_province=is_province), CapNotAllowedError)
    if not form.is_valid():
        return _overview(request, province_form=form)
    set_cap(agency_id=None, daily_vnd=form.cleaned_data["daily_vnd"], actor=actor, at=at)
    notes.success(request, "Đã lưu mức chi tin nhắn mỗi ngày của toàn tỉnh.")
    return redirect_after_post(request, reverse("notifications:overview"))


def _is_province(agency_id: int, on: dt.date) -> bool:
    return get_agency(agency_id, on).kind is AgencyKind.PROVINCE


def _bars(days: list[DayFigure]) -> list[dict[str, object]]:
    """Return the drawing: three bars a day, the highest as tall as the drawing."""
    most = max((max(day.through, day.failed, day.waiting) for day in days), default=0) or 1
    return [
        {
            "x": number * WIDE,
            "on": day.on,
            "through": TALL * day.through / most,
            "waiting": TALL * day.waiting / most,
            "failed": TALL * day.failed / most,
        }
        for number, day in enumerate(days)
    ]


def _provider(one: ProviderFigure) -> dict[str, object]:
    return {
        "figure": one,
        "channel": CHANNELS[one.channel],
        "state": CIRCUITS[one.state],
        "tone": CIRCUIT_TONES[one.state],
    }


def _stuck_lines(found: Sequence[StuckFigure]) -> dict[str, object]:
    """Return the newest of them, and how many there are in all: what is cut off is said."""
    total = len(found)
    return {
        "rows": [_stuck(one) for one in found[: figures.LISTED]],
        "listed": figures.LISTED,
        "total": total,
    }


def _stuck(one: StuckFigure) -> dict[str, object]:
    return {
        "figure": one,
        "channel": CHANNELS[one.card.channel],
        "state": STATES[one.card.state],
        "tone": TONES[one.card.state],
        "why": sentence_of(one.card.reason) if one.card.reason else None,
    }
