"""Begin a draft, find the way back into it, carry it over, throw it away."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.catalogue.api import get_version
from vanlang.identity.api import Actor, actor_from, citizen_required
from vanlang.intake.api import carry_over, discard, get_draft, list_drafts, start_draft, start_with
from vanlang.kernel import clock
from vanlang.portal.queries.procedures import procedure_page
from vanlang.portal.queries.wizard import URL_OF_STEP
from vanlang.registers.api import HeldEntry, UnknownEntryError, find_held
from vanlang.ui.rendering import redirect_after_post, render_page


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Say what will be asked, then begin. A GET begins nothing, so that coming back from the sign-in page is harmless."""
    page = procedure_page(code, clock.today())
    if not settings.VANLANG_PORTAL_FILING:
        return render_page(request, "portal/filing_closed.html", {"page": page}, status=409)
    if page.refusal is not None:
        return render_page(request, "portal/not_fileable.html", {"page": page}, status=409)
    actor = actor_from(request)
    held = _held(request, actor)
    if request.method == "POST":
        draft_id = (
            start_draft(procedure_code=code, actor=actor, at=clock.now())
            if held is None
            else start_with(procedure_code=code, entry_id=held.id, actor=actor, at=clock.now())
        )
        return redirect_after_post(request, reverse("portal:draft_place", args=[draft_id]))
    drafts = list_drafts(actor, procedure_version_id=page.version.id)
    return render_page(request, "portal/new_draft.html", {"page": page, "drafts": drafts, "held": held})


def _held(request: HttpRequest, actor: Actor) -> HeldEntry | None:
    """Return the result in hand with which the draft is to be begun (`tu`), or None."""
    word = (request.POST if request.method == "POST" else request.GET).get("tu", "")
    try:
        entry_id = uuid.UUID(word)
    except ValueError:
        return None
    if actor.person_id is None:
        return None
    try:
        return find_held(entry_id, person_id=actor.person_id, on=clock.today())
    except UnknownEntryError:
        return None


@citizen_required
@require_safe
def draft(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Lead to the furthest step that was reached; a submitted draft leads to its dossier."""
    card = get_draft(draft_id, actor=actor_from(request), on=clock.today())
    if card.dossier_id is not None:
        return redirect("portal:my_dossier", card.dossier_id)
    return redirect(URL_OF_STEP[card.step], draft_id)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard_draft(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Ask once, then throw a draft away with its files."""
    actor = actor_from(request)
    card = get_draft(draft_id, actor=actor, on=clock.today())
    if request.method == "POST":
        discard(draft_id=draft_id, actor=actor, at=clock.now())
        messages.success(request, "Đã xóa bản nháp và các tệp trong đó.")
        return redirect_after_post(request, reverse("portal:my_dossiers"))
    context = {"draft": card, "version": get_version(card.procedure_version_id)}
    return render_page(request, "portal/discard_draft.html", context)


@citizen_required
@require_POST
def carry_over_draft(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Move a draft to the version of its procedure that is in force."""
    carried = carry_over(draft_id=draft_id, actor=actor_from(request), at=clock.now())
    messages.success(
        request, "Bản nháp đã chuyển sang phiên bản đang áp dụng; nội dung đã nhập được giữ lại."
    )
    if carried.left_papers:
        left = "; ".join(carried.left_papers)
        messages.warning(request, f"Phiên bản mới không cần các giấy tờ này nữa nên tệp đã được bỏ: {left}.")
    return redirect_after_post(request, reverse("portal:draft_place", args=[draft_id]))
