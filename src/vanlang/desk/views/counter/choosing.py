"""Which procedure it is: by code, words without diacritics, or the number of a frequent one; Enter opens it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanlang.catalogue.api import ProcedureCard, list_procedures, search
from vanlang.desk.errors import NotTakenHereError
from vanlang.desk.forms.counter import COUNTER_CHANNELS
from vanlang.desk.views.counter.carrying import carried_by, visit_of, with_visit
from vanlang.dossiers.api import Channel
from vanlang.identity.api import Role, officer_required
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.ui.rendering import render_part

NUMBERED = 9
CLEARLY = 1.4
"""How much better than the second the first hit must be for Enter to open it."""


@officer_required(Role.COUNTER)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Find the procedure by code, words without diacritics, or the number of a frequent one."""
    text, on = request.GET.get("q", "").strip(), clock.today()
    frequent = [
        card for card in list_procedures(on, only_frequent=True, only_ready=True) if _is_takeable(card)
    ][:NUMBERED]
    found = [hit for hit in search(text, on=on, limit=NUMBERED) if hit.procedure.is_ready] if text else []
    hits = [hit for hit in found if _is_takeable(hit.procedure)]
    if "chon" in request.GET:
        chosen = _chosen(text, frequent, [(hit.procedure, hit.score) for hit in hits])
        if chosen is not None:
            return redirect(with_visit(reverse("desk:intake", args=[chosen]), request))
    context = {
        "text": text,
        "procedures": [hit.procedure for hit in hits] if text else frequent,
        "untimed": [hit.procedure for hit in found if hit not in hits],
        "why_not": sentence_of(NotTakenHereError.code),
        "visit": visit_of(request),
        "carried": carried_by(request),
        "channel": request.GET.get("kenh", "") if request.GET.get("kenh") == Channel.POSTAL else "",
    }
    return render_part(request, "desk/counter_choose.html", "procedures", context)


def _is_takeable(card: ProcedureCard) -> bool:
    """Tell whether the counter can receive it: what has a time limit in no channel of the counter would be refused."""
    return bool(set(card.timed_over) & set(COUNTER_CHANNELS))


def _chosen(text: str, frequent: list[ProcedureCard], hits: list[tuple[ProcedureCard, float]]) -> str | None:
    """Return the code of the procedure that Enter opens, or None when the officer must look."""
    if text.isdecimal() and 1 <= int(text) <= len(frequent):
        return frequent[int(text) - 1].code
    exact = next((card.code for card, _ in hits if card.code == text), None)
    if exact or not hits:
        return exact
    clear = len(hits) == 1 or hits[0][1] >= CLEARLY * hits[1][1]
    return hits[0][0].code if clear else None
