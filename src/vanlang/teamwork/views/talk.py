"""Notes, mentions and the star: parts of a dossier's page that also stand for themselves."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import Invalid
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.teamwork import queries, services
from vanlang.teamwork.queries.talk import find_note, talk_about
from vanlang.teamwork.views.common import WORKERS
from vanlang.ui.rendering import is_part_wanted, paginate, redirect_after_post, render_page, render_part


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show the notes on a dossier and write one. htmx gets the part, which the dossier's page holds too."""
    typed, trouble, status = "", None, 200
    if request.method == "POST":
        typed = request.POST.get("noi-dung", "")
        try:
            services.write_note(dossier_id=dossier_id, text=typed, actor=actor_from(request), at=clock.now())
        except Invalid as error:
            trouble, status = sentence_of(error.code, error.facts), 422
        else:
            typed = ""
            if not is_part_wanted(request):
                return redirect_after_post(request, _notes_of(dossier_id))
    return _talk(request, dossier_id, typed=typed, trouble=trouble, status=status)


def _talk(
    request: HttpRequest, dossier_id: uuid.UUID, *, typed: str, trouble: Sentence | None, status: int
) -> HttpResponse:
    context = {
        "talk": talk_about(dossier_id, actor=actor_from(request), at=clock.now()),
        "typed": typed,
        "trouble": trouble,
    }
    announce = "Đã lưu ghi chú." if request.method == "POST" and trouble is None else ""
    return render_part(request, "teamwork/notes.html", "talk", context, status=status, announce=announce)


@officer_required(WORKERS)
@require_GET
def suggest(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Offer colleagues for the name that is being typed after an "@"."""
    found = queries.suggest_colleagues(
        dossier_id, request.GET.get("noi-dung", ""), actor=actor_from(request), at=clock.now()
    )
    return render_page(request, "teamwork/suggestions.html", {"colleagues": found})


@officer_required(WORKERS)
@require_POST
def follow(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Set the star, or take it away."""
    actor = actor_from(request)
    if request.POST.get("theo-doi") == "khong":
        services.unfollow(dossier_id=dossier_id, actor=actor)
        messages.success(request, "Đã thôi theo dõi hồ sơ.")
        return redirect_after_post(request, reverse("desk:dossier", args=[dossier_id]))
    services.follow(dossier_id=dossier_id, actor=actor, at=clock.now())
    messages.success(request, "Đang theo dõi hồ sơ: mỗi lần hồ sơ chuyển bước sẽ có trong bản tin hằng ngày.")
    return redirect_after_post(request, reverse("desk:dossier", args=[dossier_id]))


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """Change one's own note, a few minutes after writing it."""
    actor = actor_from(request)
    note = find_note(note_id, actor=actor, at=clock.now())
    typed, trouble, status = note.card.text, None, 200
    if request.method == "POST":
        typed = request.POST.get("noi-dung", "")
        try:
            services.edit_note(note_id=note_id, text=typed, actor=actor, at=clock.now())
        except Invalid as error:
            trouble, status = sentence_of(error.code, error.facts), 422
        else:
            return redirect_after_post(request, _notes_of(note.dossier_id))
    context = {"note": note.card, "dossier_id": note.dossier_id, "typed": typed, "trouble": trouble}
    return render_page(request, "teamwork/edit_note.html", context, status=status)


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """Ask for the reason, and strike a note out."""
    actor = actor_from(request)
    note = find_note(note_id, actor=actor, at=clock.now())
    trouble, status = None, 200
    if request.method == "POST":
        try:
            services.strike_note(
                note_id=note_id, reason=request.POST.get("ly-do", ""), actor=actor, at=clock.now()
            )
        except Invalid as error:
            trouble, status = sentence_of(error.code, error.facts), 422
        else:
            return redirect_after_post(request, _notes_of(note.dossier_id))
    context = {"note": note.card, "dossier_id": note.dossier_id, "trouble": trouble}
    return render_page(request, "teamwork/strike_note.html", context, status=status)


@officer_required(WORKERS)
@require_GET
def mentions(request: HttpRequest) -> HttpResponse:
    """Show the notes that name the reader, to be ticked off."""
    with_done = "da-xong" in request.GET
    found = queries.list_mentions(actor_from(request), at=clock.now(), with_done=with_done)
    page = paginate(request, found)
    return render_page(request, "teamwork/mentions.html", {"page": page, "with_done": with_done})


@officer_required(WORKERS)
@require_POST
def finish(request: HttpRequest, mention_id: int) -> HttpResponse:
    """Tick a mention off."""
    services.finish_mention(mention_id=mention_id, actor=actor_from(request), at=clock.now())
    return redirect_after_post(request, reverse("teamwork:mentions"))


def _notes_of(dossier_id: uuid.UUID) -> str:
    return f"{reverse('desk:dossier', args=[dossier_id])}#ghi-chu"
