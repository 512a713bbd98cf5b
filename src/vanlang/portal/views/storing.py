"""Ask the national store for what it holds of oneself, and use one of it instead of an upload."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from vanlang.files.api import FileRefusedError
from vanlang.identity.api import actor_from, citizen_required
from vanlang.intake.api import DraftCard, DraftStep, UnsuitableError
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.nationalportal.api import (
    ResultNotFoundError,
    ResultUnusableError,
    StoreSilentError,
    ask_store,
    use_in_draft,
)
from vanlang.portal.queries.storing import matter_of, store_section
from vanlang.portal.queries.wizard import wizard_at
from vanlang.portal.views.filing import draft_step
from vanlang.ui.rendering import is_part_wanted, redirect_after_post, render_page


@citizen_required
@require_POST
@draft_step
def ask(request: HttpRequest, draft: DraftCard) -> HttpResponse:
    """Ask the store; what it names, or that it is silent, stands on the page of papers."""
    wizard = wizard_at(DraftStep.PAPERS, draft)
    actor = actor_from(request)
    code, name = wizard.version.code, wizard.version.name
    matter = matter_of(draft, wizard.case, (code, name), actor=actor) if wizard.case else None
    if matter is not None:
        ask_store(matter=matter, actor=actor, at=clock.now())
    section = store_section(draft, wizard.case, actor=actor, on=clock.today())
    if section is not None and is_part_wanted(request):
        return render_page(request, "portal/store.html", {"wizard": wizard, "store": section})
    return _back(request, draft.id)


@citizen_required
@require_POST
@draft_step
def use(request: HttpRequest, draft: DraftCard, result_id: uuid.UUID) -> HttpResponse:
    """Lay a result of the store into the draft; say why it cannot be."""
    try:
        row = use_in_draft(draft_id=draft.id, result_id=result_id, actor=actor_from(request), at=clock.now())
    except (
        ResultUnusableError,
        ResultNotFoundError,
        StoreSilentError,
        UnsuitableError,
        FileRefusedError,
    ) as error:
        _say(request, error)
    else:
        messages.success(
            request, f"Đã lấy {row.title} số {row.number} từ kho dữ liệu quốc gia; chữ ký số hợp lệ. Không phải nộp lại."
        )  # fmt: skip
    return _back(request, draft.id)


def _say(request: HttpRequest, error: DomainError) -> None:
    sentence = sentence_of(error.code, error.facts)
    messages.error(request, f"{sentence.says} {sentence.do_now}")


def _back(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    return redirect_after_post(request, reverse("portal:draft_papers", args=[draft_id]))
