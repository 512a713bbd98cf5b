"""Who settles what by dated decisions: the history, a new decision, one taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.catalogue import api as catalogue
from vanlang.desk.forms.delegations import DelegationForm, TakeBackForm
from vanlang.desk.views.procedures import EDITORS
from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import find_agency_by_code
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required(EDITORS)
@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Show every decision with what it covers; write a new one. What is not whole keeps what was typed."""
    if request.method == "GET":
        return _page(request, DelegationForm())
    form, actor, at = DelegationForm(request.POST), actor_from(request), clock.now()
    if not form.is_valid():
        return _page(request, form, status=422)
    communes, unknown = [], ""
    for code in form.cleaned_data["communes"].split():
        card = find_agency_by_code(code, at.date())
        if card is None:
            unknown = code
            break
        communes.append(int(card.id))
    if unknown:
        form.add_error("communes", f"Không có cơ quan mang mã {unknown}. Hãy kiểm tra lại mã.")
        return _page(request, form, status=422)
    try:
        catalogue.delegate(order=form.order(tuple(communes)), actor=actor, at=at)
    except DomainError as error:
        return _page(request, form, status=type(error).status, trouble=sentence_of(error.code, error.facts))
    messages.success(request, f"Đã ghi quyết định {form.cleaned_data['decision']}.")
    return redirect_after_post(request, reverse("desk:delegations"))


@officer_required(EDITORS)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Take a decision back from a day on, by the decision that says so."""
    card = catalogue.get_delegation(delegation_id, clock.today())
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    trouble = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                catalogue.end_delegation(
                    delegation_id=delegation_id,
                    ended_on=form.cleaned_data["ended_on"],
                    decision=form.cleaned_data["decision"],
                    actor=actor_from(request),
                    at=clock.now(),
                )
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(request, f"Đã ghi thu hồi quyết định {card.decision}.")
                return redirect_after_post(request, reverse("desk:delegations"))
    context = {
        "form": form,
        "fields": list(form),
        "title": f"Thu hồi quyết định {card.decision}",
        "action": reverse("desk:take_back", args=[delegation_id]),
        "back": reverse("desk:delegations"),
        "back_text": "Chuyển thẩm quyền",
        "trouble": trouble,
    }
    return render_page(request, "desk/admin_form.html", context, status=status)


def _page(
    request: HttpRequest, form: DelegationForm, *, status: int = 200, trouble: Sentence | None = None
) -> HttpResponse:
    cards = catalogue.list_delegations(clock.today(), procedure_code=request.GET.get("ma", "").strip())
    context = {
        "form": form,
        "fields": list(form),
        "trouble": trouble,
        "code": request.GET.get("ma", "").strip(),
        "lines": [
            {
                "card": card,
                "level": card.agency or catalogue.LEVELS[card.level],
                "state": catalogue.DELEGATION_STATES[card.state],
                "may_end": card.ended_on is None and card.state.value in {"planned", "in_force"},
                "tone": "success" if card.state.value == "in_force" else "neutral",
            }
            for card in cards
        ],
    }
    return render_page(request, "desk/delegations.html", context, status=status)
