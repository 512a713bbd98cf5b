"""The counter's pages of interlinked procedures: list, intake, one chain, what a person decides."""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanlang.audit.api import record_read
from vanlang.chains import forms, labels
from vanlang.chains.api import (
    Handed,
    LegCard,
    LegState,
    Plan,
    answer_outside,
    asked_papers,
    drop_leg,
    get_chain,
    get_plan,
    joined_form,
    list_chains,
    list_plans,
    note_sent,
    open_chain,
    retry_leg,
)
from vanlang.chains.queries.slip import print_slip
from vanlang.dossiers.api import Channel, PartyFacts
from vanlang.eforms import api as eforms
from vanlang.identity.api import (
    Actor,
    PersonFacts,
    Role,
    actor_from,
    find_person,
    officer_required,
    remember_person,
)
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.ids import new_id
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.kernel.vietnamese import normalise
from vanlang.organizations.api import get_agency, list_agencies
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import FieldError


@officer_required(Role.COUNTER)
@require_GET
def chains(request: HttpRequest) -> HttpResponse:
    """List the chains that the agency took in, and those that can be opened."""
    actor, on = actor_from(request), clock.today()
    everything = request.GET.get("xem") == "tat-ca"
    lines = list_chains(actor, only_open=not everything)
    context = {
        "page": paginate(request, lines),
        "everything": everything,
        "open_only": not everything,
        "plans": list_plans(on, intake_agency_id=actor.agency_id),
    }
    return render_page(request, "chains/list.html", context)


