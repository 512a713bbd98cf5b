"""Who stands at the counter: their card is read, their number is looked up, and what differs is shown side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from vanlang.audit.api import record_read
from vanlang.catalogue.api import CaseCard, UnknownProcedureError, VersionCard, get_version
from vanlang.desk import labels
from vanlang.desk.forms.counter import CounterForm
from vanlang.desk.queries.held import list_held_offers
from vanlang.identity.api import (
    Actor,
    PersonCard,
    Role,
    actor_from,
    check_personal_id,
    clean_personal_id,
    find_person,
    officer_required,
    read_card,
    read_code,
)
from vanlang.intake.api import Difference, PersonTold, differences_to_known
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal
from vanlang.kernel.ids import new_id
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.nationalportal.api import get_store
from vanlang.notifications.api import Reach, Recipient, reach_of
from vanlang.ui.rendering import render_part
from vanlang.ui.types import FieldError

_LONGEST_KEY = 9
"""Figures of a key: what is longer was not written by the page."""
NUMBER, PHOTO = "c-personal_id", "c-photo"
_LONGEST_NUMBER = 20
"""What is longer than any number a hand types, or has a stroke, came from a reader."""


@dataclass(frozen=True, slots=True)
class PersonStep:
    """What the page says beside the person's fields."""

    says: str = ""
    """What was done: "Đã đọc thẻ của …"."""
    trouble: Sentence | None = None
    """Why a card could not be read."""
    differences: tuple[Difference, ...] = ()
    """What the card says otherwise than the house knows."""
    reach: Reach | None = None
    """How a known person can be told how it goes on, masked; None for somebody new."""

    def as_error(self) -> FieldError:
        """Return the line of the summary that leads to the field of the card."""
        return FieldError(f"id_{NUMBER}", self.trouble.says if self.trouble else self.says)


def is_scanned(request: HttpRequest) -> bool:
    """Tell whether a card was just read into the field of the number: a reader's Enter sends the whole form."""
    text = request.POST.get(NUMBER, "").strip()
    return PHOTO in request.FILES or "|" in text or len(text) > _LONGEST_NUMBER


def fill_in(request: HttpRequest, actor: Actor) -> tuple[QueryDict, PersonStep]:
    """Return what was typed with the person filled in, from the card or from the number; what is refused changes nothing."""
    typed = request.POST.copy()
    if not is_scanned(request):
        return typed, _from_number(typed, actor)
    text = _text_of(request)
    typed[NUMBER] = ""
    card = read_card(text, on=clock.today()) if isinstance(text, str) else text
    if isinstance(card, Refusal):
        return typed, PersonStep(trouble=sentence_of(card.code, card.facts))
    known = _known_person(card.number, actor)
    typed["c-personal_id"], typed["c-full_name"] = card.number, card.full_name
    typed["c-born_on"], typed["c-gender"] = f"{card.born_on:%d/%m/%Y}", card.gender
    typed["c-address"] = card.address
    if known is not None and not typed.get("c-phone"):
        typed["c-phone"] = known.phone
    told = PersonTold(
        full_name=card.full_name, born_on=card.born_on, gender=card.gender, address=card.address
    )
    differs = differences_to_known(told, known) if known else ()
    return typed, PersonStep(
        says=f"Đã đọc thẻ của {card.full_name}, sinh {card.born_on:%d/%m/%Y}.",
        differences=differs,
        reach=reach_of(Recipient.person(known.id)) if known else None,
    )


@officer_required(Role.COUNTER)
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Fill in the person of a card that was read or a number that was typed; nothing when the number is nobody's."""
    typed, step = fill_in(request, actor_from(request))
    version, case = _asked_for(request)
    offers = list_held_offers(typed.get(NUMBER, ""), case=case, actor=actor_from(request), at=clock.now())
    if not (step.says or step.trouble or offers or "dong-y-hoi" in request.POST):
        return HttpResponse(status=204)
    form = CounterForm(initial=initial_of(typed), competent=[(0, "")], return_to=[(0, "")])
    said = step.says or (f"{step.trouble.says} {step.trouble.do_now}" if step.trouble else "")
    status = 422 if step.trouble else 200
    store = get_store(
        new_id(), case=case, on=clock.today(), owner=new_id()
    )  # of a page whose number is known only now: not asked
    context = {
        "form": form, "step": step, "offers": offers, "agreed": (), "store": store, "fetch": (), "version": version,
        "case": case,
    }  # fmt: skip
    return render_part(request, "desk/counter.html", "person", context, status=status, announce=said)


def _asked_for(request: HttpRequest) -> tuple[VersionCard | None, CaseCard | None]:
    """Return the version and the case of the page that asks, which says both beside the person's fields."""
    told, wanted = request.POST.get("phien-ban", ""), request.POST.get("truong-hop", "")
    if not (told.isdecimal() and wanted.isdecimal()) or max(len(told), len(wanted)) > _LONGEST_KEY:
        return None, None
    try:
        version = get_version(int(told))
    except UnknownProcedureError:
        return None, None
    return version, version.case(int(wanted))


def _text_of(request: HttpRequest) -> str | Refusal:
    if PHOTO in request.FILES:
        return read_code(request.FILES[PHOTO].read())  # type: ignore[union-attr] # one file
    return request.POST.get(NUMBER, "")


def _from_number(typed: QueryDict, actor: Actor) -> PersonStep:
    known = _known_person(clean_personal_id(typed.get("c-personal_id", "")), actor)
    if known is None:
        return PersonStep()
    facts = {
        "full_name": known.full_name,
        "born_on": f"{known.born_on:%d/%m/%Y}" if known.born_on else "",
        "gender": known.gender,
        "phone": known.phone,
        "address": known.address,
    }
    for name, value in facts.items():
        if not typed.get(f"c-{name}"):
            typed[f"c-{name}"] = value
    return PersonStep(
        says=f"Đã có thông tin của {known.full_name}.", reach=reach_of(Recipient.person(known.id))
    )


def _known_person(number: str, actor: Actor) -> PersonCard | None:
    """Return the person of a number; the read is written before anything of them is shown."""
    if not number or check_personal_id(number) is not None:
        return None
    known = find_person(number)
    if known is not None:
        record_read(
            act="desk.look_up_person",
            actor=actor,
            object_type="person",
            object_id=known.id,
            purpose=labels.COUNTER_PURPOSE,
            at=clock.now(),
        )
    return known


def initial_of(typed: QueryDict) -> dict[str, object]:
    """Return what was typed into the fields of the counter, to be shown and not judged yet."""
    return {key.removeprefix("c-"): typed.get(key) for key in typed if key.startswith("c-")}
