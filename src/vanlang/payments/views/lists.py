"""What is owed to the agency, and what must be counted before it can be asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.payments.labels import GAPS
from vanlang.payments.queries import (
    find_collecting,
    list_questions,
    list_refunds,
    list_strays,
    list_unpaid,
)
from vanlang.payments.services import carry_to_bank
from vanlang.payments.services.authority import MoneyAct, may
from vanlang.payments.services.cash import balance_of
from vanlang.payments.types import LedgerAccount
from vanlang.payments.views.answers import WORKERS, amount_of, briefs, say_why_not
from vanlang.ui.rendering import paginate, redirect_after_post, render_page


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def unpaid(request: HttpRequest) -> HttpResponse:
    """List what is not paid, the oldest first; and the questions about fees."""
    actor, status = actor_from(request), 200
    agency_id = actor.agency_id or 0
    if request.method == "POST":
        vnd = amount_of(request.POST.get("so-tien", ""))
        try:
            carry_to_bank(
                agency_id=agency_id,
                amount_vnd=vnd,
                slip=request.POST.get("giay-nop", ""),
                actor=actor,
                at=clock.now(),
            )
        except DomainError as error:
            status = say_why_not(request, error)
        else:
            messages.success(request, "Đã ghi tiền mặt nộp vào ngân hàng.")
            return redirect_after_post(request, reverse("payments:start"))
    demands, questions = list_unpaid(agency_id), list_questions(agency_id)
    page = paginate(request, demands, per_page=50)
    asked = [*(one.dossier_id for one in page.items), *(one.dossier_id for one in questions)]
    known = briefs(asked, actor)
    context = {
        "page": page,
        "lines": [(one, known.get(one.dossier_id)) for one in page.items],
        "total": sum(one.amount_vnd for one in demands),
        "questions": [
            (one, known[one.dossier_id], GAPS[one.gap]) for one in questions if one.dossier_id in known
        ],
        "refunds": len(list_refunds(agency_id)),
        "strays": len(list_strays(agency_id)),
        "cash_vnd": balance_of(agency_id, LedgerAccount.DRAWER),
        "may_carry": may(MoneyAct.CARRY_TO_BANK, actor),
        "typed_amount": request.POST.get("so-tien", ""),
        "typed_slip": request.POST.get("giay-nop", ""),
        "collecting": find_collecting(agency_id, clock.today()),
    }
    return render_page(request, "payments/start.html", context, status=status)