@officer_required(Role.COUNTER)
@require_GET
def slip(request: HttpRequest, chain_id: uuid.UUID) -> HttpResponse:
    """Hand out the one appointment slip of a chain."""
    pdf = print_slip(chain_id, address_of=_tracking_address, actor=actor_from(request), at=clock.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="giay-hen-lien-thong.pdf"'
    return response


def _tracking_address(token: str) -> str:
    return f"{settings.VANLANG_PUBLIC_URL}{reverse('portal:chain', args=[token])}"


_ALREADY_TYPED = {
    "applicant_name": "full_name",
    "applicant_personal_id": "personal_id",
    "applicant_phone": "phone",
    "applicant_address": "address",
}
"""Questions of the forms that the person's own fields answer."""


@dataclass(frozen=True, slots=True)
class _Ground:
    actor: Actor
    plan_id: int
    plan: Plan
    form: eforms.FormDefinition


@officer_required(Role.COUNTER)
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """Take in one request for the whole chain."""
    on = clock.today()
    plan_id, plan = get_plan(code, on)
    ground = _Ground(actor_from(request), plan_id, plan, joined_form(plan, on))
    if request.method == "GET":
        return _page(request, ground, forms.IntakeForm(initial={"chain_id": new_id()}))
    if request.POST.get("viec") == "tra-cuu":
        return _page(request, ground, forms.IntakeForm(_looked_up(request, ground.actor)))
    return _open(request, ground)


def _open(request: HttpRequest, ground: _Ground) -> HttpResponse:
    at, form = clock.now(), forms.IntakeForm(request.POST)
    papers = forms.read_papers(asked_papers(ground.plan, at.date()), request.POST)
    answered = eforms.validate(ground.form, _typed(request), on=at.date())
    if not form.is_valid() or any(line.error for line in papers) or not answered.is_valid:
        return _page(request, ground, form, papers=papers, answered=answered, status=422)
    told = form.cleaned_data
    try:
        person_id = remember_person(
            facts=PersonFacts(
                full_name=told["full_name"], personal_id=told["personal_id"],
                phone=told["phone"], address=told["address"],
            ),
            at=at, keep_known=True,
        )  # fmt: skip
        opened = open_chain(
            chain_id=told["chain_id"],
            plan_id=ground.plan_id,
            applicant=PartyFacts(
                person_id=person_id,
                full_name=normalise(told["full_name"]),
                personal_id=told["personal_id"],
                phone=told["phone"],
                address=normalise(told["address"]),
            ),
            channel=Channel(told["channel"]),
            answers=dict(answered.values),
            papers=[
                Handed(
                    asked=line.asked,
                    originals=forms.count_of(line.originals),
                    copies=forms.count_of(line.copies),
                )
                for line in papers
                if line.is_there
            ],
            actor=ground.actor,
            at=at,
        )
    except DomainError as error:
        trouble = sentence_of(error.code, error.facts)
        return _page(
            request,
            ground,
            form,
            papers=papers,
            answered=answered,
            trouble=trouble,
            status=type(error).status,
        )
    return redirect_after_post(request, reverse("chains:chain", args=[opened.chain_id]) + "?moi=1")


def _typed(request: HttpRequest) -> dict[str, object]:
    """Return the answers as typed; the applicant is not typed twice."""
    answers: dict[str, object] = {
        name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if values
    }
    known = {question: request.POST.get(f"c-{name}", "") for question, name in _ALREADY_TYPED.items()}
    return answers | {name: value for name, value in known.items() if not answers.get(name)}


def _shown(request: HttpRequest, ground: _Ground) -> dict[str, object]:
    """Return what stands in the form before anything was checked: what was typed, else what is likely."""
    if request.method == "POST":
        return _typed(request)
    likely: dict[str, object] = dict(ground.form.defaults)
    if ground.actor.agency_id is not None:
        code = get_agency(ground.actor.agency_id, clock.today()).code
        likely |= {field.name: code for field in ground.form.fields if field.widget == "commune"}
    return likely


def _answer_lines(answered: eforms.Answers) -> list[FieldError]:
    """Return what is wrong with the answers; what was typed above as the person is led to there."""
    return [
        FieldError(f"id_c-{_ALREADY_TYPED[name]}", text)
        for name, text in answered.errors.items()
        if name in _ALREADY_TYPED
    ] + list(
        eforms.error_lines(
            {name: text for name, text in answered.errors.items() if name not in _ALREADY_TYPED}
        )
    )


def _looked_up(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """Return what was typed, filled up with what the house knows of the number; the read is written first."""
    typed: dict[str, object] = {key: request.POST.get(key, "") for key in request.POST}
    known = find_person(str(typed.get("c-personal_id", "")).replace(" ", ""))
    if known is None:
        return typed
    record_read(
        act="chains.look_up_person", actor=actor, object_type="person", object_id=known.id,
        purpose=labels.INTAKE_PURPOSE, at=clock.now(),
    )  # fmt: skip
    for key, value in {"full_name": known.full_name, "phone": known.phone, "address": known.address}.items():
        typed[f"c-{key}"] = typed.get(f"c-{key}") or value
    return typed


def _page(
    request: HttpRequest,
    ground: _Ground,
    form: forms.IntakeForm,
    *,
    papers: list[forms.PaperLine] | None = None,
    answered: eforms.Answers | None = None,
    trouble: Sentence | None = None,
    status: int = 200,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    asked = asked_papers(ground.plan, clock.today())
    lines = papers if papers is not None else forms.read_papers(asked, None)
    errors: list[FieldError] = []
    if status == 422:
        errors = [
            FieldError(f"id_{form.add_prefix(name)}", str(told[0])) for name, told in form.errors.items()
        ]
        errors += [
            FieldError(f"id_{line.name}", f"{line.asked.name}: {line.error}") for line in lines if line.error
        ]
        errors += _answer_lines(answered) if answered else []
    context = {
        "plan": ground.plan,
        "form": form,
        "definition": dataclasses.replace(
            ground.form,
            fields=tuple(field for field in ground.form.fields if field.name not in _ALREADY_TYPED),
        ),
        "typed": answered.typed if answered else _shown(request, ground),
        "answer_errors": answered.errors if answered and status == 422 else {},
        "papers": lines,
        "all_papers": bool(data and data.get("all-papers")),
        "errors": errors,
        "trouble": trouble,
    }
    return render_page(request, "chains/intake.html", context, status=status)


@officer_required(Role.COUNTER)
@require_GET
def chain(request: HttpRequest, chain_id: uuid.UUID) -> HttpResponse:
    """Show one chain: the date, the legs, whose turn it is, what a person must decide."""
    actor, at = actor_from(request), clock.now()
    card = get_chain(chain_id, actor=actor, at=at)
    record_read(
        act="chains.open_page", actor=actor, object_type="chain", object_id=chain_id,
        purpose=labels.CHAIN_PURPOSE, at=at,
    )  # fmt: skip
    context = {
        "card": card,
        "rows": [_row(leg, number) for number, leg in enumerate(card.legs, 1)],
        "is_new": bool(request.GET.get("moi")),
        "date_label": "hẹn trả cả chuỗi" if not card.due_is_forecast else "hẹn trả cả chuỗi (dự kiến)",
        "progress_text": f"{card.done_count}/{len(card.legs)}",
        "forecast_tone": "danger" if card.will_be_late else "neutral",
        "agencies": list_agencies(at.date()) if any(leg.may_retry for leg in card.legs) else [],
    }
    return render_page(request, "chains/chain.html", context)


def _row(leg: LegCard, number: int) -> dict[str, object]:
    return {
        "leg": leg,
        "number": number,
        "label": labels.LEG_STATES[leg.state],
        "tone": labels.LEG_TONES[leg.state],
        "trouble": sentence_of(leg.trouble, dict(leg.trouble_facts)) if leg.trouble else None,
        "is_outside_now": leg.state is LegState.OUTSIDE,
        "asks_agency": leg.trouble in {"chains.agency_gone", "chains.agency_unknown"},
    }


@officer_required(Role.COUNTER)
@require_POST
def act(request: HttpRequest, chain_id: uuid.UUID, leg: str, what: str) -> HttpResponse:
    """Do what a person decided about a leg: thu-lai, bo, da-gui, co-ket-qua, khong-dong-y."""
    actor, at = actor_from(request), clock.now()
    note = request.POST.get("note", "")
    match what:
        case "thu-lai":
            agency = request.POST.get("agency", "")
            retry_leg(
                chain_id=chain_id, leg_key=leg, actor=actor, at=at,
                agency_id=int(agency) if agency.isdecimal() else None,
            )  # fmt: skip
        case "bo":
            drop_leg(chain_id=chain_id, leg_key=leg, reason=note, actor=actor, at=at)
        case "da-gui":
            note_sent(chain_id=chain_id, leg_key=leg, note=note, actor=actor, at=at)
        case "co-ket-qua" | "khong-dong-y":
            answer_outside(
                chain_id=chain_id, leg_key=leg, granted=what == "co-ket-qua", note=note, actor=actor, at=at
            )
        case _:
            return redirect("chains:chain", chain_id)
    return redirect_after_post(request, reverse("chains:chain", args=[chain_id]))
