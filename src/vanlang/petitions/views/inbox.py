"""The inbox: piles with their counts, what is due first at the top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanlang.calendars.api import badge, calendar_of, remaining
from vanlang.identity.api import Actor, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.petitions import labels
from vanlang.petitions.api import PetitionFilter, PetitionKind, count_inbox, list_inbox
from vanlang.petitions.cards import PetitionLine
from vanlang.petitions.views.common import HANDLERS, WORKERS
from vanlang.ui.rendering import paginate, render_part
from vanlang.ui.types import Choice

PER_PAGE = 30
WORDS = {
    PetitionFilter.TO_DECIDE: "cho-phan-loai",
    PetitionFilter.HANDLING: "dang-giai-quyet",
    PetitionFilter.MINE: "cua-toi",
    PetitionFilter.FOR_LEADER: "trinh-lanh-dao",
    PetitionFilter.WAITING: "cho-bo-sung",
    PetitionFilter.TO_PUBLISH: "cho-cong-khai",
    PetitionFilter.LATE: "qua-han",
    PetitionFilter.DONE: "da-xong",
}
_PILES = {word: pile for pile, word in WORDS.items()}
_EMPTY = {
    PetitionFilter.TO_DECIDE: "Không có phản ánh nào chờ phân loại.",
    PetitionFilter.LATE: "Không có phản ánh nào quá hạn.",
}


@officer_required(WORKERS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a pile; the reader's own work comes first when no pile is named."""
    actor, at = actor_from(request), clock.now()
    pile = _PILES.get(request.GET.get("ngan", ""), _first(actor))
    kind = next((one for one in PetitionKind if one.value == request.GET.get("loai")), None)
    code = request.GET.get("ma", "").strip()[:40]
    page = paginate(request, list_inbox(actor, pile=pile, at=at, kind=kind, code=code), per_page=PER_PAGE)
    counts = count_inbox(actor, at=at)
    here = reverse("petitions:inbox")
    context = {
        "page": page,
        "lines": shown_lines(page.items, actor, at),
        "tabs": [(labels.FILTERS[one], f"{here}?ngan={WORDS[one]}", one is pile, counts[one]) for one in PetitionFilter],
        "pile": WORDS[pile],
        "title": labels.FILTERS[pile],
        "empty": _EMPTY.get(pile, "Ngăn này không có phản ánh nào."),
        "kind": kind.value if kind else "",
        "kinds": [Choice("", "Mọi loại"), *(Choice(one.value, labels.KINDS[one]) for one in PetitionKind)],
        "code": code,
        "may_take_down": bool(actor.roles & set(HANDLERS)),
    }  # fmt: skip
    return render_part(request, "petitions/inbox.html", "list", context)


def shown_lines(
    lines: Sequence[PetitionLine], actor: Actor, at: dt.datetime
) -> list[tuple[PetitionLine, str, str, str, str, str]]:
    """Return lines with their words: state, tone, kind, what is left, tone of that."""
    if not lines:  # an agency without a calendar has no petitions either
        return []
    calendar = calendar_of(actor.agency_id or 0)
    shown = []
    for line in lines:
        left, tone = "", "neutral"
        if line.due_at is not None:
            left = badge(remaining(calendar, due_at=line.due_at, at=at))
            tone = "danger" if line.due_at < at else "neutral"
        kind = labels.KINDS[line.kind] if line.kind else ""
        shown.append((line, labels.STATES[line.state], labels.TONES[line.state], kind, left, tone))
    return shown


def _first(actor: Actor) -> PetitionFilter:
    return PetitionFilter.TO_DECIDE if actor.roles & set(HANDLERS) else PetitionFilter.FOR_LEADER
