"""Counter intake, by keyboard: choose the procedure, type the person, tick the papers, Enter."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.catalogue.api import (
    CaseCard,
    ProcedureCard,
    VersionCard,
    competent_agency_for,
    find_procedure,
    get_version,
    list_procedures,
    search,
)
from vanlang.desk import labels
from vanlang.desk.errors import NoProcedureError
from vanlang.desk.forms import counter as forms
from vanlang.desk.forms.counter import CounterForm
from vanlang.desk.forms.parties import PartiesForm, blank_parties, open_parts
from vanlang.desk.queries.drafts import suggest_kind
from vanlang.desk.rules.counter import missing_papers, uncounted_papers
from vanlang.desk.rules.outcomes import DraftKind
from vanlang.desk.services import file_at_counter, receive_at_counter
from vanlang.desk.types import CounterIntake
from vanlang.desk.views.counter_person import PersonStep, fill_in, initial_of, is_scanned
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, Channel
from vanlang.eforms import api as eforms
from vanlang.files.api import FileRefusedError
from vanlang.identity.api import (
    Actor,
    Role,
    actor_from,
    officer_required,
)
from vanlang.intake.api import Doubles, find_doubles
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import AgencyCard, UnitKind, get_agency, list_agencies, list_units
from vanlang.ui.rendering import redirect_after_post, render_page, render_part
from vanlang.ui.types import FieldError

NUMBERED = 9
_APPLICANT = "applicant_"
"""Fields of forms that say who files: the counter has typed them already."""
CLEARLY = 1.4
"""How much better than the second the first hit must be for Enter to open it."""


@officer_required(Role.COUNTER)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Find the procedure by code, words without diacritics, or the number of a frequent one."""
    text, on = request.GET.get("q", "").strip(), clock.today()
    frequent = list_procedures(on, only_frequent=True, only_ready=True)[:NUMBERED]
    hits = [hit for hit in search(text, on=on, limit=NUMBERED) if hit.procedure.is_ready] if text else []
    if "chon" in request.GET:
        chosen = _chosen(text, frequent, [(hit.procedure, hit.score) for hit in hits])
        if chosen is not None:
            return redirect(with_visit(reverse("desk:intake", args=[chosen]), request))
    context = {
        "text": text,
        "procedures": [hit.procedure for hit in hits] if text else frequent,
        "visit": visit_of(request),
        "carried": carried_by(request),
        "channel": request.GET.get("kenh", "") if request.GET.get("kenh") == Channel.POSTAL else "",
    }
    return render_part(request, "desk/counter_choose.html", "procedures", context)


def visit_of(request: HttpRequest) -> uuid.UUID | None:
    """Return the visit that the page was opened for: a ticket of the queue, whose pages carry it along as `luot`."""
    try:
        return uuid.UUID(request.GET.get("luot", ""))
    except ValueError:
        return None


def with_visit(address: str, request: HttpRequest) -> str:
    """Return `address` with the visit of this page, and the channel by which it came."""
    carried = carried_by(request)
    return f"{address}?{carried}" if carried else address


def carried_by(request: HttpRequest) -> str:
    """Return what every page of an intake hands on to the next one, as it stands in an address."""
    visit, channel = visit_of(request), request.GET.get("kenh")
    told = {"luot": str(visit)} if visit else {}
    return urlencode(told | ({"kenh": channel} if channel == Channel.POSTAL else {}))


