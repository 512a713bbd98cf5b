"""The filing wizard: where, the form, the papers, the check, and what happens next. Every step works by plain forms."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.dossiers.api import get_for_citizen
from vanlang.files.api import FileRefusedError, UnknownFileError, download_response, get_file, read
from vanlang.identity.api import (
    MandateCard,
    actor_from,
    citizen_required,
    get_person,
    list_mandates_held,
    may_act,
)
from vanlang.intake.api import (
    RETURN_WAYS,
    DraftCard,
    DraftStep,
    IncompleteError,
    UnsuitableError,
    attach,
    check_draft,
    choose_place,
    detach,
    find_draft_file,
    form_of,
    get_draft,
    list_offers,
    list_places,
    reach_step,
    save_answers,
    submit,
)
from vanlang.kernel import clock
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.portal.forms import PlaceForm
from vanlang.portal.queries import answers as forms
from vanlang.portal.queries import reusing
from vanlang.portal.queries.paying import foreseen, owed_for
from vanlang.portal.queries.storing import store_section
from vanlang.portal.queries.wizard import Wizard, missing_lines, slot_errors, slots_of, wizard_at
from vanlang.portal.rules import words
from vanlang.ui.rendering import is_part_wanted, redirect_after_post, render_page, render_part

StepView = Callable[..., HttpResponse]
"""(request, draft, …); what else the address names is handed on."""


def draft_step(view: StepView) -> StepView:
    """Give a step its draft; lead a submitted one to its dossier, and say when its procedure takes no dossiers now."""

    @wraps(view)
    def stepped(request: HttpRequest, draft_id: uuid.UUID, **more: uuid.UUID) -> HttpResponse:
        draft = get_draft(draft_id, actor=actor_from(request), on=clock.today())
        if draft.dossier_id is not None:
            return redirect("portal:my_dossier", draft.dossier_id)
        if draft.version_refusal is not None:
            refusal = draft.version_refusal
            context = {
                "wizard": wizard_at(draft.step, draft),
                "sentence": sentence_of(refusal.code, words.said(refusal.facts)),
                "successor": forms.successor_of(draft, clock.today()),
            }
            return render_page(request, "portal/draft_outdated.html", context, status=409)
        return view(request, draft, **more)

    return stepped


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
@draft_step
def place(request: HttpRequest, draft: DraftCard) -> HttpResponse:
    """Which case, where to file, how to be reached, for whom."""
    wizard = wizard_at(DraftStep.PLACE, draft)
    places = list_places(wizard.version.id, clock.today())
    sent = request.POST if request.method == "POST" else None
    form = PlaceForm.of(
        draft,
        wizard.version,
        places,
        sent,
        strict="save" not in request.POST,
        mandates=_mandates(request, wizard.version.code),
    )
    if sent is not None and form.is_valid() and _chosen(request, wizard, form):
        return _onward(request, wizard)
    context = {"wizard": wizard, "form": form, "places": places, "person": _me(request)}
    return render_page(request, "portal/draft_place.html", context, status=200 if sent is None else 422)


def _mandates(request: HttpRequest, procedure_code: str) -> list[MandateCard]:
    """Return under whose mandates the reader may file this procedure today."""
    actor, on = actor_from(request), clock.today()
    held = list_mandates_held(actor.person_id) if actor.person_id else []
    return [one for one in held if may_act(one, procedure_code=procedure_code, on=on) is None]


def _chosen(request: HttpRequest, wizard: Wizard, form: PlaceForm) -> bool:
    """Write what was chosen; say in the form why it cannot be."""
    try:
        choose_place(
            draft_id=wizard.draft.id,
            **form.chosen(wizard.version),
            actor=actor_from(request),
            at=clock.now(),
        )
    except UnsuitableError as error:
        sentence = sentence_of(error.code, error.facts)
        form.add_error(None, f"{sentence.says} {sentence.do_now}")
        return False
    return True


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
@draft_step
def form(request: HttpRequest, draft: DraftCard) -> HttpResponse:
    """The electronic form of the case, or one line that says what is asked for. What was typed is kept, right or not."""
    wizard = wizard_at(DraftStep.FORM, draft)
    today = clock.today()
    if request.method != "POST":
        shown = forms.first_answers(wizard, today, actor=actor_from(request))
        page = forms.form_page(wizard, shown, draft.request, today) | _held(request, wizard)
        return render_page(request, "portal/draft_form.html", page)
    typed = forms.typed_in(wizard, request.POST, today)
    wish = request.POST.get(forms.WISH, draft.request)[:500]
    save_answers(draft_id=draft.id, answers=typed, request=wish, actor=actor_from(request), at=clock.now())
    page = forms.form_page(wizard, typed, wish, today, checked="save" not in request.POST)
    if page["errors"]:
        draft = get_draft(draft.id, actor=actor_from(request), on=today)
        page |= _held(request, wizard_at(DraftStep.FORM, draft))
        return render_page(request, "portal/draft_form.html", page, status=422)
    return _onward(request, wizard)


def _held(request: HttpRequest, wizard: Wizard) -> dict[str, object]:
    """Return what the writer's own results can fill into the form, and what they filled already."""
    offers = list_offers(wizard.draft, actor=actor_from(request), on=clock.today())
    definition = form_of(wizard.case, clock.today())
    return {
        "offers": [reusing.offer_line(one) for one in offers if one.fills],
        "reuses": reusing.form_reuses(wizard.draft.reuses, definition),
    }


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
@draft_step
def papers(request: HttpRequest, draft: DraftCard) -> HttpResponse:
    """The papers. Files that are refused say why beside their paper; all others are kept."""
    errors: dict[int, Sentence] = {}
    if request.method == "POST":
        errors = _attach_all(request, draft)
        draft = get_draft(draft.id, actor=actor_from(request), on=clock.today())
    wizard = wizard_at(DraftStep.PAPERS, draft)
    if request.method == "POST" and not errors and not ("upload" in request.POST or is_part_wanted(request)):
        return _onward(request, wizard)
    if request.method == "POST" and not errors and not is_part_wanted(request):
        return redirect_after_post(request, f"{request.path}#giay-to-{request.POST['upload']}")
    if request.method == "POST" and not errors and "next" in request.POST:
        return _onward(request, wizard)
    return _show_papers(request, draft, errors)


