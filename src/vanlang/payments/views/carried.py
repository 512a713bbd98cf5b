"""What closed days left between a provider and the agency, and how it was cleared: for its accountant."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.payments import labels
from vanlang.payments.cards import CarriedCard
from vanlang.payments.queries.carried import get_carried, list_carried, list_cleared
from vanlang.payments.rules.ledger import CLEARED
from vanlang.payments.services.reconciling import clear_difference
from vanlang.payments.types import Clearing
from vanlang.payments.views import shown
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

accountant = officer_required(Role.ACCOUNTANT)
NOT_CHOSEN = "Chưa chọn cách bù trừ. Hãy chọn một cách trong danh sách."


@accountant
@require_safe
def carried(request: HttpRequest) -> HttpResponse:
    """List what stands, and what was cleared lately."""
    return _carried(request)


@accountant
@require_POST
def clear(request: HttpRequest, carried_id: uuid.UUID) -> HttpResponse:
    """Take in how a difference was cleared."""
    one = get_carried(carried_id)
    chosen, document = request.POST.get("clearing", ""), request.POST.get("document", "")
    tried = shown.Tried(carried_id, chosen, document)
    if chosen not in set(CLEARED):
        return _carried(request, 422, tried=replace(tried, wrong_choice=NOT_CHOSEN))
    try:
        clear_difference(
            carried_id=carried_id, clearing=Clearing(chosen), document=document, actor=actor_from(request),
            at=clock.now(),
        )  # fmt: skip
    except DomainError as refused:
        if refused.status in {403, 404}:
            raise
        sentence = sentence_of(refused.code, refused.facts)
        wrong = f"{sentence.says} {sentence.do_now}"
        return _carried(request, refused.status, tried=replace(tried, wrong_document=wrong))
    messages.success(request, f"Đã bù trừ chênh lệch của giao dịch {one.transaction}.")
    return redirect_after_post(request, reverse("payments_books:carried"))


def _carried(
    request: HttpRequest, status: int = 200, *, tried: shown.Tried = shown.NOT_TRIED
) -> HttpResponse:
    agency_id = actor_from(request).agency_id or 0
    standing = list_carried(agency_id)
    context = {
        "lines": [_line(one, tried) for one in standing],
        "cleared": [_line(one) for one in list_cleared(agency_id)],
        "owed_to_us": sum(one.vnd for one in standing if one.vnd > 0),
        "owed_by_us": -sum(one.vnd for one in standing if one.vnd < 0),
        "choices": [Choice("", "Chọn cách bù trừ"), *(Choice(one, labels.CLEARINGS[one]) for one in CLEARED)],
        "errors": [tried.told] if tried is not shown.NOT_TRIED else [],
    }
    return render_page(request, "payments_books/carried.html", context, status=status)


def _line(one: CarriedCard, tried: shown.Tried = shown.NOT_TRIED) -> shown.CarriedLine:
    return shown.CarriedLine(
        one,
        labels.WAYS[one.way],
        labels.CLEARINGS[one.clearing] if one.clearing else "",
        "Còn thiếu" if one.vnd > 0 else "Đưa thừa",
        abs(one.vnd),
        tried if tried.of == one.id else shown.NOT_TRIED,
    )
