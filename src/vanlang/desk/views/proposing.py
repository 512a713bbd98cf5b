"""The editor of a draft outcome, with a preview of the page as it will be printed."""

from __future__ import annotations

import secrets
import uuid

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.catalogue.api import get_version
from vanlang.desk import labels
from vanlang.desk.errors import PreviewGoneError
from vanlang.desk.forms.outcome import FORM_OF, DraftForm
from vanlang.desk.queries import (
    case_view,
    draft_of,
    outcome_data,
    public_address,
    suggest_draft,
    suggest_kind,
    term_of,
)
from vanlang.desk.rules.outcomes import DraftKind
from vanlang.desk.types import CaseView
from vanlang.desk.views.acts import done_sentence
from vanlang.desk.views.inbox import WORKERS
from vanlang.desk.views.papers import picture_response
from vanlang.documents.api import typeset
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, ActNotAllowed, ActNotPossible, DossierNotFound, DossierPage
from vanlang.files.api import count_pages, page_picture
from vanlang.identity.api import AppointmentCard, Role, actor_from, list_officers, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import get_agency
from vanlang.ui.rendering import redirect_after_post, render_page, render_part

KEPT_SECONDS = 600
"""How long a preview can be looked at."""


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Write a draft outcome and lay it before the leader."""
    actor, at = actor_from(request), clock.now()
    view = case_view(dossier_id, actor=actor, purpose=dossiers.ACTS[Act.PROPOSE], at=at)
    kind = _kind(request, view.page)
    leaders = _leaders(view.page)
    if request.method == "GET":
        if Act.PROPOSE not in {button.act for button in view.page.acts}:
            raise ActNotPossible(
                act_label=dossiers.ACTS[Act.PROPOSE].lower(), state_label=view.page.state_label
            )
        version = get_version(view.page.procedure_version_id)
        initial = suggest_draft(view.page, version, kind, leaders=tuple(leaders.values()))
        initial["expected_version"] = view.page.version
        return _page(request, view, kind, _form(view.page, kind, leaders, None, initial))
    form = _form(view.page, kind, leaders, request.POST, None)
    if not form.is_valid():
        return _page(request, view, kind, form, status=422)
    leader = leaders.get(form.cleaned_data["leader"] or 0)
    try:
        moved = dossiers.propose(
            dossier_id=dossier_id,
            draft=draft_of(kind, form.cleaned_data, page=view.page, leader=leader, at=at),
            to_appointment_id=leader.id if leader else None,
            note=form.cleaned_data["note"],
            address_of=public_address,
            actor=actor,
            at=at,
            expected_version=form.cleaned_data["expected_version"],
        )
    except (DossierNotFound, ActNotAllowed):
        raise
    except DomainError as error:
        return _refused(request, dossier_id, kind, leaders, error)
    messages.success(request, done_sentence(Act.PROPOSE, moved))
    return redirect_after_post(request, reverse("desk:dossier", args=[dossier_id]))


@officer_required(WORKERS)
@require_POST
def preview(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Set what is typed as it will be printed, and show its pages beside the editor."""
    actor, at = actor_from(request), clock.now()
    view = case_view(dossier_id, actor=actor, purpose=dossiers.ACTS[Act.PROPOSE], at=at)
    kind, leaders = _kind(request, view.page), _leaders(view.page)
    form = _form(view.page, kind, leaders, request.POST, None)
    if not form.is_valid() or kind is DraftKind.ON_PAPER:
        return _page(request, view, kind, form, status=422, part="preview")
    leader = leaders[form.cleaned_data["leader"]]
    agency = get_agency(view.page.competent_agency_id, at.date())
    data = outcome_data(kind, form.cleaned_data, agency=agency, leader=leader)
    pdf = typeset(data.template, data, agency_code=agency.code, archival=False)
    token = secrets.token_urlsafe(18)
    cache.set(_key(token, actor.account_id), pdf, KEPT_SECONDS)
    pages = [(token, number) for number in range(1, count_pages(pdf) + 1)]
    return _page(request, view, kind, form, preview=pages, part="preview")


@officer_required(WORKERS)
@require_GET
def preview_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Hand out one page of a preview to whoever asked for it."""
    pdf = cache.get(_key(token, actor_from(request).account_id))
    if pdf is None:
        raise PreviewGoneError
    return picture_response(page_picture(pdf, number))


def _key(token: str, account_id: int | None) -> str:
    return f"desk.preview:{account_id}:{token}"


def _kind(request: HttpRequest, page: DossierPage) -> DraftKind:
    word = (request.POST if request.method == "POST" else request.GET).get("mau", "")
    if word in {kind.value for kind in DraftKind}:
        return DraftKind(word)
    return suggest_kind(get_version(page.procedure_version_id))


def _leaders(page: DossierPage) -> dict[int, AppointmentCard]:
    return {
        card.id: card for card in list_officers(page.competent_agency_id, clock.today(), role=Role.LEADER)
    }


def _form(
    page: DossierPage,
    kind: DraftKind,
    leaders: dict[int, AppointmentCard],
    data: QueryDict | None,
    initial: dict[str, object] | None,
) -> DraftForm:
    choices = [(str(card.id), f"{card.name}, {card.title}") for card in leaders.values()]
    return FORM_OF[kind](data, initial=initial, leaders=choices, term=term_of(page, clock.today()))


def _refused(
    request: HttpRequest,
    dossier_id: uuid.UUID,
    kind: DraftKind,
    leaders: dict[int, AppointmentCard],
    error: DomainError,
) -> HttpResponse:
    view = case_view(
        dossier_id, actor=actor_from(request), purpose=dossiers.ACTS[Act.PROPOSE], at=clock.now()
    )
    typed = request.POST.copy()
    typed["expected_version"] = str(view.page.version)
    form = _form(view.page, kind, leaders, typed, None)
    form.is_valid()
    still = Act.PROPOSE in {button.act for button in view.page.acts}
    return _page(request, view, kind, form, status=type(error).status, error=error, still=still)


def _page(
    request: HttpRequest,
    view: CaseView,
    kind: DraftKind,
    form: DraftForm,
    *,
    status: int = 200,
    error: DomainError | None = None,
    still: bool = True,
    preview: list[tuple[str, int]] | None = None,
    part: str = "",
) -> HttpResponse:
    action = reverse("desk:propose", args=[view.page.id])
    context = {
        "case": view,
        "page": view.page,
        "kind": kind.value,
        "on_paper": kind is DraftKind.ON_PAPER,
        "kinds": [
            {"text": text, "href": f"{action}?mau={one.value}", "current": one is kind}
            for one, text in labels.DRAFT_KINDS.items()
        ]
        + [
            {
                "text": "Soạn bằng Word",
                "href": reverse("desk:propose_word", args=[view.page.id]),
                "current": False,
            }
        ],
        "form": form,
        "fields": [field for field in form if not field.is_hidden],
        "action": action,
        "preview_action": reverse("desk:preview", args=[view.page.id]),
        "preview": preview,
        "trouble": sentence_of(error.code, error.facts) if error else None,
        "still": still,
    }
    if part:
        return render_part(request, "desk/propose.html", part, context, status=status)
    return render_page(request, "desk/propose.html", context, status=status)
