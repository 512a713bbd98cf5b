"""Post: what came, what waits for a number, what is on its way, and the list for the carrier."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.counter.forms.post import ArrivalForm, SendForm
from vanlang.counter.queries.lists import get_post, list_post
from vanlang.counter.queries.papers import print_dispatch
from vanlang.counter.services import post as services
from vanlang.counter.types import PostDirection, PostState
from vanlang.counter.views.answers import pdf_response, say_why_not
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.ui.rendering import paginate, redirect_after_post, render_page

LISTS = {"cho-gui": "Chờ gửi", "dang-chuyen": "Đang chuyển", "den": "Đã đến", "da-xong": "Đã xong"}


@officer_required(Role.COUNTER)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the agency's envelopes."""
    which = request.GET.get("xem", "")
    which = which if which in LISTS else "cho-gui"
    items = list_post(actor_from(request), at=clock.now(), which=which)
    page = paginate(request, items)
    context = {
        "items": page.items,
        "page": page,
        "which": which,
        "lists": LISTS.items(),
        "today": clock.today(),
    }
    return render_page(request, "counter/post.html", context)


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest) -> HttpResponse:
    """Write down an envelope that came, then take its papers in."""
    form = ArrivalForm(request.POST or None, initial={"carrier": "Bưu điện Việt Nam"})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            item_id = services.register_arrival(
                tracking=told["tracking"], carrier=told["carrier"], name=told["name"], note=told["note"],
                actor=actor_from(request), at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error("tracking", _why(error))
        else:
            return redirect_after_post(request, reverse("counter:post_item", args=[item_id]))
    context = {"form": form, "title": "Bưu gửi đến", "action": request.path, "back": reverse("counter:post")}
    return render_page(request, "counter/post_form.html", context, status=422 if form.errors else 200)


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Show an envelope with what can be done to it now."""
    actor, at = actor_from(request), clock.now()
    card = get_post(item_id, actor, at=at)
    sends = card.direction is PostDirection.OUT and card.state is PostState.REGISTERED
    initial = {
        "name": card.name,
        "address": card.address,
        "phone": card.phone,
        "carrier": "Bưu điện Việt Nam",
    }
    form = SendForm(request.POST if sends and request.method == "POST" else None, initial=initial)
    if request.method == "POST" and not sends:
        return _move(request, item_id)
    if request.method == "POST" and form.is_valid():
        try:
            services.send(item_id=item_id, actor=actor, at=at, **form.cleaned_data)
        except DomainError as error:
            form.add_error("tracking", _why(error))
        else:
            messages.success(request, f"Đã ghi gửi {form.cleaned_data['tracking'].upper()}.")
            return redirect_after_post(request, reverse("counter:post"))
    context = {"item": card, "form": form if sends else None}
    return render_page(request, "counter/post_item.html", context, status=422 if form.errors else 200)


def _move(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    actor, at, wants = actor_from(request), clock.now(), request.POST.get("viec", "")
    try:
        if wants == "tra-lai":
            again = services.take_back(
                item_id=item_id, note=request.POST.get("ly-do", ""), actor=actor, at=at
            )
            messages.success(request, "Đã ghi bưu gửi bị trả lại; kết quả chờ gửi lại.")
            return redirect_after_post(request, reverse("counter:post_item", args=[again]))
        count = services.confirm_delivery(item_id=item_id, actor=actor, at=at)
        messages.success(request, f"Đã xong bưu gửi với {count} hồ sơ.")
    except DomainError as error:
        say_why_not(request, error)
    return redirect_after_post(request, reverse("counter:post_item", args=[item_id]))


@officer_required(Role.COUNTER)
@require_GET
def dispatch(request: HttpRequest) -> HttpResponse:
    """Hand out the list of what was given to the carrier on a day."""
    try:
        on = dt.date.fromisoformat(request.GET.get("ngay", "")) if request.GET.get("ngay") else clock.today()
    except ValueError:
        on = clock.today()
    return pdf_response(
        print_dispatch(actor=actor_from(request), on=on, at=clock.now()), f"bang-ke-buu-gui-{on}.pdf"
    )


def _why(error: DomainError) -> str:
    sentence = sentence_of(error.code, error.facts)
    return f"{sentence.says} {sentence.do_now}"
