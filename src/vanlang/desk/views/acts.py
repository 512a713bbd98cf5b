from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.desk import labels
from vanlang.desk.forms.acts import ActForm
from vanlang.desk.queries import case_view
from vanlang.desk.types import CaseView
from vanlang.desk.views.act_table import ACT_VIEWS, BY_SLUG, TONES, ActPage, ActView, Doing
from vanlang.desk.views.inbox import WORKERS
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, ActNotAllowed, ActNotPossible, DossierNotFound, Moved
from vanlang.identity.api import (
    Actor,
    SecondFactorRequiredError,
    actor_from,
    officer_required,
    require_fresh_second_factor,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.payments import api as payments
from vanlang.payments.api import Moment
from vanlang.ui.rendering import redirect_after_post, render_page

_WITH_OUTCOME = frozenset(
    {
        Act.APPROVE,
        Act.ENDORSE,
        Act.SIGN,
        Act.RELEASE,
        Act.RETURN_FOR_REWORK,
        Act.DELIVER,
        Act.REOPEN,
        Act.REVOKE,
        Act.KEEP_OUTCOME,
    }
)
"""Acts beside which the outcome is read."""
_PAID_BEFORE = {
    Act.HAND_OVER: Moment.PROCESSING,
    Act.ASSIGN: Moment.PROCESSING,
    Act.CLAIM: Moment.PROCESSING,
    Act.DELIVER: Moment.DELIVERY,
}
"""Acts that say what should be paid before them: a warning, never a bar."""


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, dossier_id: uuid.UUID, slug: str) -> HttpResponse:
    """Ask for what an act needs, and do it. A refusal keeps what was typed and names the reason."""
    wanted = BY_SLUG.get(slug)
    if wanted is None:
        raise Http404
    if _view_of(wanted).fresh_factor:
        require_fresh_second_factor(request)
    return (_ask if request.method == "GET" else _do)(request, dossier_id, wanted)


def _view_of(wanted: Act) -> ActView:
    """Return how an act is asked for here. One that has a page of its own is not found under the address of the others."""
    how = ACT_VIEWS[wanted]
    if isinstance(how, ActPage):
        raise Http404
    return how


def _ask(request: HttpRequest, dossier_id: uuid.UUID, wanted: Act) -> HttpResponse:
    view = _open(dossier_id, wanted, actor_from(request))
    if wanted not in {button.act for button in view.page.acts}:
        raise ActNotPossible(act_label=dossiers.ACTS[wanted].lower(), state_label=view.page.state_label)
    form = _view_of(wanted).make(None, view.page, clock.today())
    return _page(request, wanted, view, form)


def _do(request: HttpRequest, dossier_id: uuid.UUID, wanted: Act) -> HttpResponse:
    actor, at = actor_from(request), clock.now()
    how = _view_of(wanted)
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose=dossiers.ACTS[wanted], at=at)
    try:
        form = how.make(request.POST, page, at.date())
        if not form.is_valid():
            return _page(request, wanted, _open(dossier_id, wanted, actor), form, status=422)
        doing = Doing(dossier_id, actor, at, form.cleaned_data["expected_version"])
        moved = how.do(doing, form, request.FILES)
    except (DossierNotFound, SecondFactorRequiredError):
        raise
    except DomainError as error:
        return _refused(request, dossier_id, wanted, error)
    messages.success(request, done_sentence(wanted, moved))
    return redirect_after_post(
        request, _after(wanted, moved, inside=page.competent_agency_id == actor.agency_id)
    )


def _refused(request: HttpRequest, dossier_id: uuid.UUID, wanted: Act, error: DomainError) -> HttpResponse:
    """Show the act's page again: what happened meanwhile, and everything that was typed."""
    view = _open(dossier_id, wanted, actor_from(request))
    how = _view_of(wanted)
    typed = request.POST.copy()
    typed["expected_version"] = str(view.page.version)
    try:
        form = how.make(typed, view.page, clock.today())
    except DomainError:
        raise error from None
    form.is_valid()
    still = wanted in {button.act for button in view.page.acts}
    if isinstance(error, ActNotAllowed) and not still:
        raise error
    return _page(request, wanted, view, form, status=type(error).status, error=error, still=still)


def _open(dossier_id: uuid.UUID, wanted: Act, actor: Actor) -> CaseView:
    return case_view(dossier_id, actor=actor, purpose=dossiers.ACTS[wanted], at=clock.now())


def _page(
    request: HttpRequest,
    wanted: Act,
    view: CaseView,
    form: ActForm,
    *,
    status: int = 200,
    error: DomainError | None = None,
    still: bool = True,
) -> HttpResponse:
    how = _view_of(wanted)
    context = {
        "case": view,
        "page": view.page,
        "form": form,
        "act": wanted.value,
        "title": dossiers.ACTS[wanted],
        "lead": how.lead,
        "tone": TONES.get(wanted, "primary"),
        "action": reverse("desk:act", args=[view.page.id, how.slug]),
        "trouble": sentence_of(error.code, error.facts) if error else None,
        "still": still,
        "shows_outcome": wanted in _WITH_OUTCOME and view.outcome is not None,
        "owed_vnd": payments.owed_at(view.page.id, _PAID_BEFORE[wanted]) if wanted in _PAID_BEFORE else 0,
        "fields": [field for field in form if not field.is_hidden],
    }
    return render_page(request, "desk/act.html", context, status=status)


def done_sentence(wanted: Act, moved: Moved) -> str:
    """Return what happened, for the notice on the next page."""
    return labels.DONE[wanted] % {"code": moved.code or ""}


def _after(wanted: Act, moved: Moved, *, inside: bool) -> str:
    """Lead back to the dossier; to the list when the act ends the agency's seat."""
    if wanted is Act.GIVE_OPINION and not inside:
        return reverse("desk:inbox")
    return reverse("desk:dossier", args=[moved.dossier_id])
