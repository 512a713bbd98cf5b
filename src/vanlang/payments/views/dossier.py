"""The money of one dossier: counted, exempted, taken in cash, asked by a code, receipted. By keyboard."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from vanlang.documents.api import qr_svg
from vanlang.dossiers.api import DossierBrief, DossierNotFound
from vanlang.identity.api import Actor, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.payments import ports
from vanlang.payments.cards import DemandCard, PaymentCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.labels import DEMAND_STATES, GAPS, PAYMENT_STATES, WAYS
from vanlang.payments.queries import find_collecting, find_demand, get_settlement, list_exemptions
from vanlang.payments.rules import bank_qr, pricing
from vanlang.payments.services import begin_payment, demand_for, exempt, issue_receipt, take_cash, unexempt
from vanlang.payments.services.authority import MoneyAct, may
from vanlang.payments.services.demanding import fees_of
from vanlang.payments.services.paying import is_open
from vanlang.payments.types import FeeGap, PaymentState, PaymentWay, TransferRequest
from vanlang.payments.views.answers import SEATED, amount_of, briefs, say_why_not
from vanlang.ui.rendering import redirect_after_post, render_part


@officer_required(SEATED)
@require_http_methods(["GET", "POST"])
def dossier(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show what a dossier owes and do what the pressed button says."""
    actor, status = actor_from(request), 200
    brief = briefs([dossier_id], actor).get(dossier_id)
    if brief is None:
        raise DossierNotFound
    if request.method == "POST":
        try:
            done = _do(request, brief, actor)
        except DomainError as error:
            status = say_why_not(request, error)
        else:
            if done:
                messages.success(request, done)
            return redirect_after_post(request, reverse("payments:dossier", args=[dossier_id]))
    return _page(request, brief, actor, status=status)


def _do(request: HttpRequest, brief: DossierBrief, actor: Actor) -> str:
    """Do what the pressed button says; return what happened."""
    at, post = clock.now(), request.POST
    demand = find_demand(brief.id)
    match post.get("viec"):
        case "lap":
            raised = demand_for(dossier_id=brief.id, actor=actor, at=at, counted=_counted(request))
            return "Đã lập khoản phải nộp." if raised.demand_id else _why_none(raised.gap)
        case "mien":
            exempt(line_id=_number(post.get("dong", "")), exemption=post.get("ly-do", ""), actor=actor, at=at)
            return "Đã ghi miễn, giảm."
        case "thoi-mien":
            unexempt(line_id=_number(post.get("dong", "")), actor=actor, at=at)
            return "Đã bỏ miễn, giảm."
        case "qr":
            begin_payment(demand_id=_open(demand).id, way=PaymentWay.BANK_QR, actor=actor, at=at)
            return ""
        case "bien-lai":
            paid = _open(demand).paid
            if paid is not None:
                issue_receipt(payment_id=paid.id, actor=actor, at=at)
            return "Đã lập biên lai."
        case _:
            return _take(request, brief, _open(demand), actor)


def _take(request: HttpRequest, brief: DossierBrief, demand: DemandCard, actor: Actor) -> str:
    at = clock.now()
    what_for = f"Phí, lệ phí {brief.code or ''}: {brief.procedure_name}"[:200]
    amount = amount_of(request.POST.get("so-tien", ""))
    payment_id = take_cash(demand_id=demand.id, amount_vnd=amount, what_for=what_for, actor=actor, at=at)
    issue_receipt(payment_id=payment_id, actor=actor, at=at)
    return f"Đã thu {amount:,} đồng và lập biên lai.".replace(",", ".")


def _page(request: HttpRequest, brief: DossierBrief, actor: Actor, *, status: int) -> HttpResponse:
    demand, settlement = find_demand(brief.id), get_settlement(brief.id)
    collecting = find_collecting(brief.intake_agency_id, clock.today())
    running = _running(demand)
    till = ports.find_till()
    agency_is_mine = actor.agency_id == brief.intake_agency_id
    qr = ""
    if running is not None and collecting is not None and collecting.account is not None:
        told = TransferRequest(collecting.account, running.amount_vnd, running.reference)
        qr = SafeString(qr_svg(bank_qr.encode(told)))
    context = {
        "brief": brief,
        "demand": demand,
        "state_label": DEMAND_STATES[demand.state] if demand else "",
        "gap": GAPS[settlement.gap] if settlement.gap else "",
        "to_count": _to_count(brief) if demand is None else [],
        "attempts": [(one, WAYS[one.way], PAYMENT_STATES[one.state]) for one in demand.payments]
        if demand
        else [],
        "paid_way": WAYS[demand.paid.way] if demand and demand.paid else "",
        "running": running,
        "qr": qr,
        "collecting": collecting,
        "exemptions": [(one.code, f"{one.name} (–{one.percent} %)") for one in list_exemptions()],
        "may_exempt": agency_is_mine and may(MoneyAct.EXEMPT, actor),
        "may_take": agency_is_mine and may(MoneyAct.TAKE_CASH, actor),
        "may_count": agency_is_mine and may(MoneyAct.COUNT, actor),
        "drawer_is_open": till is not None and till.is_open(actor),
        "qr_is_open": is_open(PaymentWay.BANK_QR, brief.intake_agency_id, clock.today()),
        "typed": request.POST.get("so-tien", ""),
    }
    return render_part(request, "payments/dossier.html", "money", context, status=status)


def _running(demand: DemandCard | None) -> PaymentCard | None:
    """Return the transfer that is being waited for."""
    if demand is None or not demand.is_open:
        return None
    return next(
        (one for one in demand.payments if one.way is PaymentWay.BANK_QR and one.state is PaymentState.BEGUN),
        None,
    )


def _to_count(brief: DossierBrief) -> list[tuple[str, str, str]]:
    """Return (field, label, hint) of the fees of which somebody must say how many."""
    return [
        (
            f"so-{fee.id}",
            f"{fee.name or 'Phí'}: số {fee.per}",
            f"{fee.vnd:,} đồng/{fee.per}".replace(",", "."),
        )
        for fee in fees_of(brief)
        if fee.vnd and not pricing.is_counted_once(fee)
    ]


def _counted(request: HttpRequest) -> dict[int, int]:
    return {
        int(name[3:]): _number(value)
        for name, value in request.POST.items()
        if name.startswith("so-") and name[3:].isdecimal() and isinstance(value, str)
    }


def _why_none(gap: FeeGap | None) -> str:
    return f"{GAPS[gap]}." if gap else "Thủ tục này không thu phí, lệ phí."


def _open(demand: DemandCard | None) -> DemandCard:
    if demand is None:
        raise MoneyNotFound
    return demand


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
