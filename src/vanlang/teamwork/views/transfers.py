"""Moving all the work of an officer, a unit or an agency: choose, look at what would happen, order, watch."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import get_agency, list_units
from vanlang.teamwork import labels, services
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.forms.transfer import TransferForm
from vanlang.teamwork.queries import transfers
from vanlang.teamwork.types import LineState, SourceKind, TransferState
from vanlang.ui.rendering import redirect_after_post, render_page, render_part
from vanlang.ui.types import Choice

ORDERING = (Role.LEADER, Role.ADMIN)


@officer_required(ORDERING)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the transfers that the agency ordered."""
    found = transfers.list_transfers(actor_from(request))
    return render_page(
        request, "teamwork/transfers.html", {"transfers": found, "states": labels.TRANSFER_STATES}
    )


@officer_required(ORDERING)
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """Ask from whom to whom; show what would go where and what cannot; order it."""
    actor, at = actor_from(request), clock.now()
    given = request.POST if request.method == "POST" else request.GET
    form = TransferForm(given or None, **_choices(actor, at.date()))
    if not given:
        return _order_page(request, form)
    if not form.is_valid():
        return _order_page(request, form, status=422)
    source, destination = form.source(), form.destination(officer_of(actor).agency_id)
    try:
        preview = transfers.preview_transfer(source, destination, actor=actor, at=at)
        if request.method == "POST" and "chuyen" in request.POST:
            key = services.order_transfer(
                source=source, destination=destination, reason=form.cleaned_data["reason"],
                decision=form.cleaned_data["decision"], actor=actor, at=at,
            )  # fmt: skip
            messages.success(request, f"Đã ra lệnh bàn giao {preview.moving} hồ sơ lúc {at:%H:%M}.")
            return redirect_after_post(request, reverse("teamwork:transfer", args=[key]))
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return _order_page(request, form, trouble=trouble, status=type(error).status)
    return _order_page(request, form, preview=preview)


@officer_required(ORDERING)
@require_GET
def transfer(request: HttpRequest, transfer_id: uuid.UUID) -> HttpResponse:
    """Show how far a transfer is, and what stayed and why."""
    card = transfers.get_transfer(transfer_id, actor=actor_from(request))
    lines = transfers.list_lines(transfer_id)
    context = {
        "transfer": card,
        "state": labels.TRANSFER_STATES[card.state],
        "is_running": card.state is not TransferState.DONE,
        "handled": card.done + card.refused,
        "refused": [(line, sentence_of(line.why, {})) for line in lines if line.line is LineState.REFUSED],
        "moved": [line for line in lines if line.line is LineState.DONE],
    }
    return render_part(request, "teamwork/transfer.html", "progress", context)


@officer_required(ORDERING)
@require_POST
def resume(request: HttpRequest, transfer_id: uuid.UUID) -> HttpResponse:
    """Set a transfer going again that was interrupted."""
    services.resume_transfer(transfer_id=transfer_id, actor=actor_from(request))
    return redirect_after_post(request, reverse("teamwork:transfer", args=[transfer_id]))


@officer_required(ORDERING)
@require_POST
def back(request: HttpRequest, transfer_id: uuid.UUID) -> HttpResponse:
    """Order that what was moved goes back: another transfer."""
    key = services.order_return(
        transfer_id=transfer_id,
        reason=request.POST.get("ly-do", ""),
        actor=actor_from(request),
        at=clock.now(),
    )
    messages.success(request, "Đã ra lệnh chuyển ngược lại.")
    return redirect_after_post(request, reverse("teamwork:transfer", args=[key]))


def _order_page(
    request: HttpRequest,
    form: TransferForm,
    *,
    preview: transfers.Preview | None = None,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    stays = [(sentence_of(code, {}), number) for code, number in preview.stays] if preview else []
    context = {"form": form, "preview": preview, "stays": stays, "trouble": trouble}
    return render_page(request, "teamwork/transfer_new.html", context, status=status)


def _choices(actor: Actor, on: dt.date) -> dict[str, list[Choice]]:
    me = officer_of(actor)
    found = transfers.list_sources(actor, on)
    leaders, specialists = transfers.leaders_and_specialists(me.agency_id, on)
    officer, unit, agency = (kind.value for kind in (SourceKind.OFFICER, SourceKind.UNIT, SourceKind.AGENCY))
    return {
        "sources": [
            Choice("", "Chọn người, đơn vị hoặc cơ quan"),
            *(Choice(f"{agency}:{card.id}", f"Cơ quan cũ: {card.name}") for card in found.agencies),
            *(Choice(f"{officer}:{card.id}", f"Đã thôi: {card.name} ({card.unit_name})") for card in found.former),
            *(Choice(f"{officer}:{card.id}", f"{card.name} ({card.unit_name})") for card in found.officers),
            *(Choice(f"{unit}:{one.id}", f"Cả đơn vị: {one.name}") for one in found.units),
        ],
        "units": [Choice("", "Khay chung của cơ quan"), *(Choice(str(one.id), one.name) for one in list_units(me.agency_id, on))],
        "specialists": [Choice("", "Không giao đích danh"), *(Choice(str(card.id), f"{card.name} ({card.unit_name})") for card in specialists)],
        "leaders": [Choice("", f"Lãnh đạo bất kỳ của {get_agency(me.agency_id, on).short_name}"), *(Choice(str(card.id), card.name) for card in leaders)],
    }  # fmt: skip
