"""A mandate as officers see it: what was agreed, its paper, the slip to sign, and its end at the principal's word."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.audit.api import record_read
from vanlang.desk import labels
from vanlang.documents.api import typeset
from vanlang.files.api import UnknownFileError, download_response, get_file, read
from vanlang.identity.api import (
    MANDATE_KINDS,
    MANDATE_STANDINGS,
    Actor,
    MandateStanding,
    Role,
    actor_from,
    get_mandate,
    officer_required,
    revoke_mandate,
    standing_of_mandate,
)
from vanlang.intake.api import list_evidence, mandate_slip, words_of_mandate
from vanlang.kernel import clock
from vanlang.organizations.api import get_agency
from vanlang.ui.rendering import redirect_after_post, render_page

_READERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER)


@officer_required(_READERS)
@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """Show a mandate; the counter ends it when its principal says so."""
    actor, at = actor_from(request), clock.now()
    if request.method == "POST":
        revoke_mandate(mandate_id=mandate_id, actor=actor, at=at)
        messages.success(request, "Đã ghi nhận chấm dứt ủy quyền.")
        return redirect_after_post(request, reverse("desk:mandate", args=[mandate_id]))
    card = get_mandate(mandate_id)
    _read_written(mandate_id, actor, "desk.open_mandate")
    standing = standing_of_mandate(card, at.date())
    context = {
        "mandate": card,
        "kind": MANDATE_KINDS[card.kind],
        "standing": MANDATE_STANDINGS[standing],
        "in_force": standing is MandateStanding.IN_FORCE,
        "sentences": words_of_mandate(card, at.date()),
        "papers": list_evidence(mandate_id),
        "may_revoke": actor.has(Role.COUNTER) and card.revoked_at is None,
    }
    return render_page(request, "desk/mandate.html", context)


@officer_required(_READERS)
@require_GET
def slip(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """Print the slip that the principal signs after it was read to them."""
    actor, at = actor_from(request), clock.now()
    agency = get_agency(actor.agency_id or 0, at.date())
    data = mandate_slip(mandate_id, agency_id=int(agency.id), at=at)
    _read_written(mandate_id, actor, "desk.print_mandate")
    pdf = typeset(data.template, data, agency_code=agency.code)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="phieu-xac-nhan-uy-quyen.pdf"'},
    )


@officer_required(_READERS)
@require_GET
def paper(request: HttpRequest, mandate_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    """Show the scanned paper of a mandate."""
    if file_id not in {file.id for file in list_evidence(mandate_id)}:
        raise UnknownFileError
    _read_written(mandate_id, actor_from(request), "desk.open_mandate_paper")
    return download_response(get_file(file_id), read(file_id), inline=True)


def _read_written(mandate_id: uuid.UUID, actor: Actor, act: str) -> None:
    record_read(
        act=act,
        actor=actor,
        object_type="mandate",
        object_id=mandate_id,
        purpose=labels.COUNTER_PURPOSE,
        at=clock.now(),
    )
