"""Laying out the queue: services, windows, the addresses of television and kiosk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanlang.counter.errors import CounterNotFound
from vanlang.counter.forms.queue import NoticeForm, ServiceForm, WindowForm
from vanlang.counter.queries.queue import find_place, list_services, list_windows
from vanlang.counter.services import places
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required((Role.COUNTER, Role.ADMIN))
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Show services and windows, and where television and kiosk are."""
    actor, at = actor_from(request), clock.now()
    agency_id = actor.agency_id or 0
    place = find_place(agency_id)
    form = NoticeForm(request.POST or None, initial={"notice": place[2] if place else ""})
    if request.method == "POST" and form.is_valid():
        places.say_at_foot(actor=actor, at=at, notice=form.cleaned_data["notice"])
        messages.success(request, "Đã ghi dòng chữ cuối màn hình.")
        return redirect_after_post(request, reverse("counter:layout"))
    context = {
        "services": list_services(agency_id, at=at, only_open=False),
        "windows": list_windows(agency_id, at=at, only_open=False),
        "display_url": request.build_absolute_uri(reverse("counter:display", args=[place[0]]))
        if place
        else "",
        "kiosk_url": request.build_absolute_uri(reverse("counter:kiosk", args=[place[1]])) if place else "",
        "form": form,
    }
    return render_page(
        request, "counter/layout.html", context, status=422 if request.method == "POST" else 200
    )


@officer_required((Role.COUNTER, Role.ADMIN))
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, service_id: int | None = None) -> HttpResponse:
    """Add or change a service of the queue."""
    actor, at = actor_from(request), clock.now()
    cards = {one.id: one for one in list_services(actor.agency_id or 0, at=at, only_open=False)}
    card = cards.get(service_id) if service_id else None
    if service_id and card is None:
        raise CounterNotFound
    initial: dict[str, Any] = {"minutes": 10, "is_open": True}
    if card is not None:
        codes = "\n".join(card.procedure_codes)
        initial = {"letter": card.letter, "name": card.name, "about": card.about, "minutes": card.minutes,
                   "is_open": card.is_open, "procedure_codes": codes}  # fmt: skip
    form = ServiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            places.save_service(actor=actor, at=at, service_id=service_id, **form.cleaned_data)
        except DomainError as error:
            form.add_error("letter", sentence_of(error.code, error.facts).says)
        else:
            messages.success(request, f"Đã lưu nhóm việc {form.cleaned_data['name']}.")
            return redirect_after_post(request, reverse("counter:layout"))
    title = f"Nhóm việc {card.letter}" if card else "Thêm nhóm việc"
    return _form(request, form, title)


@officer_required((Role.COUNTER, Role.ADMIN))
@require_http_methods(["GET", "POST"])
def window(request: HttpRequest, window_id: int | None = None) -> HttpResponse:
    """Add or change a window."""
    actor, at = actor_from(request), clock.now()
    agency_id = actor.agency_id or 0
    cards = {one.id: one for one in list_windows(agency_id, at=at, only_open=False)}
    card = cards.get(window_id) if window_id else None
    if window_id and card is None:
        raise CounterNotFound
    services = [(one.id, f"{one.letter} – {one.name}") for one in list_services(agency_id, at=at)]
    initial: dict[str, Any] = {"is_open": True, "number": len(cards) + 1}
    if card is not None:
        initial = {
            "number": card.number,
            "name": card.name,
            "services": card.service_ids,
            "is_open": card.is_open,
        }
    form = WindowForm(request.POST or None, initial=initial, services=services)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            places.save_window(
                actor=actor, at=at, window_id=window_id, number=told["number"], name=told["name"],
                service_ids=told["services"], is_open=told["is_open"],
            )  # fmt: skip
        except DomainError as error:
            form.add_error("number", sentence_of(error.code, error.facts).says)
        else:
            messages.success(request, f"Đã lưu quầy {told['number']}.")
            return redirect_after_post(request, reverse("counter:layout"))
    return _form(request, form, f"Quầy {card.number}" if card else "Thêm quầy")


@officer_required((Role.COUNTER, Role.ADMIN))
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Give television and kiosk new addresses."""
    places.renew_addresses(actor=actor_from(request), at=clock.now())
    messages.success(request, "Đã đổi địa chỉ; hãy mở lại màn hình và máy lấy số bằng địa chỉ mới.")
    return redirect_after_post(request, reverse("counter:layout"))


def _form(request: HttpRequest, form: ServiceForm | WindowForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "action": request.path}
    return render_page(request, "counter/layout_form.html", context, status=422 if form.errors else 200)
