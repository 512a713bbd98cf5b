"""Word templates of a procedure for its editors, and the way from a template to a proposed outcome for specialists."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.catalogue.api import VersionCard, find_procedure, get_version
from vanlang.desk.errors import NoProcedureError
from vanlang.desk.forms.word import WordTemplateForm, WrittenForm
from vanlang.desk.queries import (
    answers_by_name,
    case_view,
    expires_on,
    public_address,
    suggest_draft,
    suggest_kind,
    term_of,
)
from vanlang.desk.types import CaseView
from vanlang.desk.views.acts import done_sentence
from vanlang.desk.views.inbox import WORKERS
from vanlang.documents import api as documents
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import (
    Act,
    ActNotAllowed,
    ActNotPossible,
    DossierNotFound,
    DossierPage,
    Draft,
    Medium,
    Moved,
    OutcomeKind,
)
from vanlang.eforms import api as eforms
from vanlang.identity.api import Actor, AppointmentCard, Role, actor_from, list_officers, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import get_agency
from vanlang.ui.rendering import redirect_after_post, render_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PURPOSE = dossiers.ACTS[Act.PROPOSE]


# ---- editors -----------------------------------------------------------------------------------


@officer_required(Role.CATALOGUE_EDITOR)
@require_http_methods(["GET", "POST"])
def templates(request: HttpRequest, code: str) -> HttpResponse:
    """Show the agency's Word templates of a procedure, and take a new one or a new version."""
    version, actor = _version(code), actor_from(request)
    cases = [case.title for case in version.cases]
    form = WordTemplateForm(
        request.POST if request.method == "POST" else None, request.FILES or None, cases=cases
    )
    trouble: Sentence | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = documents.save_word_template(
                    agency_id=actor.agency_id or 0,
                    procedure_code=code,
                    case_title=form.cleaned_data["case"],
                    name=form.cleaned_data["name"],
                    content=form.cleaned_data["file"].read(),
                    answers=answer_names(version, form.cleaned_data["case"]),
                    actor=actor,
                    at=clock.now(),
                    account_id=actor.account_id,
                )
            except DomainError as error:
                trouble, status = sentence_of(error.code, error.facts), type(error).status
            else:
                messages.success(
                    request,
                    f"Đã lưu mẫu “{saved.name}”, bản {saved.version}. Xem bản điền thử trước khi dùng.",
                )
                return redirect_after_post(request, reverse("desk:word_templates", args=[code]))
    context = {
        "version": version,
        "templates": documents.list_word_templates(agency_id=actor.agency_id or 0, procedure_code=code),
        "fields": documents.DOSSIER_FIELDS,
        "marks": documents.MARKS,
        "answers": [f"{{{{ khai.{name} }}}}" for name in sorted(answer_names(version, ""))],
        "form": form,
        "trouble": trouble,
        "action": request.path,
    }
    return render_page(request, "desk/word_templates.html", context, status=status)


@officer_required(Role.CATALOGUE_EDITOR)
@require_GET
def sample(request: HttpRequest, template_id: uuid.UUID) -> HttpResponse:
    """Hand out a template filled with samples."""
    content = documents.sample_of(template_id, agency_id=actor_from(request).agency_id or 0)
    return _docx(content, "ban-dien-thu")


def answer_names(version: VersionCard, case_title: str) -> frozenset[str]:
    """Return the names of the fields of the procedure's forms: of one case, or of every case."""
    codes = {case.form_code for case in version.cases if case_title in {"", case.title} and case.form_code}
    names: set[str] = set()
    for code in codes:
        try:
            names |= {field.name for field in eforms.get_definition(code, on=clock.today()).fields}
        except eforms.UnknownFormError:
            continue
    return frozenset(names)


# ---- specialists -------------------------------------------------------------------------------


