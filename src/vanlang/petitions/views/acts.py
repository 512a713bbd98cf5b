"""The acts of an officer: classifying in one press, every other on a page that asks once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanlang.identity.api import Actor, Role, actor_from, list_officers, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence
from vanlang.organizations.api import AgencyKind, list_agencies
from vanlang.petitions import api, labels
from vanlang.petitions.api import Moved, PetitionAct, PetitionGround, PetitionKind, PetitionNotFoundError
from vanlang.petitions.cards import PetitionPage
from vanlang.petitions.forms import ACTS_OF_WORDS, WORDS_OF_ACTS, form_of
from vanlang.petitions.views.common import WORKERS, expected_version, private, trouble_of
from vanlang.petitions.views.pages import petition_page
from vanlang.ui.forms import Form
from vanlang.ui.rendering import redirect_after_post, render_page

_DONE = {
    PetitionAct.ROUTE: "Đã chuyển phản ánh đến cơ quan khác.",
    PetitionAct.ASSIGN: "Đã giao giải quyết.",
    PetitionAct.ACCEPT: "Đã tiếp nhận. Hạn trả lời ở bên phải.",
    PetitionAct.REFUSE: "Đã từ chối tiếp nhận và báo người gửi.",
    PetitionAct.RETURN: "Đã trả lại và báo người gửi.",
    PetitionAct.REFER: "Đã báo người gửi nơi giải quyết.",
    PetitionAct.MERGE: "Đã gộp vào phản ánh trước.",
    PetitionAct.ASK_SUPPLEMENT: "Đã báo người gửi bổ sung. Hạn trả lời dừng lại trong lúc chờ.",
    PetitionAct.GO_ON: "Giải quyết tiếp, hạn trả lời chạy lại.",
    PetitionAct.WITHHOLD: "Đã quyết định không công khai.",
    PetitionAct.UNPUBLISH: "Đã gỡ bản công khai.",
}
_ASKS = {
    PetitionAct.ROUTE: "Cơ quan nhận có 2 ngày làm việc để tiếp nhận; hạn trả lời người gửi không đổi.",
    PetitionAct.ACCEPT: "Cơ quan giải quyết và trả lời trong hạn 15 ngày làm việc kể từ ngày gửi.",
    PetitionAct.REFER: "Người gửi được báo nơi giải quyết. Nội dung khiếu nại, tố cáo không hiển thị tiếp cho cán bộ.",
    PetitionAct.RETURN: "Dùng khi không cơ quan nào trong tỉnh có thẩm quyền. Nêu cơ quan cần gửi đến.",
    PetitionAct.MERGE: "Người gửi nhận trả lời của phản ánh trước, ở bản công khai.",
    PetitionAct.GO_ON: "Người gửi không bổ sung trong hạn. Hạn trả lời chạy lại từ bây giờ.",
    PetitionAct.UNPUBLISH: "Bản công khai không ai xem được nữa; bản lưu và lý do ở lại.",
}


@officer_required(WORKERS)
@require_POST
def classify(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Say what it is: one button, one key."""
    kind = next((one for one in PetitionKind if one.value == request.POST.get("loai")), None)
    if kind is None:
        return petition_page(
            request,
            petition_id,
            trouble=Sentence("Chưa chọn loại.", "Bấm một trong các loại ở dưới."),
            status=422,
        )
    try:
        api.classify(
            petition_id=petition_id,
            kind=kind,
            repeats=_uuid(request.POST.get("lap-lai", "")),
            about=_number(request.POST.get("ve-ai", "")),
            actor=actor_from(request),
            at=clock.now(),
            expected_version=expected_version(request),
        )
    except PetitionNotFoundError:
        raise
    except DomainError as error:
        return petition_page(request, petition_id, trouble=trouble_of(error), status=error.status)
    messages.success(request, f"Đã phân loại: {labels.KINDS[kind].lower()}.")
    if not api.is_visible(
        petition_id, actor=actor_from(request)
    ):  # they named themselves: no longer theirs to see
        return redirect_after_post(request, reverse("petitions:inbox"))
    return redirect_after_post(request, reverse("petitions:petition", args=[petition_id]))


