"""Writing an answer beside its public version, the leader's decision, and publishing."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanlang.identity.api import AppointmentCard, Role, actor_from, list_officers, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.petitions import api, labels
from vanlang.petitions.api import AnswerWords, PetitionAct, PetitionNotFoundError
from vanlang.petitions.cards import PetitionPage
from vanlang.petitions.forms import AnswerForm, PublicForm, PublishForm, SendBackForm
from vanlang.petitions.queries import first_version, mark_version, without_personal_data
from vanlang.petitions.types import AnswerState
from vanlang.petitions.views.common import HANDLERS, WORKERS, expected_version, private, trouble_of
from vanlang.petitions.views.pages import Note, petition_page
from vanlang.ui.rendering import redirect_after_post, render_page


@officer_required(HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Write the answer and its public version side by side; look; lay it before a leader."""
    actor, at = actor_from(request), clock.now()
    page = api.get_petition(petition_id, actor=actor, purpose="Viết trả lời phản ánh", at=at)
    leaders = _leaders(page, at)
    if request.method != "POST":
        return _draft_page(request, page, AnswerForm.of(leaders, words=_begin(page, request)))
    if request.POST.get("viec") in _LOOKS:
        typed = _looked_at(request, petition_id, with_answer=True)
        chosen = request.POST.get("leader", "")
        return _draft_page(request, page, AnswerForm.of(leaders, words=typed, leader=chosen))
    form = AnswerForm.of(leaders, request.POST)
    if not form.is_valid():
        return _draft_page(request, page, form, status=422)
    try:
        api.propose_answer(
            petition_id=petition_id, words=form.words(), leader_id=form.cleaned_data["leader"], actor=actor, at=at,
            expected_version=expected_version(request),
        )  # fmt: skip
    except DomainError as error:
        return _draft_page(request, page, form, trouble=trouble_of(error), status=error.status)
    messages.success(request, "Đã trình lãnh đạo.")
    return redirect_after_post(request, reverse("petitions:petition", args=[petition_id]))


@officer_required(Role.LEADER)
@require_POST
def decide(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Approve, approve and publish, or send back with a reason."""
    known = {
        "petition_id": petition_id,
        "actor": actor_from(request),
        "at": clock.now(),
        "expected_version": expected_version(request),
    }
    word = request.POST.get("viec", "")
    try:
        if word == "tra-lai":
            form = SendBackForm(request.POST)
            note = form.cleaned_data["note"] if form.is_valid() else ""
            api.send_back(note=note, **known)  # type: ignore[arg-type] # by name
        else:
            api.approve_answer(and_publish=word == "duyet-cong-khai", **known)  # type: ignore[arg-type] # by name
    except PetitionNotFoundError:
        raise
    except DomainError as error:
        says = trouble_of(error)
        if word == "tra-lai" and error.status == 422:
            note = Note(request.POST.get("note", ""), f"{says.says} {says.do_now}")
            return petition_page(request, petition_id, note=note, status=422)
        return petition_page(request, petition_id, trouble=says, status=error.status)
    messages.success(request, _SAID.get(word, "Đã phê duyệt, người gửi đọc được trả lời."))
    return redirect_after_post(request, reverse("petitions:petition", args=[petition_id]))


_SAID = {
    "tra-lai": "Đã trả lại để viết lại.",
    "duyet-cong-khai": "Đã phê duyệt và công khai; người gửi đọc được trả lời.",
}


@officer_required(WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, petition_id: uuid.UUID) -> HttpResponse:
    """Look at the public version once more, with everything marked, and confirm that it names nobody."""
    actor, at = actor_from(request), clock.now()
    page = api.get_petition(petition_id, actor=actor, purpose="Công khai trả lời", at=at)
    if request.method != "POST":
        return _publish_page(request, page, PublishForm.of_words(_approved(page)))
    if request.POST.get("viec") in _LOOKS:
        typed = _looked_at(request, petition_id)
        return _publish_page(request, page, PublishForm.of_words(typed))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _publish_page(request, page, form, status=422)
    try:
        api.publish_version(
            petition_id=petition_id,
            words=form.words(),
            actor=actor,
            at=at,
            expected_version=expected_version(request),
        )
    except DomainError as error:
        return _publish_page(request, page, form, trouble=trouble_of(error), status=error.status)
    messages.success(request, "Đã công khai trả lời.")
    return redirect_after_post(request, reverse("petitions:petition", args=[petition_id]))


def _draft_page(
    request: HttpRequest,
    page: PetitionPage,
    form: AnswerForm,
    *,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    template = "petitions/draft.html"
    return _editing(request, page, form, template, PetitionAct.PROPOSE_ANSWER, trouble, status)


def _publish_page(
    request: HttpRequest,
    page: PetitionPage,
    form: PublicForm,
    *,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    return _editing(request, page, form, "petitions/publish.html", PetitionAct.PUBLISH, trouble, status)


def _editing(
    request: HttpRequest,
    page: PetitionPage,
    form: PublicForm,
    template: str,
    act: PetitionAct,
    trouble: Sentence | None,
    status: int,
) -> HttpResponse:
    is_allowed = act in page.acts
    if not is_allowed and trouble is None:
        trouble, status = sentence_of("petitions.act_not_in_state"), 409
    context = {
        "page": page,
        "form": form,
        "marking": mark_version(page.id, form.shown(), actor=actor_from(request)),
        "fact_words": labels.PERSONAL,
        "sent_back": next((one for one in page.answers if one.state is AnswerState.SENT_BACK), None),
        "trouble": trouble,
        "is_allowed": is_allowed,
    }
    return private(render_page(request, template, context, status=status))


def _leaders(page: PetitionPage, at: dt.datetime) -> list[AppointmentCard]:
    return list_officers(page.agency_id, at.date(), role=Role.LEADER)


def _begin(page: PetitionPage, request: HttpRequest) -> AnswerWords:
    """Return what the form begins with: the last version, or the question without what names its sender."""
    if page.answers:
        return page.answers[0].words
    return first_version(page.id, actor=actor_from(request))


def _approved(page: PetitionPage) -> AnswerWords:
    if page.published:
        return page.published
    answer = page.answer
    return answer.words if answer else AnswerWords("")


_LOOKS = frozenset({"xem", "bo-du-lieu"})
"""Buttons that look at the public version and send nothing."""


def _looked_at(request: HttpRequest, petition_id: uuid.UUID, *, with_answer: bool = False) -> AnswerWords:
    """Return what was typed so far; with "bo-du-lieu" without what names somebody, the answer itself where none was written."""
    words = PublicForm.typed(request.POST)
    if request.POST.get("viec") != "bo-du-lieu":
        return words
    if with_answer and not words.public_answer:
        words = replace(words, public_answer=words.text)
    return without_personal_data(petition_id, words, actor=actor_from(request))
