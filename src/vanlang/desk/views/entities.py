"""Legal entities at the counter: who speaks for one today, and the end of it when somebody leaves."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.audit.api import record_read
from vanlang.desk.forms.entities import EndRepresentationForm, EntityForm
from vanlang.identity.api import (
    REPRESENTATION_KINDS,
    Actor,
    EntityCard,
    EntityKind,
    RepresentationCard,
    Role,
    actor_from,
    end_representation,
    find_entity,
    get_representation,
    list_representatives,
    officer_required,
)
from vanlang.kernel import clock
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required(Role.COUNTER)
@require_GET
def entity(request: HttpRequest) -> HttpResponse:
    """Find a legal entity by its number and show who speaks for it; the read is recorded."""
    form = EntityForm(request.GET if "so" in request.GET else None)
    found: EntityCard | None = None
    lines: list[tuple[RepresentationCard, str]] = []
    if form.is_valid():
        found = find_entity(EntityKind(form.cleaned_data["loai"]), form.cleaned_data["so"])
    if found is not None:
        _record(found.id, actor_from(request))
        held = list_representatives(found.id, clock.today())
        lines = [(one, REPRESENTATION_KINDS[one.kind]) for one in held]
    context = {"form": form, "entity": found, "lines": lines, "asked": form.is_bound and form.is_valid()}
    return render_page(request, "desk/entity.html", context, status=422 if form.errors else 200)


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, representation_id: uuid.UUID) -> HttpResponse:
    """End a representation from a day on, by the paper that was seen."""
    actor, at = actor_from(request), clock.now()
    card = get_representation(representation_id)
    form = EndRepresentationForm(
        request.POST if request.method == "POST" else None, initial={"on": at.date()}
    )
    back = f"{reverse('desk:entity')}?{urlencode({'loai': card.entity.kind, 'so': card.entity.number})}"
    if form.is_valid():
        told = form.cleaned_data
        end_representation(
            representation_id=card.id, on=told["on"], ground=told["ground"], actor=actor, at=at
        )
        messages.success(request, f"{card.person_name} thôi đại diện từ ngày {told['on']:%d/%m/%Y}.")
        return redirect_after_post(request, back)
    _record(card.entity.id, actor)
    context = {"card": card, "kind": REPRESENTATION_KINDS[card.kind], "form": form, "back": back}
    return render_page(request, "desk/entity_end.html", context, status=422 if form.errors else 200)


def _record(entity_id: uuid.UUID, actor: Actor) -> None:
    record_read(
        act="desk.open_entity", actor=actor, object_type="legal_entity", object_id=entity_id,
        purpose="Kiểm tra người đại diện", at=clock.now(),
    )  # fmt: skip
