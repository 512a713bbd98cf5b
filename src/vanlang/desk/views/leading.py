"""What waits for the leader beside the inbox: apologies that the house drafted, second requests for supplements."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.ui.rendering import render_page

LOOKED_BACK = dt.timedelta(days=30)
"""Of how many days the apologies are shown that nobody had to send."""


@officer_required((Role.LEADER, Role.SPECIALIST))
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """List them: the leader sends or drops, approves or declines; who holds the dossier says why."""
    actor = actor_from(request)
    context = {
        "apologies": dossiers.list_apologies(actor),
        "unsent": dossiers.list_unsent_apologies(actor, since=clock.now() - LOOKED_BACK),
        "looked_back": LOOKED_BACK.days,
        "requests": dossiers.list_second_requests(actor),
        "leads": actor.has(Role.LEADER),
    }
    return render_page(request, "desk/leading.html", context)
