"""A citizen's own dossiers: where they lie, what they wait for, what came out of them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vanlang.chains.api import list_for_citizen as list_chains_for_citizen
from vanlang.documents.api import read_outcome
from vanlang.dossiers.api import (
    FINAL,
    Act,
    CitizenCard,
    Form,
    State,
    get_for_citizen,
    list_for_citizen,
    print_form,
    withdraw,
)
from vanlang.files.api import UnknownFileError, download_response, get_file, read
from vanlang.identity.api import actor_from, citizen_required, list_representations
from vanlang.intake.api import list_drafts
from vanlang.kernel import clock
from vanlang.nationalportal.api import list_foreign_of
from vanlang.notifications.api import Recipient, reach_of
from vanlang.portal.errors import NoOutcomeYetError
from vanlang.portal.queries.dossiers import dossier_page
from vanlang.portal.queries.paying import owed_for
from vanlang.portal.views.papers import pdf_response, verification_address
from vanlang.ui.rendering import redirect_after_post, render_page

_GROUPS = {
    "can-bo-sung": "Cần bổ sung",
    "co-ket-qua": "Có kết quả, mời nhận",
    "dang-giai-quyet": "Đang giải quyết",
    "da-ket-thuc": "Đã kết thúc",
}
"""Headings of my dossiers, what waits for me first; the keys are anchors."""


@citizen_required
@require_safe
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """Drafts to finish, dossiers that wait for me, and all others."""
    actor = actor_from(request)
    cards, drafts = list_for_citizen(actor, at=clock.now()), list_drafts(actor)
    foreign = list_foreign_of(actor.person_id) if actor.person_id and not actor.entity_id else ()
    groups: dict[str, list[CitizenCard]] = {key: [] for key in _GROUPS}
    for card in cards:
        groups[_group_of(card)].append(card)
    shown = [(title, key, groups[key]) for key, title in _GROUPS.items()]
    context = {
        "drafts": drafts,
        "chains": list_chains_for_citizen(actor),
        "urgent": shown[:2],
        "others": shown[2:],
        "foreign": foreign,
        "is_empty": not cards and not drafts and not foreign,
        "bad_addresses": reach_of(Recipient.person(actor.person_id)).bad if actor.person_id else (),
        "may_stand_for_others": bool(
            actor.person_id and list_representations(actor.person_id, clock.today())
        ),
    }
    return render_page(request, "portal/my_dossiers.html", context)


def _group_of(card: CitizenCard) -> str:
    if card.needs_answer:
        return "can-bo-sung"
    if card.state is State.RELEASED:
        return "co-ket-qua"
    return "da-ket-thuc" if card.state in FINAL else "dang-giai-quyet"


@citizen_required
@require_safe
def my_dossier(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """One dossier: where it lies, who holds it, until when, and why then."""
    page = dossier_page(dossier_id, actor=actor_from(request), at=clock.now())
    return render_page(
        request,
        "portal/my_dossier.html",
        {"page": page, "dossier": page.dossier, "owed": owed_for(dossier_id, on=clock.today())},
    )


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_dossier(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Ask once, then withdraw."""
    actor = actor_from(request)
    dossier = get_for_citizen(dossier_id, actor=actor, at=clock.now())
    if request.method == "POST":
        withdraw(
            dossier_id=dossier_id, actor=actor, at=clock.now(), reason=request.POST.get("reason", "")[:500],
            expected_version=_version(request),
        )  # fmt: skip
        messages.success(request, f"Đã rút hồ sơ {dossier.code or 'chưa tiếp nhận'}.")
        return redirect_after_post(request, reverse("portal:my_dossier", args=[dossier_id]))
    if not any(button.act is Act.WITHDRAW for button in dossier.acts):
        context = {"dossier": dossier}
        return render_page(request, "portal/withdraw_too_late.html", context, status=409)
    return render_page(request, "portal/withdraw.html", {"dossier": dossier})


@citizen_required
@require_safe
def receipt(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """The receipt (form 01) as PDF."""
    actor = actor_from(request)
    pdf = print_form(
        dossier_id, form=Form.RECEIPT, address_of=verification_address, actor=actor, at=clock.now()
    )
    dossier = get_for_citizen(dossier_id, actor=actor, at=clock.now())
    return pdf_response(pdf, f"Giấy tiếp nhận {dossier.code}.pdf")


@citizen_required
@require_safe
def outcome(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """The outcome as it was signed."""
    dossier = get_for_citizen(dossier_id, actor=actor_from(request), at=clock.now())
    found = dossier.outcome
    if found is None or found.released_at is None:
        raise NoOutcomeYetError
    if found.file_id is not None:
        return download_response(get_file(found.file_id), read(found.file_id))
    if found.document_id is not None:
        return pdf_response(read_outcome(found.document_id), f"{found.title} {dossier.code}.pdf")
    raise NoOutcomeYetError


@citizen_required
@require_safe
def attachment(request: HttpRequest, dossier_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """A paper of one's own dossier."""
    dossier = get_for_citizen(dossier_id, actor=actor_from(request), at=clock.now())
    file_id = next((one.file_id for one in dossier.attachments if one.id == attachment_id), None)
    if file_id is None:
        raise UnknownFileError
    return download_response(get_file(file_id), read(file_id), inline=True)


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None
