"""The cash drawer: opened, written into, corrected, counted, handed over."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.catalogue.api import amount_for, get_version
from vanlang.counter import labels
from vanlang.counter.errors import CounterConflict
from vanlang.counter.queries.lists import DrawerCard, drawer_card, list_drawers
from vanlang.counter.queries.papers import print_drawer
from vanlang.counter.rules.cash import DENOMINATIONS
from vanlang.counter.services import cash as services
from vanlang.counter.views.answers import amount_of, pdf_response, say_why_not
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import DossierPage
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.ids import new_id
from vanlang.payments import api as payments
from vanlang.ui.rendering import paginate, redirect_after_post, render_page


@officer_required((Role.COUNTER, Role.LEADER))
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """List the drawers; open mine."""
    actor = actor_from(request)
    if request.method == "POST":
        amount = amount_of(request.POST.get("dau-ngay", ""))
        try:
            drawer_id = services.open_drawer(
                opening=-1 if amount is None else amount, actor=actor, at=clock.now()
            )
        except DomainError as error:
            say_why_not(request, error)
            return _overview(request, actor, status=type(error).status)
        return redirect_after_post(request, reverse("counter:drawer", args=[drawer_id]))
    return _overview(request, actor)


def _overview(request: HttpRequest, actor: Actor, *, status: int = 200) -> HttpResponse:
    page = paginate(request, list_drawers(actor))
    context = {
        "drawers": page.items,
        "page": page,
        "mine": next((one for one in page.items if one.is_mine and one.closed_at is None), None),
        "typed": request.POST.get("dau-ngay", ""),
        "may_open": actor.has(Role.COUNTER),
    }
    return render_page(request, "counter/cash.html", context, status=status)


@officer_required((Role.COUNTER, Role.LEADER))
@require_http_methods(["GET", "POST"])
def drawer(request: HttpRequest, drawer_id: uuid.UUID) -> HttpResponse:
    """Show a drawer with its book; take, correct, close, hand over."""
    actor = actor_from(request)
    card = drawer_card(drawer_id, actor)
    if request.method == "POST":
        try:
            done = _do(request, card, actor)
        except DomainError as error:
            say_why_not(request, error)
            return _drawer_page(request, drawer_card(drawer_id, actor), actor, status=type(error).status)
        messages.success(request, done)
        return redirect_after_post(request, reverse("counter:drawer", args=[drawer_id]))
    return _drawer_page(request, card, actor)


def _do(request: HttpRequest, card: DrawerCard, actor: Actor) -> str:
    """Do what the pressed button says; return what happened."""
    at, post = clock.now(), request.POST
    match post.get("viec"):
        case "doi-ung":
            number = int(post["dong"]) if post.get("dong", "").isdecimal() else 0
            services.correct_entry(drawer_id=card.id, number=number, actor=actor, at=at)
            return f"Đã ghi bút toán đối ứng cho dòng {number}."
        case "khoa":
            notes = {value: _count(post.get(f"to-{value}", "")) for value in DENOMINATIONS}
            services.close_drawer(
                drawer_id=card.id, notes=notes, explanation=post.get("giai-trinh", ""), actor=actor, at=at
            )
            return "Đã khóa ngăn tiền."
        case "giao":
            services.hand_to_treasurer(
                drawer_id=card.id, treasurer=post.get("thu-quy", ""), actor=actor, at=at
            )
            return "Đã ghi giao thủ quỹ; in biên bản để hai bên ký."
        case _:
            amount = amount_of(post.get("so-tien", ""))
            page = _dossier(post.get("ho-so", ""), actor)
            if page is not None and payments.get_settlement(page.id).owed_vnd:
                raise CounterConflict("counter.owed_elsewhere")
            number = services.take_cash(
                drawer_id=card.id,
                amount=-1 if amount is None else amount,
                what_for=post.get("noi-dung", ""),
                dossier_id=page.id if page else None,
                entry_id=_uuid(post.get("khoa-dong", "")),
                actor=actor,
                at=at,
            )
            return f"Đã ghi dòng {number}."


def _drawer_page(request: HttpRequest, card: DrawerCard, actor: Actor, *, status: int = 200) -> HttpResponse:
    typed = request.POST if status != 200 else request.GET
    suggested = _suggestion(typed.get("ho-so", ""), actor) if status == 200 else ("", "")
    context = {
        "drawer": card,
        "code": typed.get("ho-so", ""),
        "what_for": typed.get("noi-dung", "") or suggested[0],
        "amount": typed.get("so-tien", "") or suggested[1],
        "entry_id": new_id(),
        "notes": [(value, request.POST.get(f"to-{value}", "")) for value in DENOMINATIONS],
        "explanation": request.POST.get("giai-trinh", ""),
    }
    return render_page(request, "counter/drawer.html", context, status=status)


def _suggestion(code: str, actor: Actor) -> tuple[str, str]:
    """Return what for and how much by the confirmed fee of a dossier's version; nothing where none is confirmed."""
    try:
        page = _dossier(code, actor)
    except DomainError:
        return ("", "")
    if page is None:
        return ("", "")
    fees = get_version(page.procedure_version_id).fees_for(page.channel, page.case_id)
    if not fees:
        return (page.procedure_name[:120], "")
    return (f"{fees[0].name}: {page.procedure_name}"[:200], str(amount_for(fees[0].money) or ""))


def _dossier(code: str, actor: Actor) -> DossierPage | None:
    """Return the dossier of a code, the read written first. Raises: DossierNotFound for one that is not there."""
    if not code.strip():
        return None
    return dossiers.get_dossier_page(code.strip(), actor=actor, purpose=labels.PURPOSE, at=clock.now())


@officer_required((Role.COUNTER, Role.LEADER))
@require_GET
def printed(request: HttpRequest, drawer_id: uuid.UUID) -> HttpResponse:
    """Hand out the day's book with the count and the places for two signatures."""
    pdf = print_drawer(drawer_id, actor=actor_from(request), at=clock.now())
    return pdf_response(pdf, "bang-ke-thu-tien.pdf")


def _count(text: str) -> int:
    if not text.strip():
        return 0
    return int(text) if text.strip().isdecimal() and len(text) < 7 else -1


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
