from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vanlang.chains.api import leg_of
from vanlang.desk import labels
from vanlang.desk.queries import case_view
from vanlang.desk.views.act_table import ACT_VIEWS, ONE_CLICK, STRAIGHT, TONES
from vanlang.desk.views.inbox import WORKERS
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, ActButton, DossierPage
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.payments import api as payments
from vanlang.teamwork.api import talk_about
from vanlang.ui.rendering import render_part
from vanlang.ui.types import Choice

COMPARING = frozenset({Role.SPECIALIST, Role.LEADER})
"""Whose page leads to decided dossiers like the one shown: those who weigh what to answer."""


@officer_required(WORKERS)
@require_GET
def dossier(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Show a dossier with its papers beside the acts allowed now. The read is recorded first, for the purpose chosen."""
    purpose = request.GET.get("muc-dich", labels.PURPOSE)
    view = case_view(
        dossier_id,
        actor=actor_from(request),
        purpose=labels.PURPOSES.get(purpose, labels.PURPOSES[labels.PURPOSE]),
        at=clock.now(),
        shown=_paper_wanted(request),
    )
    context = {
        "talk": talk_about(dossier_id, actor=actor_from(request), at=clock.now()),
        "case": view,
        "chain": leg_of(view.page.id, actor=actor_from(request)),
        "page": view.page,
        "state_tone": labels.STATE_TONES.get(view.page.state, "progress"),
        "acts": [
            {
                "label": button.label,
                "slug": ACT_VIEWS[button.act].slug,
                "one_click": button.act in ONE_CLICK,
                "tone": TONES.get(button.act, "secondary"),
                "primary": index == 0 and button.act in STRAIGHT and not _writes_down(button.act, view.page),
            }
            for index, button in enumerate(_in_order(view.page.acts))
        ],
        "may_compare": bool(actor_from(request).roles & COMPARING),
        "may_scan": dossiers.why_no_scans(dossier_id, actor=actor_from(request)) is None,
        "money": payments.get_settlement(dossier_id),
        "purpose": purpose if purpose in labels.PURPOSES else labels.PURPOSE,
        "purposes": [Choice(word, text) for word, text in labels.PURPOSES.items()],
    }
    return render_part(request, "desk/dossier.html", "paper", context)


def _writes_down(act: Act, page: DossierPage) -> bool:
    """Tell whether an act would write down what others said on paper: possible, and not what comes next."""
    return act is Act.GIVE_OPINION and not any(one.is_mine and one.is_open for one in page.opinions)


def _in_order(acts: Iterable[ActButton]) -> list[ActButton]:
    """Return the buttons, the straight road first and the ways off it last."""
    order = list(ACT_VIEWS)
    return sorted(
        (button for button in acts if button.act in ACT_VIEWS), key=lambda button: order.index(button.act)
    )


def _paper_wanted(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get("giay-to", ""))
    except ValueError:
        return None