def _chosen(text: str, frequent: list[ProcedureCard], hits: list[tuple[ProcedureCard, float]]) -> str | None:
    """Return the code of the procedure that Enter opens, or None when the officer must look."""
    if text.isdecimal() and 1 <= int(text) <= len(frequent):
        return frequent[int(text) - 1].code
    exact = next((card.code for card, _ in hits if card.code == text), None)
    if exact or not hits:
        return exact
    clear = len(hits) == 1 or hits[0][1] >= CLEARLY * hits[1][1]
    return hits[0][0].code if clear else None


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a page of intake stands on."""

    actor: Actor
    agency: AgencyCard
    version: VersionCard
    case: CaseCard | None
    competent_id: int | None
    channel: Channel = Channel.DIRECT
    """How it comes; the page of an envelope that came says so."""

    @property
    def definition(self) -> eforms.FormDefinition | None:
        if self.case is None or not self.case.form_code:
            return None
        try:
            return eforms.get_definition(self.case.form_code, on=clock.today())
        except eforms.UnknownFormError:
            return None

    def form(self, data: QueryDict | None = None, known: Mapping[str, object] | None = None) -> CounterForm:
        """Return the form with what was sent, or with what is `known` and not judged yet."""
        if self.competent_id is not None:
            competent = [(self.competent_id, get_agency(self.competent_id, clock.today()).name)]
        else:
            competent = [(int(card.id), card.name) for card in list_agencies(clock.today())]
        return_to = [(int(self.agency.id), f"Tại đây: {self.agency.short_name}")]
        if self.competent_id not in {None, self.agency.id}:
            return_to.append((competent[0][0], competent[0][1]))
        initial = forms.blank(
            competent_id=self.competent_id, return_id=int(self.agency.id), channel=self.channel
        )
        return CounterForm(
            data, initial=initial | dict(known or {}), competent=competent, return_to=return_to
        )


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """Take in one dossier: person, papers, answers, ways; one key receives."""
    ground = _ground(request, code)
    if ground.case is None:
        context = {"version": ground.version, "carried": carried_by(request)}
        return render_page(request, "desk/counter_cases.html", context)
    if request.method == "GET":
        return _page(request, ground, ground.form())
    if request.POST.get("viec") == "tra-cuu" or is_scanned(request):
        return _looked_up(request, ground)
    return _receive(request, ground)


def _looked_up(request: HttpRequest, ground: _Ground) -> HttpResponse:
    """Show the page again with the person filled in; a card that cannot be read is an error, and costs nothing typed."""
    typed, step = fill_in(request, ground.actor)
    definition, answered = ground.definition, None
    if definition is not None and _is_answered(definition, request.POST):
        answered = replace(eforms.validate(definition, request.POST, on=clock.today()), errors={})
    return _page(
        request,
        ground,
        ground.form(known=initial_of(typed)),
        parties=PartiesForm(request.POST),
        step=step,
        answered=answered,
        status=422 if step.trouble else 200,
    )


def _receive(request: HttpRequest, ground: _Ground) -> HttpResponse:
    actor, at, wants = ground.actor, clock.now(), request.POST.get("viec", "")
    form, parties = ground.form(request.POST), PartiesForm(request.POST, request.FILES)
    asked = forms.asked_papers(ground.case)
    handed = forms.read_papers(asked, request.POST, request.FILES)
    missing = missing_papers(asked, handed)
    errors = {
        paper.id: "Chưa có số bản chính, bản sao hoặc bản quét." for paper in uncounted_papers(asked, handed)
    }
    if wants != "thieu":
        errors |= {paper.id: "Giấy tờ này chưa có." for paper in missing}
    definition, answered = ground.definition, None
    if definition is not None and _is_answered(definition, request.POST):
        answered = eforms.validate(definition, _answers_of(ground, request.POST), on=at.date())
    are_valid = form.is_valid() & parties.is_valid()
    if not are_valid or errors or (answered is not None and not answered.is_valid):
        step = PersonStep()
        if not request.POST.get("c-full_name", "").strip():  # Enter on the number alone looks the person up
            typed, step = fill_in(request, actor)
            form = ground.form(typed)
        return _page(
            request,
            ground,
            form,
            parties=parties,
            step=step,
            paper_errors=errors,
            answered=answered,
            status=422,
        )
    told, who = form.cleaned_data, parties.told(form.visitor())
    doubles = find_doubles(
        told=who,
        procedure_code=ground.version.code,
        actor=actor,
        at=at,
        dossier_id=forms.dossier_id_of(form),
        repeats=suggest_kind(ground.version) is DraftKind.CERTIFIED_COPY,
    )
    if doubles and request.POST.get("da-xem") != doubles.token:
        return _page(request, ground, form, parties=parties, answered=answered, doubles=doubles, status=422)
    given = CounterIntake(
        dossier_id=forms.dossier_id_of(form),
        version_id=ground.version.id,
        case_id=ground.case.id if ground.case else None,
        procedure_code=ground.version.code,
        parties=who,
        doubles=doubles,
        request=told["request"],
        channel=Channel(told["channel"]),
        competent_agency_id=told["competent"],
        return_agency_id=told["return_to"],
        papers=forms.handed_papers(asked, handed, request.FILES),
        answers=dict(answered.values) if answered else {},
        visit_id=visit_of(request),
        by_post=told["by_post"],
    )
    try:
        if wants == "thieu":
            filed = file_at_counter(intake=given, actor=actor, at=at)
            ask = reverse("desk:act", args=[filed.dossier_id, "yeu-cau-bo-sung"])
            return redirect_after_post(request, ask)
        moved = receive_at_counter(intake=given, actor=actor, at=at)
    except FileRefusedError as error:
        trouble = sentence_of(error.code, error.facts)
        return _page(request, ground, form, parties=parties, answered=answered, trouble=trouble, status=422)
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        status = type(error).status
        return _page(
            request, ground, form, parties=parties, answered=answered, trouble=trouble, status=status
        )
    return redirect_after_post(
        request, with_visit(reverse("desk:received", args=[moved.dossier_id]), request)
    )


@officer_required(Role.COUNTER)
@require_GET
def received(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Tell code and due date, with the way to the receipt and to the unit that works on it."""
    actor, at = actor_from(request), clock.now()
    page = dossiers.get_dossier_page(dossier_id, actor=actor, purpose=labels.COUNTER_PURPOSE, at=at)
    explanation = dossiers.explain_due(dossier_id, actor=actor)
    may_hand_over = Act.HAND_OVER in {button.act for button in page.acts}
    units = list_units(page.competent_agency_id, at.date()) if may_hand_over else []
    context = {
        "page": page,
        "due_lines": [line.says for line in explanation.lines] if explanation else [],
        "units": [unit for unit in units if unit.kind is UnitKind.SPECIALIST],
        "hand_over": reverse("desk:act", args=[page.id, "chuyen-xu-ly"]),
        "visit": visit_of(request),
    }
    return render_page(request, "desk/counter_received.html", context)