@officer_required(WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, petition_id: uuid.UUID, word: str) -> HttpResponse:
    """Ask once, then do it."""
    wanted = ACTS_OF_WORDS.get(word)
    if wanted is None:
        raise Http404
    actor, at = actor_from(request), clock.now()
    page = api.get_petition(petition_id, actor=actor, purpose=labels.ACTS[wanted], at=at)
    form = form_of(
        wanted, request.POST if request.method == "POST" else None, choices=_choices(wanted, page, at)
    )
    if request.method != "POST":
        return _confirm(request, page, wanted, form)
    if not form.is_valid():
        return _confirm(request, page, wanted, form, status=422)
    try:
        _do(
            wanted,
            form.cleaned_data,
            petition_id=petition_id,
            actor=actor,
            at=at,
            version=expected_version(request),
        )
    except DomainError as error:
        return _confirm(request, page, wanted, form, trouble=trouble_of(error), status=error.status)
    messages.success(request, _DONE[wanted])
    away = wanted is PetitionAct.ROUTE
    return redirect_after_post(
        request, reverse("petitions:inbox") if away else reverse("petitions:petition", args=[petition_id])
    )


def _confirm(
    request: HttpRequest,
    page: PetitionPage,
    wanted: PetitionAct,
    form: Form,
    *,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "fields": [form[name] for name in form.fields],
        "title": labels.ACTS[wanted],
        "asks": _ASKS.get(wanted, ""),
        "tone": "warning" if wanted in {PetitionAct.REFUSE, PetitionAct.UNPUBLISH} else "info",
        "is_allowed": wanted in page.acts,
        "trouble": trouble,
        "action": reverse("petitions:act", args=[page.id, WORDS_OF_ACTS[wanted]]),
    }
    if wanted not in page.acts and trouble is None:
        status = 409
    return private(render_page(request, "petitions/act.html", context, status=status))


def _choices(wanted: PetitionAct, page: PetitionPage, at: dt.datetime) -> list[tuple[str, str]]:
    """Return what the one list of an act offers."""
    if wanted is PetitionAct.ROUTE:
        found = [one for one in list_agencies(at.date()) if one.id != page.agency_id]
        if page.must_go_above:
            found = [one for one in found if one.kind is AgencyKind.PROVINCE]
        return [(str(one.id), one.name) for one in found]
    if wanted is PetitionAct.ASSIGN:
        officers = list_officers(page.agency_id, at.date())
        return [
            (str(one.id), f"{one.name}, {one.unit_name}")
            for one in officers
            if one.roles & {Role.COUNTER, Role.SPECIALIST} and one.id != page.about_id
        ]
    if wanted is PetitionAct.MERGE:
        return [(str(one.id), f"{one.code}: {one.title}") for one in page.likes]
    return []


def _do(
    wanted: PetitionAct,
    told: dict[str, Any],
    *,
    petition_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    version: int | None,
) -> Moved:
    """Carry out the act with what was told."""
    known: dict[str, Any] = {
        "petition_id": petition_id,
        "actor": actor,
        "at": at,
        "expected_version": version,
    }
    doing: dict[PetitionAct, Callable[[], Moved]] = {
        PetitionAct.ROUTE: lambda: api.route(agency_id=told["agency"], note=told["note"], **known),
        PetitionAct.ASSIGN: lambda: api.assign(unit_id=None, appointment_id=told["officer"], **known),
        PetitionAct.ACCEPT: lambda: api.accept(**known),
        PetitionAct.REFUSE: lambda: api.refuse(
            ground=PetitionGround(told["ground"]), reason=told["reason"], **known
        ),
        PetitionAct.RETURN: lambda: api.return_petition(reason=told["reason"], **known),
        PetitionAct.REFER: lambda: api.refer(**known),
        PetitionAct.MERGE: lambda: api.merge(into=uuid.UUID(told["into"]), **known),
        PetitionAct.ASK_SUPPLEMENT: lambda: api.ask_supplement(question=told["question"], **known),
        PetitionAct.GO_ON: lambda: api.go_on(**known),
        PetitionAct.WITHHOLD: lambda: api.withhold(reason=told["reason"], **known),
        PetitionAct.UNPUBLISH: lambda: api.unpublish(reason=told["reason"], **known),
    }
    return doing[wanted]()


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
