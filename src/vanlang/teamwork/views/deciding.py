"""A leader leafs through proposals, marks them one by one, and has them carried out together."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.dossiers.api import Act, DossierPage
from vanlang.identity.api import Role, actor_from, officer_required, require_fresh_second_factor
from vanlang.kernel import clock
from vanlang.kernel.errors import Conflict
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.teamwork import labels, services
from vanlang.teamwork.queries import deciding
from vanlang.teamwork.queries.deciding import BatchCard
from vanlang.teamwork.types import BatchState, Choice, LineState
from vanlang.ui.rendering import redirect_after_post, render_page, render_part


@officer_required(Role.LEADER)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show the open batch, or begin one with what lies before the leader."""
    actor = actor_from(request)
    if request.method == "POST":
        key = services.open_batch(actor=actor, at=clock.now())
        batch = deciding.get_batch(key, actor=actor)
        return redirect_after_post(request, _leaf(batch, batch.next_to_look))
    found = deciding.find_batch(actor)
    if found is not None:
        return redirect_after_post(request, reverse("teamwork:batch", args=[found.id]))
    waiting = deciding.count_proposals(actor, at=clock.now())
    return render_page(request, "teamwork/batch_start.html", {"waiting": waiting})


@officer_required(Role.LEADER)
@require_GET
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Show what was marked, and how far it is carried out."""
    card = deciding.get_batch(batch_id, actor=actor_from(request))
    context = {
        "batch": card,
        "is_open": card.state is BatchState.OPEN,
        "is_running": card.state is BatchState.RUNNING,
        "lines": [(line, labels.CHOICES.get(line.choice, "Chưa đánh dấu") if line.choice else "Chưa đánh dấu", _outcome(line)) for line in card.lines],
    }  # fmt: skip
    return render_part(request, "teamwork/batch.html", "progress", context)


@officer_required(Role.LEADER)
@require_http_methods(["GET", "POST"])
def leaf(request: HttpRequest, batch_id: uuid.UUID, position: int) -> HttpResponse:
    """Show one proposal beside what the leader needs to know, and take the mark. The look is recorded."""
    actor, at = actor_from(request), clock.now()
    trouble: Sentence | None = None
    if request.method == "POST":
        wanted = request.POST.get("danh-dau", "")
        choice = Choice(wanted) if wanted in set(Choice) else Choice.SKIP
        try:
            services.mark(
                batch_id=batch_id, position=position, choice=choice, reason=request.POST.get("ly-do", ""), actor=actor, at=at
            )  # fmt: skip
        except Conflict as error:
            trouble = sentence_of(error.code, error.facts)
        else:
            return redirect_after_post(request, _onward(deciding.get_batch(batch_id, actor=actor), position))
    page = services.look_at(batch_id=batch_id, position=position, actor=actor, at=at)
    card = deciding.get_batch(batch_id, actor=actor)
    line = card.lines[position - 1]
    context = {
        "batch": card,
        "line": line,
        "page": page,
        "proposal": _proposal(page),
        "before": _leaf(card, position - 1) if position > 1 else "",
        "after": _leaf(card, position + 1) if position < len(card.lines) else reverse("teamwork:batch", args=[card.id]),
        "can_mark": card.state is BatchState.OPEN and any(one.act in {Act.APPROVE, Act.ENDORSE} for one in page.acts),
        "trouble": trouble,
        "typed": request.POST.get("ly-do", line.reason),
    }  # fmt: skip
    return render_page(request, "teamwork/leaf.html", context, status=409 if trouble else 200)


@officer_required(Role.LEADER)
@require_POST
def carry_out(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Have the marked ones carried out; signing asks for a second factor, once for all of them."""
    signs = "ky" in request.POST
    if signs:
        require_fresh_second_factor(request)
    at = clock.now()
    services.start_batch(
        batch_id=batch_id, actor=actor_from(request), at=at, signs=signs, factor_at=at if signs else None
    )
    return redirect_after_post(request, reverse("teamwork:batch", args=[batch_id]))


def _proposal(page: DossierPage) -> str:
    """Return what the specialist wrote when proposing."""
    return next((move.note for move in reversed(page.history) if move.act is Act.PROPOSE), "")


def _outcome(line: deciding.BatchLineCard) -> str:
    if line.line is LineState.REFUSED:
        sentence = sentence_of(line.why, line.facts)
        said = f"{sentence.says} {sentence.do_now}"
        return f"Đã phê duyệt, chưa ký: {said}" if line.approved else said
    if line.line is LineState.WAITING:
        return ""
    if line.choice is Choice.RETURN:
        return "Đã trả lại"
    return "Đã phê duyệt và ký số" if line.signed else "Đã phê duyệt"


def _onward(card: BatchCard, position: int) -> str:
    if position < len(card.lines):
        return _leaf(card, position + 1)
    return reverse("teamwork:batch", args=[card.id])


def _leaf(card: BatchCard, position: int) -> str:
    return reverse("teamwork:leaf", args=[card.id, position])
