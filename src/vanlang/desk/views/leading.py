"""What waits for the leader beside the inbox: apologies that the house drafted, second requests for supplements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.ui.rendering import render_page


@officer_required((Role.LEADER, Role.SPECIALIST))
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """List them: the leader sends or drops, approves or declines; who holds the dossier says why."""
    actor = actor_from(request)
    context = {
        "apologies": dossiers.list_apologies(actor),
        "requests": dossiers.list_second_requests(actor),
        "leads": actor.has(Role.LEADER),
    }
    return render_page(request, "desk/leading.html", context)
