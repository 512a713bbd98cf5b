"""Which of several appointments an officer works in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vanlang.identity.forms import AppointmentForm
from vanlang.identity.labels import ROLES
from vanlang.identity.permissions import officer_required_before_second_factor
from vanlang.identity.requests import SESSION_KEY, actor_from, appointments_from
from vanlang.identity.services import choose_appointment
from vanlang.identity.types import AppointmentCard
from vanlang.identity.views.sign_in import next_of
from vanlang.kernel import clock
from vanlang.organizations.api import get_agencies
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice


@officer_required_before_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    actor, held = actor_from(request), appointments_from(request)
    form = AppointmentForm(
        request.POST if request.method == "POST" else None,
        choices=[(card.id, card.title) for card in held],
    )
    if not form.is_valid():
        context = {
            "form": form,
            "choices": _choices(held),
            "chosen": str(actor.appointment_id or ""),
            "next": next_of(request),
        }
        status = 422 if request.method == "POST" else 200
        return render_page(request, "identity/roles.html", context, status=status)
    chosen = choose_appointment(
        account_id=held[0].account_id, appointment_id=form.cleaned_data["appointment"], at=clock.now()
    )
    request.session[SESSION_KEY] = chosen.appointment_id
    return redirect_after_post(request, next_of(request) or resolve_url(settings.VANLANG_DESK_URL))


def _choices(held: tuple[AppointmentCard, ...]) -> list[Choice]:
    """Return the places to choose from, each with its agency and what may be done there."""
    agencies = get_agencies({card.agency_id for card in held}, clock.today())
    return [
        Choice(
            str(card.id),
            f"{card.title}, {agencies[card.agency_id].short_name}",
            ", ".join(ROLES[role] for role in sorted(card.roles)),
        )
        for card in held
    ]
