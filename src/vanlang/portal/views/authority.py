"""Who may act for me, and for whom I act: mandates given and ended, the legal entity in whose name I work."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.catalogue.api import find_procedure
from vanlang.identity.api import (
    MANDATE_STANDINGS,
    Actor,
    MandateCard,
    MandateFacts,
    MandateKind,
    MandateNotYoursError,
    MandateRefusedError,
    MandateStanding,
    PersonFacts,
    RepresentationError,
    TooManyAttemptsError,
    actor_from,
    choose_to_act_for,
    citizen_required,
    consume,
    end_representation,
    get_mandate,
    get_representation,
    give_mandate,
    list_mandates_given,
    list_mandates_held,
    list_representations,
    meet_person,
    revoke_mandate,
    standing_of_mandate,
)
from vanlang.intake.api import confirmation, words_of_mandate
from vanlang.kernel import clock
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.labels import sentence_of
from vanlang.portal.forms import MandateForm
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import Choice

A_DAY = dt.timedelta(days=1)
MOST_A_DAY = 20


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """List whom I let act for me, and give a mandate: typed, read again in plain sentences, confirmed."""
    actor, sent = actor_from(request), request.POST if request.method == "POST" else None
    form = MandateForm(sent, initial={"until_on": clock.today() + dt.timedelta(days=30)})
    if sent is not None and form.is_valid():
        if "dong-y" not in sent:
            return render_page(request, "portal/mandate_confirm.html", _to_confirm(actor, form))
        if _given(actor, form):
            messages.success(request, f"Đã ủy quyền cho {form.cleaned_data['agent_name']}.")
            return redirect_after_post(request, reverse("portal:mandates"))
    on = clock.today()
    context = {
        "form": form,
        "given": [_line(card, on) for card in _given_by(actor)],
        "held": [_line(card, on) for card in list_mandates_held(actor.person_id)] if actor.person_id else [],
    }
    return render_page(request, "portal/mandates.html", context, status=200 if sent is None else 422)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: HttpRequest, mandate_id: uuid.UUID) -> HttpResponse:
    """End a mandate that I gave."""
    actor = actor_from(request)
    card = get_mandate(mandate_id)
    if (card.principal_id, card.principal_entity_id) not in {
        (actor.person_id, None),
        (None, actor.entity_id),
    }:
        raise MandateNotYoursError
    if request.method == "POST":
        revoke_mandate(mandate_id=mandate_id, actor=actor, at=clock.now())
        messages.success(request, f"Đã chấm dứt ủy quyền cho {card.agent_name}.")
        return redirect_after_post(request, reverse("portal:mandates"))
    return render_page(request, "portal/mandate_end.html", {"mandate": card})


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def stand_for(request: HttpRequest) -> HttpResponse:
    """Choose in whose name I work: mine, or that of an entity that I represent today."""
    actor = actor_from(request)
    held = list_representations(actor.person_id, clock.today()) if actor.person_id else []
    known = {str(one.entity.id): one for one in held}
    if request.method == "POST":
        chosen = request.POST.get("entity", "")
        choose_to_act_for(request, uuid.UUID(chosen) if chosen in known else None)
        return redirect_after_post(request, reverse("portal:my_dossiers"))
    choices = [Choice("", actor.name, "Hồ sơ của bản thân")]
    choices += [
        Choice(
            key, one.entity.name, f"Mã số {one.entity.shown_number}{', ' + one.title if one.title else ''}"
        )
        for key, one in known.items()
    ]
    context = {"choices": choices, "chosen": str(actor.entity_id or ""), "held": held}
    return render_page(request, "portal/stand_for.html", context)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_entity(request: HttpRequest, representation_id: uuid.UUID) -> HttpResponse:
    """End one's own representation of a legal entity, from today on."""
    actor, at = actor_from(request), clock.now()
    card = get_representation(representation_id)
    if card.person_id != actor.person_id:
        raise RepresentationError
    if request.method == "POST":
        end_representation(representation_id=card.id, on=at.date(), actor=actor, at=at)
        choose_to_act_for(request, None)
        messages.success(request, f"Từ hôm nay không còn đại diện cho {card.entity.name}.")
        return redirect_after_post(request, reverse("portal:stand_for"))
    return render_page(request, "portal/leave_entity.html", {"card": card})


def _given_by(actor: Actor) -> list[MandateCard]:
    return list_mandates_given(person_id=actor.person_id, entity_id=actor.entity_id)


def _line(card: MandateCard, on: dt.date) -> dict[str, object]:
    standing = standing_of_mandate(card, on)
    return {
        "card": card,
        "standing": MANDATE_STANDINGS[standing],
        "in_force": standing is MandateStanding.IN_FORCE,
        "sentences": words_of_mandate(card, on),
    }


def _to_confirm(actor: Actor, form: MandateForm) -> dict[str, object]:
    told, on = form.cleaned_data, clock.today()
    procedure = find_procedure(told["procedure_code"], on) if told["procedure_code"] else None
    sentences = confirmation(
        principal=actor.entity_name or actor.name,
        agent=told["agent_name"],
        procedures=[procedure.name] if procedure else [],
        valid_from=on,
        valid_to=told["until_on"] + A_DAY,
    )
    return {"form": form, "sentences": sentences}


def _given(actor: Actor, form: MandateForm) -> bool:
    """Give the mandate; say in the form why it cannot be."""
    told, at = form.cleaned_data, clock.now()
    refuse_if(consume(f"mandate:{actor.person_id}", limit=MOST_A_DAY, per=A_DAY, at=at), TooManyAttemptsError)
    agent_id = meet_person(
        facts=PersonFacts(full_name=told["agent_name"], personal_id=told["agent_personal_id"]), at=at
    )
    facts = MandateFacts(
        kind=MandateKind.ONLINE,
        principal_id=None if actor.entity_id else actor.person_id,
        principal_entity_id=actor.entity_id,
        agent_id=agent_id,
        procedure_codes=(told["procedure_code"],) if told["procedure_code"] else (),
        valid_to=told["until_on"] + A_DAY,
    )
    try:
        give_mandate(facts=facts, actor=actor, at=at)
    except MandateRefusedError as error:
        said = sentence_of(error.code, error.facts)
        form.add_error(None, f"{said.says} {said.do_now}")
        return False
    return True