@officer_required(WORKERS)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Fill a Word template, bring the finished letter back, and lay it before the leader."""
    actor, at = actor_from(request), clock.now()
    view = case_view(dossier_id, actor=actor, purpose=PURPOSE, at=at)
    if Act.PROPOSE not in {button.act for button in view.page.acts}:
        raise ActNotPossible(act_label=PURPOSE.lower(), state_label=view.page.state_label)
    leaders = {
        card.id: card for card in list_officers(view.page.competent_agency_id, at.date(), role=Role.LEADER)
    }
    if request.method == "GET":
        version = get_version(view.page.procedure_version_id)
        initial = suggest_draft(view.page, version, suggest_kind(version), leaders=tuple(leaders.values()))
        initial["expected_version"] = view.page.version
        return _page(request, view, _form(view.page, leaders, None, initial=initial))
    form = _form(view.page, leaders, request)
    if not form.is_valid():
        return _page(request, view, form, status=422)
    try:
        moved = _propose(view, form, leaders, actor)
    except (DossierNotFound, ActNotAllowed):
        raise
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return _page(request, view, form, trouble=trouble, status=type(error).status)
    messages.success(request, done_sentence(Act.PROPOSE, moved))
    return redirect_after_post(request, reverse("desk:dossier", args=[dossier_id]))


@officer_required(WORKERS)
@require_GET
def filled(request: HttpRequest, dossier_id: uuid.UUID, template_id: uuid.UUID) -> HttpResponse:
    """Hand out a template filled from the dossier."""
    actor, at = actor_from(request), clock.now()
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose=PURPOSE, at=at)
    content = documents.fill_word_template(
        template_id,
        agency_id=page.competent_agency_id,
        facts=dossiers.template_facts(page),
        answers=answers_by_name(page),
    )
    return _docx(content, page.code or "ho-so")


def _propose(view: CaseView, form: WrittenForm, leaders: dict[int, AppointmentCard], actor: Actor) -> Moved:
    page, at, told = view.page, clock.now(), form.cleaned_data
    leader = leaders[told["leader"]]
    agency = get_agency(page.competent_agency_id, at.date())
    paper, file_id = documents.take_finished(
        content=told["file"].read(),
        title=told["title"],
        head=documents.head_of(agency),
        signer=documents.signer_of(leader, agency),
        at=at,
        account_id=actor.account_id,
    )
    draft = Draft(
        kind=OutcomeKind(told["granted"]),
        medium=Medium.ELECTRONIC,
        title=told["title"],
        book_kind=told["book_kind"],
        data=paper,
        base_file_id=file_id,
        summary={"Người nộp": page.applicant.full_name, "Nội dung": page.request or page.procedure_name},
        expires_on=expires_on(told),
    )
    return dossiers.propose(
        dossier_id=page.id,
        draft=draft,
        to_appointment_id=leader.id,
        note=told["note"],
        address_of=public_address,
        actor=actor,
        at=at,
        expected_version=told["expected_version"],
    )


def _form(
    page: DossierPage,
    leaders: dict[int, AppointmentCard],
    request: HttpRequest | None,
    *,
    initial: dict[str, object] | None = None,
) -> WrittenForm:
    choices = [(str(card.id), f"{card.name}, {card.title}") for card in leaders.values()]
    takes_word, term = documents.word_to_pdf() is not None, term_of(page, clock.today())
    if request is None:
        return WrittenForm(initial=initial, leaders=choices, takes_word=takes_word, term=term)
    return WrittenForm(request.POST, request.FILES, leaders=choices, takes_word=takes_word, term=term)


def _page(
    request: HttpRequest,
    view: CaseView,
    form: WrittenForm,
    *,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    page = view.page
    case = get_version(page.procedure_version_id).case(page.case_id)
    context = {
        "page": page,
        "templates": documents.list_word_templates(
            agency_id=page.competent_agency_id,
            procedure_code=page.procedure_code,
            case_title=case.title if case else "",
        ),
        "form": form,
        "fields": [field for field in form if not field.is_hidden],
        "trouble": trouble,
        "action": request.path,
        "editor": reverse("desk:propose", args=[page.id]),
    }
    return render_page(request, "desk/propose_word.html", context, status=status)


def _docx(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=DOCX,
        headers={
            "Content-Disposition": f'attachment; filename="{quote(name)}.docx"',
            "Cache-Control": "private, no-store",
        },
    )


def _version(code: str) -> VersionCard:
    card = find_procedure(code, clock.today())
    if card is None:
        raise NoProcedureError
    return get_version(card.version_id)