def _show_papers(
    request: HttpRequest, draft: DraftCard, errors: Mapping[int, Sentence] | None = None
) -> HttpResponse:
    """Show the papers of a draft: what is offered instead of an upload, what was laid in, what was refused."""
    wizard, on = wizard_at(DraftStep.PAPERS, draft), clock.today()
    offers = list_offers(draft, actor=actor_from(request), on=on)
    slots = slots_of(wizard, errors, touched=set(request.FILES), offers=offers)
    folded = [slot for slot in slots if not slot.is_open]
    context = {
        "wizard": wizard,
        "slots": slots,
        "folded": folded,
        "folded_summary": f"Giấy tờ chỉ cần trong một số trường hợp ({len(folded)})",
        "all_folded": len(folded) == len(slots),
        "errors": slot_errors(slots),
        "store": store_section(draft, wizard.case, actor=actor_from(request), on=on),
    }
    uploads = [upload for name in request.FILES for upload in request.FILES.getlist(name)]
    names = ", ".join(upload.name or "" for upload in uploads)
    return render_part(
        request,
        "portal/draft_papers.html",
        "papers",
        context,
        status=422 if errors else 200,
        announce=f"Đã tải lên {names}." if names and not errors else "",
    )


def _attach_all(request: HttpRequest, draft: DraftCard) -> dict[int, Sentence]:
    """Attach every chosen file to its paper; return what was refused, by paper."""
    refused: dict[int, Sentence] = {}
    for slot in slots_of(wizard_at(DraftStep.PAPERS, draft)):
        for upload in request.FILES.getlist(slot.input_name):
            try:
                attach(
                    draft_id=draft.id,
                    required_document_id=slot.document.id,
                    content=upload.read(),
                    name=upload.name or "",
                    actor=actor_from(request),
                    at=clock.now(),
                )
            except (FileRefusedError, UnsuitableError) as error:
                sentence = sentence_of(error.code, error.facts)
                refused[slot.document.id] = Sentence(f"“{upload.name}”: {sentence.says}", sentence.do_now)
    return refused


