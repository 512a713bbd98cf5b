"""The portal's catalogue beside ours: what differs, who proposes to take it over, and who else decides."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.identity.api import Actor, Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.nationalportal.errors import FeedNotAllowedError
from vanlang.nationalportal.forms import FeedForm
from vanlang.nationalportal.labels import FEED_CHANGES
from vanlang.nationalportal.queries import feed as queries
from vanlang.nationalportal.services.feed import apply_feed, ask_feed, keep_ours, propose_feed, return_feed
from vanlang.nationalportal.types import FeedChange
from vanlang.organizations.api import AgencyKind, get_agency
from vanlang.ui.rendering import redirect_after_post, render_page, render_part
from vanlang.ui.types import FieldError

REASON = "id_ly-do"
"""The field in which a reason is typed, by its id."""
EDITORS = (Role.CATALOGUE_EDITOR, Role.ADMIN)


@officer_required(EDITORS)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What waits for an editor, what waits for another person, and how far a reading is."""
    return _show(request, FeedForm(initial={"valid_from": clock.today()}))


@officer_required(EDITORS)
@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure, both versions side by side."""
    return _item(request, code)


def _item(
    request: HttpRequest, code: str, *, typed: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    page = queries.find_feed_item(code)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "card": page.card,
        "may_edit": _may_edit(actor_from(request)),
        "typed": typed,
        "error": error,
        "errors": [FieldError(REASON, error)] if error else [],
    }
    return render_page(request, "nationalportal/feed_item.html", context, status=status)


@officer_required(EDITORS)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Read the portal's catalogue now, by a job."""
    _require_editor(request)
    try:
        ask_feed(actor=actor_from(request), at=clock.now())
    except DomainError as error:
        _say(request, error)
    return redirect_after_post(request, reverse("portal_desk:feed"))


@officer_required(EDITORS)
@require_http_methods(["POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose what was ticked, or keep ours of one procedure with a reason."""
    _require_editor(request)
    actor, at = actor_from(request), clock.now()
    codes = request.POST.getlist("thu-tuc")
    if request.POST.get("viec") == "giu":
        code, reason = codes[0] if codes else "", request.POST.get("ly-do", "")
        try:
            keep_ours(code=code, reason=reason, actor=actor, at=at)
        except DomainError as error:
            return _item(request, code, typed=reason, error=_says(error), status=type(error).status)
        messages.success(request, "Đã giữ bản của tỉnh. Chỉ hỏi lại khi Cổng nói khác đi.")
        return redirect_after_post(request, reverse("portal_desk:feed"))
    form = FeedForm(request.POST)
    if not form.is_valid():
        return _show(request, form, ticked=codes, status=422)
    try:
        count = propose_feed(codes=codes, valid_from=form.cleaned_data["valid_from"], actor=actor, at=at)
    except DomainError as error:
        form.add_error(None, _says(error))
        return _show(request, form, ticked=codes, status=type(error).status)
    messages.success(
        request, f"Đã đề nghị nhập {count} thủ tục. Một người khác cần duyệt; chưa có gì thay đổi."
    )
    return redirect_after_post(request, reverse("portal_desk:feed"))


@officer_required(EDITORS)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Take over what another person proposed, or send it back."""
    _require_editor(request)
    actor, at = actor_from(request), clock.now()
    codes = request.POST.getlist("thu-tuc")
    try:
        if request.POST.get("viec") == "duyet":
            count = apply_feed(codes=codes, actor=actor, at=at)
            messages.success(
                request, f"Đã nhập {count} thủ tục vào danh mục. Hồ sơ đã nhận giữ phiên bản cũ; việc cần xác nhận được giao cho cơ quan phụ trách."
            )  # fmt: skip
        else:
            count = return_feed(codes=codes, reason=request.POST.get("ly-do", ""), actor=actor, at=at)
            messages.success(request, f"Đã trả lại {count} đề nghị.")
    except DomainError as error:
        if request.POST.get("viec") == "duyet":
            _say(request, error)
        else:
            form = FeedForm(initial={"valid_from": clock.today()})
            typed = request.POST.get("ly-do", "")
            return _show(request, form, reason=typed, reason_error=_says(error), status=type(error).status)
    return redirect_after_post(request, reverse("portal_desk:feed"))


def _show(
    request: HttpRequest,
    form: forms.Form,
    *,
    ticked: list[str] | None = None,
    reason: str = "",
    reason_error: str = "",
    status: int = 200,
) -> HttpResponse:
    wanted = request.GET.get("xem", "") or request.POST.get("xem", "")
    counts = queries.count_feed()
    change = (
        FeedChange(wanted)
        if wanted in set(FeedChange)
        else next((one for one in FeedChange if counts[one]), FeedChange.NEW)
    )
    actor = actor_from(request)
    proposed = queries.list_proposed()
    context = {
        "run": queries.last_run(),
        "kinds": [(one.value, FEED_CHANGES[one], counts[one], one is change) for one in FeedChange],
        "change": change.value,
        "change_label": FEED_CHANGES[change],
        "lines": queries.list_feed(change),
        "total": counts[change],
        "is_readable": change is not FeedChange.UNREADABLE,
        "proposed": proposed,
        "is_own": any(one.proposer_account_id == actor.account_id for one in proposed),
        "decided": queries.list_decided(),
        "form": form,
        "ticked": ticked or [],
        "reason": reason,
        "reason_error": reason_error,
        "errors": [FieldError(REASON, reason_error)] if reason_error else [],
        "may_edit": _may_edit(actor),
    }
    return render_part(request, "nationalportal/feed.html", "progress", context, status=status)


def _may_edit(actor: Actor) -> bool:
    """Tell whether somebody works at the province's office, whose catalogue it is."""
    return (
        actor.agency_id is not None and get_agency(actor.agency_id, clock.today()).kind is AgencyKind.PROVINCE
    )


def _require_editor(request: HttpRequest) -> None:
    if not _may_edit(actor_from(request)):
        raise FeedNotAllowedError("nationalportal.feed_province_only")


def _say(request: HttpRequest, error: DomainError) -> None:
    messages.error(request, _says(error))


def _says(error: DomainError) -> str:
    sentence = sentence_of(error.code, error.facts)
    return f"{sentence.says} {sentence.do_now}"
