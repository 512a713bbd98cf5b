"""Use a result that a register holds instead of an upload, and take it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from vanlang.identity.api import actor_from, citizen_required
from vanlang.intake.api import UnsuitableError, reuse, stop_reuse
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.registers.api import EntryUnusableError
from vanlang.ui.rendering import redirect_after_post

_BACK = {"to-khai": "portal:draft_form", "giay-to": "portal:draft_papers"}


@citizen_required
@require_POST
def reuse_entry(request: HttpRequest, draft_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Let the draft use an entry; say what it filled, or why it cannot."""
    try:
        filled = reuse(draft_id=draft_id, entry_id=entry_id, actor=actor_from(request), at=clock.now())
    except (EntryUnusableError, UnsuitableError) as error:
        sentence = sentence_of(error.code, error.facts)
        messages.error(request, f"{sentence.says} {sentence.do_now}")
    else:
        about = f" và điền {len(filled)} câu trong tờ khai" if filled else ""
        messages.success(
            request, f"Hồ sơ dùng kết quả có sẵn{about}. Có thể bỏ ra bất cứ lúc nào trước khi nộp."
        )
    return _back(request, draft_id)


@citizen_required
@require_POST
def stop_reusing(request: HttpRequest, draft_id: uuid.UUID, reuse_id: uuid.UUID) -> HttpResponse:
    """Take an entry out of the draft."""
    stop_reuse(draft_id=draft_id, reuse_id=reuse_id, actor=actor_from(request), at=clock.now())
    messages.success(request, "Đã bỏ kết quả có sẵn khỏi hồ sơ.")
    return _back(request, draft_id)


def _back(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    route = _BACK.get(request.POST.get("ve", ""), "portal:draft_papers")
    return redirect_after_post(request, reverse(route, args=[draft_id]))
