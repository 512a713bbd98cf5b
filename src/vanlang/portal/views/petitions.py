"""Petitions: read what was answered, send one with or without an account, follow it by its code and secret."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.files.api import FileRefusedError, download_response, read
from vanlang.identity.api import actor_from, consume, get_person, public, was_officers_device
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import list_agencies
from vanlang.petitions import api as petitions
from vanlang.petitions.api import PetitionKind, SenderKey, SenderPage
from vanlang.portal.forms import FollowForm, PetitionForm, SatisfactionForm, SupplementPetitionForm
from vanlang.portal.views.visitors import address_of
from vanlang.ui.rendering import paginate, redirect_after_post, render_page, render_part
from vanlang.ui.types import Choice

SENT, SENT_PER = 6, dt.timedelta(hours=1)
"""Petitions from one address; more come to the counter."""
SHOWN, SHOWN_PER = 15, dt.timedelta(minutes=15)
"""Codes tried from one address, whatever they are; the limit of a code itself stands beside it."""
PER_PAGE = 15
_SIGNED_IN_HINT = "Để báo kết quả. Không công khai."
_STRANGER_HINT = "Cần số điện thoại hoặc thư điện tử để báo kết quả; không cần ghi tên. Không công khai."


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Published answers, searched; and the way to send one."""
    text = request.GET.get("q", "")[:200]
    kind = request.GET.get("loai", "")
    kinds = {one.value: one for one in PetitionKind}
    found = petitions.list_published(text=text, kind=kinds.get(kind), at=clock.now())
    page = paginate(request, found, per_page=PER_PAGE)
    choices = [Choice("", "Mọi loại"), *(Choice(one, petitions.KINDS[one]) for one in _PUBLIC_KINDS)]
    context = {"page": page, "query": text, "kind": kind, "kinds": choices, "labels": petitions.KINDS}
    return render_part(request, "portal/petitions.html", "found", context)


_PUBLIC_KINDS = (PetitionKind.REGULATION, PetitionKind.CONDUCT, PetitionKind.HANDLING, PetitionKind.OTHER)


