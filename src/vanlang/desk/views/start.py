from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanlang.catalogue.api import count_todos, list_procedures
from vanlang.desk import labels
from vanlang.desk.queries import inbox_lines
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import InboxFilter
from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.organizations.api import get_agency
from vanlang.ui.rendering import render_page
from vanlang.ui.templatetags.ui_text import vncounted
from vanlang.ui.types import Tone

MOST_PRESSING = 8
SHORTCUTS = 9
_FIGURES: tuple[tuple[InboxFilter, Tone], ...] = (
    (InboxFilter.MINE, "neutral"),
    (InboxFilter.UNIT, "neutral"),
    (InboxFilter.NEW, "neutral"),
    (InboxFilter.DUE_SOON, "warning"),
    (InboxFilter.LATE, "danger"),
    (InboxFilter.TO_DELIVER, "neutral"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure that opens its list."""

    value: str
    label: str
    href: str
    tone: Tone


@officer_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show what waits for the officer today, and the shortest ways to their work."""
    actor, at = actor_from(request), clock.now()
    has_dossiers = any(actor.has(role) for role in (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK))
    mine = dossiers.list_inbox(actor, filter=InboxFilter.MINE, at=at).cards if has_dossiers else ()
    agency = get_agency(actor.agency_id, at.date()) if actor.agency_id is not None else None
    context = {
        "agency": agency,
        "day": at.date(),
        "figures": _figures(actor) if has_dossiers else [],
        "lines": inbox_lines(mine[:MOST_PRESSING], agency_id=actor.agency_id, at=at),
        "mine_total": len(mine),
        "frequent": list_procedures(at.date(), only_frequent=True, only_ready=True)[:SHORTCUTS]
        if actor.has(Role.COUNTER)
        else [],
        "has_dossiers": has_dossiers,
        "todos": sum(summary.open for summary in count_todos()) if actor.has(Role.CATALOGUE_EDITOR) else None,
        "is_admin": actor.has(Role.ADMIN),
    }
    return render_page(request, "desk/start.html", context)


def _figures(actor: Actor) -> list[Figure]:
    counts = dossiers.count_inbox(actor, at=clock.now())
    found = []
    for kind, tone in _FIGURES:
        if kind in {InboxFilter.NEW, InboxFilter.TO_DELIVER} and not actor.has(Role.COUNTER):
            continue
        word, label = labels.LISTS[kind]
        count = counts[kind]
        found.append(
            Figure(
                vncounted(count), label, f"{reverse('desk:inbox')}?loc={word}", tone if count else "neutral"
            )
        )
    return found