def _ground(request: HttpRequest, code: str) -> _Ground:
    actor, on = actor_from(request), clock.today()
    card = find_procedure(code, on)
    if card is None or not card.is_ready or actor.agency_id is None:
        raise NoProcedureError
    version = get_version(card.version_id)
    wanted = request.GET.get("truong-hop", "")
    return _Ground(
        actor=actor,
        agency=get_agency(actor.agency_id, on),
        version=version,
        case=version.case(int(wanted) if wanted.isdecimal() else None),
        competent_id=competent_agency_for(version.id, actor.agency_id, on),
        channel=Channel.POSTAL if request.GET.get("kenh") == Channel.POSTAL else Channel.DIRECT,
    )


def _is_answered(definition: eforms.FormDefinition, data: QueryDict) -> bool:
    """Tell whether the electronic form was begun: a citizen who brings it on paper is not asked again."""
    asked = [field for field in definition.fields if field.widget != "checkbox"]
    return any(data.get(field.name, "").strip() for field in asked if not field.name.startswith(_APPLICANT))


def _answers_of(ground: _Ground, data: QueryDict) -> dict[str, object]:
    """Return what was answered; the applicant is not typed twice."""
    answers: dict[str, object] = {
        name: values if len(values) > 1 else values[0] for name, values in data.lists() if values
    }
    known = {
        "applicant_name": data.get("c-full_name", ""),
        "applicant_personal_id": data.get("c-personal_id", ""),
        "applicant_phone": data.get("c-phone", ""),
        "applicant_address": data.get("c-address", ""),
        "applicant_commune": ground.agency.code,
    }
    return answers | {name: value for name, value in known.items() if not answers.get(name)}


def _page(
    request: HttpRequest,
    ground: _Ground,
    form: CounterForm,
    *,
    parties: PartiesForm | None = None,
    step: PersonStep | None = None,
    doubles: Doubles | None = None,
    paper_errors: dict[int, str] | None = None,
    answered: eforms.Answers | None = None,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = forms.asked_papers(ground.case)
    handed = forms.read_papers(asked, request.POST, request.FILES) if request.method == "POST" else []
    rows = forms.rows_of(asked, ground.case, handed, paper_errors or {})
    definition = ground.definition
    parties = parties or PartiesForm(initial=blank_parties())
    context = {
        "form": form,
        "parties": parties.as_shown(),
        "open_parts": open_parts(parties),
        "step": step or PersonStep(),
        "doubles": doubles,
        "version": ground.version,
        "case": ground.case,
        "agency": ground.agency,
        "competent_is_known": ground.competent_id is not None,
        "competent_name": get_agency(ground.competent_id, clock.today()).name if ground.competent_id else "",
        "returns_elsewhere": ground.competent_id not in {None, ground.agency.id},
        "limit": ground.version.limit_for(Channel.DIRECT, ground.case.id if ground.case else None),
        "fees": ground.version.fees_for(Channel.DIRECT, ground.case.id if ground.case else None),
        "rows": rows,
        "all_papers": bool(request.POST.get("all-papers")),
        "definition": definition,
        "typed": answered.typed if answered else {},
        "answer_errors": answered.errors if answered else {},
        "is_form_open": answered is not None,
        "errors": [step.as_error()]
        if step and step.trouble
        else _summary(form, parties, rows, answered)
        if status == 422
        else [],
        "trouble": trouble,
        "action": request.get_full_path(),
    }
    return render_page(request, "desk/counter.html", context, status=status)


def _summary(
    form: CounterForm, parties: PartiesForm, rows: list[forms.PaperRow], answered: eforms.Answers | None
) -> list[FieldError]:
    """Return everything that is wrong, each line leading to its field."""
    lines = [
        FieldError(f"id_{one.add_prefix(name)}", str(told[0]))
        for one in (form, parties)
        for name, told in one.errors.items()
    ]
    lines += [FieldError(f"id_{row.name}", f"{row.asked.name}: {row.error}") for row in rows if row.error]
    return [*lines, *(eforms.error_lines(answered.errors) if answered else ())]