@public
@require_safe
def published_one(request: HttpRequest, publication_id: uuid.UUID) -> HttpResponse:
    """One question and its answer, without anybody's name."""
    card = petitions.get_published(publication_id, at=clock.now())
    return render_page(
        request, "portal/petition_published.html", {"card": card, "kind": petitions.KINDS[card.kind]}
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Write one and send it. What was typed stays when something is wrong; chosen files must be chosen again."""
    if request.method != "POST":
        return _send_page(
            request, PetitionForm.blank(_agencies(), _known(request), request.GET.get("ho-so", ""))
        )
    form = PetitionForm.of(_agencies(), request.POST, request.FILES)
    if not form.is_valid():
        return _send_page(request, form, status=422)
    refusal = consume(f"petition:{address_of(request)}", limit=SENT, per=SENT_PER, at=clock.now())
    if refusal is not None:
        return _refused(request, form, refusal.code, refusal.facts, 429)
    try:
        filed = petitions.file_petition(brought=form.brought(), actor=actor_from(request), at=clock.now())
    except FileRefusedError as error:
        sentence = sentence_of(error.code, error.facts)
        form.add_error("sheets", f"{sentence.says} {sentence.do_now}")
        return _send_page(request, form, status=422)
    except DomainError as error:
        return _refused(request, form, error.code, error.facts, error.status)
    petitions.keep_receipt(request.session, filed, at=clock.now())
    return redirect_after_post(request, reverse("portal:petition_sent", args=[filed.id]))


@public
@require_safe
def sent(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """The receipt: the code, and the secret for as long as it may be shown."""
    page = _page_of(request, petition_id)
    secret = petitions.receipt_secret(request.session, petition_id, at=clock.now())
    return _private(render_page(request, "portal/petition_sent.html", {"page": page, "secret": secret}))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret; list those of who signed in. Wrong code and wrong secret get one answer."""
    mine = petitions.list_of_sender(actor_from(request))
    if request.method != "POST":
        form = FollowForm(initial={"code": request.GET.get("ma", "")[:40]})
        return _follow_page(request, form, mine)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _follow_page(request, form, mine, status=422)
    refusal = consume(f"petition-follow:{address_of(request)}", limit=SHOWN, per=SHOWN_PER, at=clock.now())
    if refusal is not None:
        return _follow_refused(request, form, mine, refusal.code, refusal.facts, 429)
    try:
        petition_id, key = petitions.prove(**form.cleaned_data, at=clock.now())
    except petitions.TooManyPetitionsError as error:
        return _follow_refused(request, form, mine, error.code, error.facts, 429)
    except petitions.PetitionNotFoundError as error:
        return _follow_refused(request, form, mine, error.code, error.facts, 404)
    petitions.open_receipt(request.session, petition_id, key, at=clock.now())
    return redirect_after_post(request, reverse("portal:petition", args=[petition_id]))


@public
@require_safe
def petition(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """One's own petition: where it stands, what is asked, the answer."""
    return _mine(request, _page_of(request, petition_id))


PetitionView = Callable[[HttpRequest, SenderPage, SenderKey], HttpResponse]


def _of_sender(view: PetitionView) -> Callable[[HttpRequest, uuid.UUID], HttpResponse]:
    """Give an act of the sender its petition and the key that was shown."""

    @wraps(view)
    def opened(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
        return view(request, _page_of(request, petition_id), _key(request, petition_id))

    return opened


@public
@require_POST
@_of_sender
def supplement(request: HttpRequest, page: SenderPage, key: SenderKey) -> HttpResponse:
    """Send what was asked for."""
    form = SupplementPetitionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _mine(request, page, supplement=form, status=422)
    try:
        petitions.supplement(
            petition_id=page.id, text=form.cleaned_data["text"], files=form.chosen(), key=key, at=clock.now()
        )
    except DomainError as error:
        sentence = sentence_of(error.code, error.facts)
        form.add_error(
            "sheets" if isinstance(error, FileRefusedError) else None, f"{sentence.says} {sentence.do_now}"
        )
        return _mine(request, page, supplement=form, status=error.status)
    messages.success(request, "Đã gửi bổ sung. Cơ quan giải quyết tiếp.")
    return redirect_after_post(request, reverse("portal:petition", args=[page.id]))


@public
@require_POST
@_of_sender
def satisfaction(request: HttpRequest, page: SenderPage, key: SenderKey) -> HttpResponse:
    """Say whether one is satisfied with the answer."""
    form = SatisfactionForm(request.POST)
    if not form.is_valid():
        return _mine(request, page, satisfaction=form, status=422)
    at = clock.now()
    try:
        petitions.say_satisfaction(
            petition_id=page.id,
            is_satisfied=form.cleaned_data["satisfied"] == "co",
            why=form.cleaned_data["why"],
            key=key,
            was_officer_here=was_officers_device(request, at),
            at=at,
        )
    except DomainError as error:
        sentence = sentence_of(error.code, error.facts)
        form.add_error(None, f"{sentence.says} {sentence.do_now}")
        return _mine(request, page, satisfaction=form, status=error.status)
    messages.success(request, "Đã ghi nhận. Có thể sửa lại bất cứ lúc nào.")
    return redirect_after_post(request, reverse("portal:petition", args=[page.id]))


@public
@require_safe
def attachment(request: HttpRequest, petition_id: uuid.UUID, attachment_id: uuid.UUID) -> HttpResponse:
    """A file that the sender sent, to be saved."""
    card = petitions.open_own_attachment(petition_id, attachment_id, key=_key(request, petition_id))
    return download_response(card, read(card.id))


def _key(request: HttpRequest, petition_id: uuid.UUID) -> SenderKey:
    """Return what the visitor has shown: their account, or the receipt of this petition a while ago."""
    shown = petitions.receipt_mark(request.session, petition_id, at=clock.now())
    return SenderKey(actor=actor_from(request), secret_mark=shown)


def _page_of(request: HttpRequest, petition_id: uuid.UUID) -> SenderPage:
    return petitions.get_sender_page(petition_id, key=_key(request, petition_id), at=clock.now())


def _mine(
    request: HttpRequest,
    page: SenderPage,
    *,
    supplement: SupplementPetitionForm | None = None,
    satisfaction: SatisfactionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = {None: "", True: "co", False: "khong"}[page.is_satisfied]
    context = {
        "page": page,
        "state": petitions.SENDER_STATES[page.state],
        "tone": petitions.TONES[page.state],
        "supplement_form": supplement or SupplementPetitionForm(),
        "satisfaction_form": satisfaction or SatisfactionForm(initial={"satisfied": said, "why": page.why}),
    }
    return _private(render_page(request, "portal/petition.html", context, status=status))


def _agencies() -> list[Choice]:
    return [Choice(str(one.id), one.name) for one in list_agencies(clock.today())]


def _known(request: HttpRequest) -> dict[str, str]:
    """Return what the form knows of who signed in."""
    actor = actor_from(request)
    if not actor.is_citizen or actor.person_id is None:
        return {}
    person = get_person(actor.person_id)
    return {"name": person.full_name, "phone": person.phone, "email": person.email}


def _send_page(request: HttpRequest, form: PetitionForm, *, status: int = 200) -> HttpResponse:
    hint = _SIGNED_IN_HINT if actor_from(request).is_citizen else _STRANGER_HINT
    context = {"form": form, "contact_hint": hint}
    return _private(render_page(request, "portal/petition_send.html", context, status=status))


def _refused(
    request: HttpRequest, form: PetitionForm, code: str, facts: dict[str, object], status: int
) -> HttpResponse:
    sentence = sentence_of(code, facts)
    form.add_error(None, f"{sentence.says} {sentence.do_now}")
    return _send_page(request, form, status=status)


def _follow_page(
    request: HttpRequest, form: FollowForm, mine: list[petitions.AboutCard], *, status: int = 200
) -> HttpResponse:
    lines = [(one, petitions.SENDER_STATES[one.state], petitions.TONES[one.state]) for one in mine]
    return _private(
        render_page(request, "portal/petition_follow.html", {"form": form, "mine": lines}, status=status)
    )


def _follow_refused(
    request: HttpRequest,
    form: FollowForm,
    mine: list[petitions.AboutCard],
    code: str,
    facts: dict[str, object],
    status: int,
) -> HttpResponse:
    sentence = sentence_of(code, facts)
    form.add_error(None, f"{sentence.says} {sentence.do_now}")
    return _follow_page(request, form, mine, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