@citizen_required
@require_safe
def paper_file(request: HttpRequest, draft_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponseBase:
    """Show a file of one's own draft."""
    file_id = find_draft_file(draft_id, paper_id, actor=actor_from(request))
    if file_id is None:
        raise UnknownFileError
    return download_response(get_file(file_id), read(file_id), inline=True)


@citizen_required
@require_POST
def remove_file(request: HttpRequest, draft_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Take a file out of the draft."""
    detach(draft_id=draft_id, paper_id=paper_id, actor=actor_from(request), at=clock.now())
    messages.success(request, "Đã xóa tệp khỏi bản nháp.")
    return redirect_after_post(request, reverse("portal:draft_papers", args=[draft_id]))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
@draft_step
def review(request: HttpRequest, draft: DraftCard) -> HttpResponse:
    """Everything on one page, everything missing at once, and the one button that files."""
    actor = actor_from(request)
    if request.method == "POST":
        try:
            submit(draft_id=draft.id, actor=actor, at=clock.now())
        except IncompleteError:
            pass
        else:
            return redirect_after_post(request, reverse("portal:draft_submitted", args=[draft.id]))
    else:
        reach_step(draft_id=draft.id, step=DraftStep.REVIEW, actor=actor, at=clock.now())
    wizard = wizard_at(DraftStep.REVIEW, draft)
    missing = missing_lines(wizard, check_draft(draft.id, actor=actor, on=clock.today()))
    context = {
        "wizard": wizard,
        "missing": missing,
        "slots": slots_of(wizard),
        "place_name": forms.place_name(draft, clock.today()),
        "answers": forms.answer_groups(wizard, clock.today()),
        "person": _me(request),
        "return_way": RETURN_WAYS[draft.return_way],
        "foreseen": foreseen(wizard.version, wizard.case.id if wizard.case else None, draft.answers),
    }
    return render_page(
        request, "portal/draft_review.html", context, status=422 if request.method == "POST" else 200
    )


@citizen_required
@require_safe
def submitted(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """What was filed and what happens next."""
    actor = actor_from(request)
    draft = get_draft(draft_id, actor=actor, on=clock.today())
    if draft.dossier_id is None:
        return redirect("portal:draft", draft_id)
    dossier = get_for_citizen(draft.dossier_id, actor=actor, at=clock.now())
    owed = owed_for(draft.dossier_id, on=clock.today())
    return render_page(request, "portal/draft_submitted.html", {"dossier": dossier, "owed": owed})


def _onward(request: HttpRequest, wizard: Wizard) -> HttpResponse:
    """Lead to the next step, or home when the writer saves for later."""
    if "save" in request.POST:
        messages.success(request, "Đã lưu bản nháp. Có thể viết tiếp bất cứ lúc nào từ trang này.")
        return redirect_after_post(request, reverse("portal:my_dossiers"))
    order = list(DraftStep)
    onward = order[min(order.index(wizard.step) + 1, len(order) - 1)]
    reach_step(draft_id=wizard.draft.id, step=onward, actor=actor_from(request), at=clock.now())
    return redirect_after_post(request, wizard.next_url)


def _me(request: HttpRequest) -> object:
    """Return the signed-in person, as they know themselves: one's own data is no read by others."""
    actor = actor_from(request)
    return get_person(actor.person_id) if actor.person_id else None
