"""Receipts: the book of a day, the page, the sealed data, and cancelling one."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.files.api import read
from vanlang.identity.api import Actor, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.payments.cards import ReceiptCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.queries import get_receipt, list_receipts, read_xml
from vanlang.payments.rules.receipts import printed_number
from vanlang.payments.services import cancel_receipt, complete_receipt
from vanlang.payments.services.authority import MoneyAct, may
from vanlang.payments.views import shown
from vanlang.payments.views.answers import KEEPERS, WORKERS, briefs, say_why_not
from vanlang.ui.rendering import paginate, redirect_after_post, render_page

_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@officer_required(KEEPERS)
@require_GET
def receipts(request: HttpRequest) -> HttpResponse:
    """List the receipts of a day, by their numbers."""
    actor = actor_from(request)
    on = _day(request.GET.get("ngay", ""))
    found = list_receipts(actor.agency_id or 0, on, on + dt.timedelta(days=1))
    page = paginate(request, found, per_page=100)
    known = briefs([one.dossier_id for one in page.items], actor)
    context = {
        "on": on,
        "page": page,
        "lines": [(one, printed_number(one.number), known.get(one.dossier_id)) for one in page.items],
        "total": sum(one.amount_vnd for one in found if one.cancelled_at is None),
        "may_cancel": may(MoneyAct.CANCEL_RECEIPT, actor),
    }
    return render_page(request, "payments/receipts.html", context)


@officer_required(WORKERS)
@require_GET
def receipt_pdf(request: HttpRequest, receipt_id: uuid.UUID) -> HttpResponse:
    """The page of a receipt, shown by the browser itself."""
    card = _whole(receipt_id, actor_from(request))
    assert card.pdf_id is not None  # noqa: S101 - just completed
    return HttpResponse(
        read(card.pdf_id),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{_name(card)}.pdf"',
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )


@officer_required(WORKERS)
@require_GET
def receipt_xml(request: HttpRequest, receipt_id: uuid.UUID) -> HttpResponse:
    """The data of a receipt, sealed."""
    card = _whole(receipt_id, actor_from(request))
    return HttpResponse(
        read_xml(receipt_id),
        content_type="application/xml",
        headers={
            "Content-Disposition": f'attachment; filename="{_name(card)}.xml"',
            "Cache-Control": "private, no-store",
        },
    )


@officer_required(KEEPERS)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, receipt_id: uuid.UUID) -> HttpResponse:
    """Ask once, with a reason; then cancel."""
    actor, status, wrong = actor_from(request), 200, shown.NOTHING_WRONG
    card = _mine(receipt_id, actor)
    if request.method == "POST":
        try:
            cancel_receipt(
                receipt_id=receipt_id, reason=request.POST.get("ly-do", ""), actor=actor, at=clock.now()
            )
        except DomainError as error:
            status = type(error).status
            if error.code == "payments.reason_missing":
                wrong = shown.wrong("id_ly-do", error.code, typed=request.POST.get("ly-do", ""))
            else:
                say_why_not(request, error)
        else:
            messages.success(
                request, f"Đã hủy biên lai số {printed_number(card.number)}; số được giữ trong sổ."
            )
            return redirect_after_post(request, reverse("payments:dossier", args=[card.dossier_id]))
    context = {
        "receipt": card,
        "number": printed_number(card.number),
        "wrong": wrong,
        "errors": [wrong.told] if wrong.error else [],
    }
    return render_page(request, "payments/cancel_receipt.html", context, status=status)


def _mine(receipt_id: uuid.UUID, actor: Actor) -> ReceiptCard:
    card = get_receipt(receipt_id)
    if card.agency_id != actor.agency_id:
        raise MoneyNotFound
    return card


def _whole(receipt_id: uuid.UUID, actor: Actor) -> ReceiptCard:
    """Return a receipt of the agency, printed and, where there is a seal, sealed."""
    card = _mine(receipt_id, actor)
    if card.pdf_id is None or not card.is_sealed:
        complete_receipt(receipt_id=receipt_id, at=clock.now())
    return _mine(receipt_id, actor)


def _name(card: ReceiptCard) -> str:
    return f"bien-lai-{card.year}-{card.number}"


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return clock.today()
