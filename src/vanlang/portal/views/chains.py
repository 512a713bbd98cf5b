"""One page for several interlinked procedures: what the code on the receipt leads to. No name, no paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vanlang.chains.api import LEG_STATES, LEG_TONES, get_chain_by_token
from vanlang.identity.api import public
from vanlang.kernel import clock
from vanlang.ui.rendering import render_page


@public
@require_safe
def chain(request: HttpRequest, token: str) -> HttpResponse:
    """Show where the whole stands: one date, each leg, who has it and until when."""
    card = get_chain_by_token(token, at=clock.now())
    rows = [
        {"leg": leg, "number": number, "label": LEG_STATES[leg.state], "tone": LEG_TONES[leg.state]}
        for number, leg in enumerate(card.legs, 1)
    ]
    return render_page(request, "portal/chain.html", {"card": card, "rows": rows})
