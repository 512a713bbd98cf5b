"""Printers and templates of the agency: chosen by who works there, set by its administrator."""

from __future__ import annotations

import secrets
import uuid

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.documents.api import DOSSIER_FIELDS
from vanlang.files.api import page_picture
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.printing import forms
from vanlang.printing.api import (
    get_layout,
    get_printer,
    list_printers,
    print_sample,
    print_test_page,
    save_layout,
    save_printer,
)
from vanlang.printing.cards import PrinterCard
from vanlang.printing.labels import STOCKS
from vanlang.printing.rules.layouts import DEFAULTS, REQUIRED
from vanlang.printing.rules.stocks import Stock
from vanlang.printing.views.answers import pdf_response
from vanlang.printing.views.workstation import chosen_printers, remember
from vanlang.ui.rendering import redirect_after_post, render_page

PRINTERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK, Role.ADMIN)
KEPT_SECONDS = 600


@officer_required(PRINTERS)
@require_GET
def printers(request: HttpRequest) -> HttpResponse:
    """Show the printers of the agency, those of this workstation, and the templates."""
    actor = actor_from(request)
    chosen = chosen_printers(request, actor)
    context = {
        "lines": [
            {"card": card, "stock": STOCKS[card.stock], "is_chosen": chosen.get(card.stock) == card}
            for card in list_printers(actor)
        ],
        "layouts": [
            {"stock": stock.value, "name": name, "version": get_layout(actor.agency_id or 0, stock).version}
            for stock, name in STOCKS.items()
        ],
        "is_admin": actor.has(Role.ADMIN),
    }
    return render_page(request, "printing/printers.html", context)


@officer_required(PRINTERS)
@require_POST
def choose(request: HttpRequest, printer_id: uuid.UUID) -> HttpResponse:
    """Use a printer at this workstation."""
    actor = actor_from(request)
    card = get_printer(printer_id, actor=actor)
    messages.success(request, f"Bàn này in {STOCKS[card.stock].lower()} bằng {card.name}.")
    response = redirect_after_post(request, reverse("printing:printers"))
    remember(response, request, card, actor)
    return response


@officer_required(PRINTERS)
@require_GET
def test_page(request: HttpRequest, printer_id: uuid.UUID) -> HttpResponse:
    """Hand out the page of crosses by which a printer is set."""
    actor = actor_from(request)
    pdf = print_test_page(get_printer(printer_id, actor=actor), actor=actor, at=clock.now())
    return pdf_response(pdf, "can-chinh.pdf")


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a printer of the agency."""
    return _edit(request, None)


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, printer_id: uuid.UUID) -> HttpResponse:
    """Change a printer: its name, its paper, how far it prints beside the mark."""
    return _edit(request, get_printer(printer_id, actor=actor_from(request)))


def _edit(request: HttpRequest, card: PrinterCard | None) -> HttpResponse:
    actor = actor_from(request)
    initial = (
        {"name": card.name, "stock": card.stock.value, "offset_x": card.offset_x, "offset_y": card.offset_y}
        if card
        else {}
    )
    form = forms.PrinterForm(request.POST if request.method == "POST" else None, initial=initial)
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                save_printer(
                    name=told["name"],
                    stock=Stock(told["stock"]),
                    offset_x=float(told["offset_x"] or 0),
                    offset_y=float(told["offset_y"] or 0),
                    actor=actor,
                    at=clock.now(),
                    printer_id=card.id if card else None,
                )
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(request, "Đã lưu máy in. In trang căn chỉnh để kiểm tra.")
                return redirect_after_post(request, reverse("printing:printers"))
    title = card.name if card else "Thêm máy in"
    context = {"form": form, "card": card, "title": title, "trouble": trouble, "action": request.path}
    return render_page(request, "printing/printer.html", context, status=status)


@officer_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def layout(request: HttpRequest, stock: str) -> HttpResponse:
    """Edit what the agency prints on a stock; look at it with samples before it is kept."""
    kind, actor, at = _stock(stock), actor_from(request), clock.now()
    current = get_layout(actor.agency_id or 0, kind)
    form = forms.LayoutForm(
        request.POST if request.method == "POST" else None, initial={"text": current.text}
    )
    trouble: Sentence | None = None
    status, shown = 200, current.text
    if request.method == "POST":
        status, shown = 422, str(request.POST.get("text", ""))
        if form.is_valid():
            try:
                print_sample(stock=kind, text=shown, actor=actor, at=at)
                if request.POST.get("viec") == "luu":
                    save_layout(stock=kind, text=shown, actor=actor, at=at)
                    messages.success(request, "Đã lưu mẫu mới; bản trước được giữ lại.")
                    return redirect_after_post(request, reverse("printing:layout", args=[kind.value]))
                status = 200
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
    context = {
        "form": form,
        "stock_name": STOCKS[kind],
        "version": current.version,
        "default": DEFAULTS[kind],
        "required": REQUIRED[kind],
        "fields": DOSSIER_FIELDS,
        "trouble": trouble,
        "preview": _kept(request, kind, shown) if trouble is None else "",
        "action": request.path,
    }
    return render_page(request, "printing/layout.html", context, status=status)


@officer_required(Role.ADMIN)
@require_GET
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the picture of a template to whoever asked for it."""
    pdf = cache.get(_key(token, actor_from(request).account_id))
    picture = page_picture(pdf, 1) if pdf is not None else None
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _kept(request: HttpRequest, stock: Stock, text: str) -> str:
    """Keep the set sample for a while, and return the word that it is asked for by; empty when it cannot be set."""
    actor, token = actor_from(request), secrets.token_urlsafe(18)
    try:
        pdf = print_sample(stock=stock, text=text, actor=actor, at=clock.now())
    except DomainError:
        return ""
    cache.set(_key(token, actor.account_id), pdf, KEPT_SECONDS)
    return token


def _key(token: str, account_id: int | None) -> str:
    return f"printing.preview:{account_id}:{token}"


def _stock(word: str) -> Stock:
    if word not in {stock.value for stock in Stock}:
        raise Http404
    return Stock(word)
