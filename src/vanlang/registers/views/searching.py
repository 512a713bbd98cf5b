"""Find a register, find an entry in it, take the list away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.registers.api import (
    access_register,
    count_entries,
    list_registers,
    search_entries,
    write_workbook,
)
from vanlang.registers.forms import ExportForm
from vanlang.registers.labels import STATES, TONES
from vanlang.registers.types import EntryState
from vanlang.ui.rendering import paginate, render_page, render_part
from vanlang.ui.types import Choice

READERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer_required(READERS)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The registers that this officer may search, with how many entries the agency has in each."""
    actor = actor_from(request)
    counts = count_entries(actor=actor)
    cards = [card for card in list_registers() if actor.roles & card.readers]
    lines = [(card, *counts.get(card.id, (0, 0))) for card in cards]
    return render_page(request, "registers/start.html", {"lines": lines})


@officer_required(READERS)
@require_GET
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The entries of the agency: by number, name or part of one, masked."""
    actor = actor_from(request)
    card = access_register(code, actor=actor)
    text, state = request.GET.get("q", "").strip()[:100], _state(request.GET.get("trang-thai", ""))
    lines = search_entries(card, actor=actor, text=text, state=state, on=clock.today())
    page = paginate(request, lines, per_page=30)
    context = {
        "register": card,
        "page": page,
        "lines": [(line, STATES[line.state], TONES[line.state]) for line in page.items],
        "text": text,
        "state": state.value if state else "",
        "states": [Choice("", "Mọi trạng thái"), *(Choice(one.value, STATES[one]) for one in EntryState)],
        "narrowed": bool(text or state),
    }
    return render_part(request, "registers/register.html", "list", context)


@officer_required(READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for what; then hand out what the search showed as a workbook."""
    actor = actor_from(request)
    card = access_register(code, actor=actor)
    sent = request.POST if request.method == "POST" else request.GET
    text, state = sent.get("q", "").strip()[:100], _state(sent.get("trang-thai", ""))
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        content = write_workbook(
            card, actor=actor, text=text, state=state, purpose=form.cleaned_data["purpose"], at=clock.now()
        )
        headers = {
            "Content-Disposition": f'attachment; filename="{card.code}.xlsx"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(content, content_type=_WORKBOOK, headers=headers)
    context = {
        "register": card,
        "form": form,
        "text": text,
        "state": state.value if state else "",
        "state_label": STATES[state] if state else "",
        "total": len(search_entries(card, actor=actor, text=text, state=state, on=clock.today())),
    }
    return render_page(
        request, "registers/export.html", context, status=422 if request.method == "POST" else 200
    )


def _state(word: str) -> EntryState | None:
    return EntryState(word) if word in set(EntryState) else None
