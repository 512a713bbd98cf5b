"""After the release: papers that are wanted, and what citizens said, as figures."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.desk.queries.ratings import rating_bars
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import PAPER_ACTS, PAPER_STATES, PaperAct
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

_HANDS = (Role.COUNTER, Role.CLERK)
_MONTHS = 6


@officer_required(_HANDS)
@require_GET
def paper_copies(request: HttpRequest) -> HttpResponse:
    """The papers of electronic outcomes that wait here: to be printed, and to be fetched."""
    cards = dossiers.list_paper_copies(actor_from(request))
    lines = [
        (card, PAPER_STATES[card.state], [(act, PAPER_ACTS[act]) for act in card.acts]) for card in cards
    ]
    return render_page(request, "desk/paper_copies.html", {"lines": lines})


@officer_required(_HANDS)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_copy(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Print, hand over or post one paper."""
    actor, at = actor_from(request), clock.now()
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose="Trả bản giấy của kết quả", at=at)
    card = dossiers.find_paper_copy(dossier_id, actor=actor)
    if card is None:
        raise dossiers.DossierNotFound
    typed = {name: request.POST.get(name, "") for name in ("receiver", "authority", "tracking")}
    sentence = None
    if request.method == "POST":
        word = request.POST.get("viec", "")
        try:
            if word not in set(PaperAct):
                raise dossiers.NotAcceptable
            state = dossiers.move_paper_copy(
                dossier_id=dossier_id, act=PaperAct(word), actor=actor, at=at, **typed
            )
        except DomainError as error:
            sentence = sentence_of(error.code, error.facts)
        else:
            messages.success(request, f"{PAPER_STATES[state]}: {page.code}.")
            return redirect_after_post(request, reverse("desk:paper_copies"))
    context = {
        "page": page,
        "card": card,
        "state_label": PAPER_STATES[card.state],
        "acts": [(act.value, PAPER_ACTS[act]) for act in card.acts],
        "typed": {**typed, "receiver": typed["receiver"] or page.parties.recipient.full_name},
        "sentence": sentence,
    }
    return render_page(request, "desk/paper_copy.html", context, status=422 if sentence else 200)


@officer_required((Role.LEADER, Role.SPECIALIST, Role.COUNTER))
@require_GET
def ratings(request: HttpRequest) -> HttpResponse:
    """What citizens said of a month, as figures of five ratings and more; texts for the head."""
    actor, begins, ends = actor_from(request), *_month(request.GET.get("thang", ""))
    summary = dossiers.rating_summary(actor=actor, from_on=begins, to_on=ends)
    context = {
        "summary": summary,
        "bars": rating_bars(summary),
        "month": f"{begins:%Y-%m}",
        "months": _months(),
        "title": f"Tháng {begins:%m/%Y}",
        "least": dossiers.LEAST_RATINGS,
        "is_leader": actor.has(Role.LEADER),
    }
    return render_page(request, "desk/ratings.html", context)


@officer_required(Role.LEADER)
@require_POST
def call_backs(request: HttpRequest) -> HttpResponse:
    """A sample of those who were not heard, to be called; the read is recorded first."""
    begins, ends = _month(request.POST.get("thang", ""))
    lines = dossiers.list_call_backs(
        actor=actor_from(request),
        from_on=begins,
        to_on=ends,
        purpose="Gọi lại hỏi mức hài lòng",
        at=clock.now(),
    )
    return render_page(request, "desk/call_backs.html", {"lines": lines, "title": f"Tháng {begins:%m/%Y}"})


def _month(word: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the half-open month that a word names; this one when it names none."""
    try:
        first = dt.datetime.strptime(word, "%Y-%m").replace(tzinfo=VIETNAM)
    except ValueError:
        first = clock.now().astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, (first + dt.timedelta(days=32)).replace(day=1)


def _months() -> list[Choice]:
    first, found = _month("")[0], []
    for _ in range(_MONTHS):
        found.append(Choice(f"{first:%Y-%m}", f"Tháng {first:%m/%Y}"))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return found
