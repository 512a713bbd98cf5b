"""After the result: whether the paper is wanted, and what the citizen says of it all."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanlang.dossiers.api import (
    RATING_QUESTIONS,
    ActNotAllowed,
    NotAcceptable,
    PaperAct,
    RatingQuestion,
    get_rated,
    move_paper_copy,
    rate,
    rating_of,
)
from vanlang.identity.api import actor_from, citizen_required, consume, public, was_officers_device
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.portal.views.verifying import CHECKS, PER
from vanlang.portal.views.visitors import address_of
from vanlang.ui.errors import too_many_requests
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

_MARKS = [
    Choice("5", "5 – Rất hài lòng"), Choice("4", "4 – Hài lòng"), Choice("3", "3 – Bình thường"),
    Choice("2", "2 – Không hài lòng"), Choice("1", "1 – Rất không hài lòng"),
]  # fmt: skip


@citizen_required
@require_POST
def paper_copy(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Ask for the paper, or say that it is not needed."""
    act = PaperAct.WANT if request.POST.get("viec") == "lay" else PaperAct.DECLINE
    move_paper_copy(dossier_id=dossier_id, act=act, actor=actor_from(request), at=clock.now())
    said = (
        "Cơ quan sẽ in bản giấy; trang này báo khi sẵn sàng."
        if act is PaperAct.WANT
        else "Sẽ không in bản giấy."
    )
    messages.success(request, said)
    return redirect_after_post(request, reverse("portal:my_dossier", args=[dossier_id]) + "#ban-giay")


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Rate one's own dossier, signed in."""
    return _rating(request, dossier_id, reverse("portal:rating", args=[dossier_id]))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def rating_by_token(request: HttpRequest, token: str) -> HttpResponse:
    """Rate a dossier by the code printed on its receipt."""
    if request.method == "POST":
        refusal = consume(f"rate:{address_of(request)}", limit=CHECKS, per=PER, at=clock.now())
        if refusal is not None:
            return too_many_requests(
                request, retry_after_seconds=int(str(refusal.facts["retry_after_seconds"]))
            )
    return _rating(request, token, reverse("portal:rating_by_token", args=[token]))


def _rating(request: HttpRequest, reference: uuid.UUID | str, here: str) -> HttpResponse:
    actor, at = actor_from(request), clock.now()
    here_before = was_officers_device(request, at)
    rated = get_rated(reference, actor=actor, was_officer_here=here_before, at=at)
    context: dict[str, object] = {"rated": rated, "here": here, "errors": []}
    if rated.refusal is not None:
        context["sentence"] = sentence_of(rated.refusal.code, rated.refusal.facts)
        return render_page(request, "portal/rating_refused.html", context, status=403)
    known = rating_of(rated.id) if isinstance(reference, uuid.UUID) else None
    marks = {name: str(mark) for name, mark in known.marks.items()} if known else {}
    text, error = known.text if known else "", ""
    if request.method == "POST":
        marks = {question.value: request.POST.get(question, "") for question in RatingQuestion}
        text = request.POST.get("text", "")[:1000]
        try:
            rate(
                reference=reference,
                marks=_numbers(marks),
                text=text,
                actor=actor,
                was_officer_here=here_before,
                at=at,
            )
        except NotAcceptable as refused:
            sentence = sentence_of(refused.code, refused.facts)
            error = f"{sentence.says} {sentence.do_now}"
        except ActNotAllowed as refused:
            context["sentence"] = sentence_of(refused.code, refused.facts)
            return render_page(request, "portal/rating_refused.html", context, status=403)
        else:
            messages.success(request, "Đã ghi nhận đánh giá. Cảm ơn ông/bà.")
            after = (
                reverse("portal:my_dossier", args=[rated.id]) if isinstance(reference, uuid.UUID) else here
            )
            return redirect_after_post(request, after)
    context |= {
        "questions": [(one.value, RATING_QUESTIONS[one], marks.get(one, "")) for one in RatingQuestion],
        "choices": _MARKS,
        "text": text,
        "error": error,
        "known": known,
    }
    return render_page(request, "portal/rating.html", context, status=422 if error else 200)


def _numbers(marks: dict[str, str]) -> dict[RatingQuestion, int]:
    return {RatingQuestion(name): int(mark) for name, mark in marks.items() if mark.isdecimal()}
