"""Planned lives, lived: each act of each life by its real command, everybody's acts in the order of time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from vanlang.dossiers import services
from vanlang.dossiers.api import Channel, Draft, Filing, Medium, OutcomeKind, Paper, PartyFacts
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lives.roads import Slot
from vanlang.dossiers.rules.rating import RatingQuestion
from vanlang.dossiers.rules.supplement import Again, AgainGround, ItemKind, SupplementItem
from vanlang.dossiers.services.generating.offers import BOOK_KIND, Offer
from vanlang.dossiers.services.generating.planning import Ground, Life, more_for
from vanlang.dossiers.types import Answer
from vanlang.files.api import store
from vanlang.identity.api import Actor, ActorKind, actor_of, list_officers
from vanlang.identity.models import Account, LegalEntity, Person
from vanlang.province.services.founding import SPECIMEN

REASON = "Ảnh chụp mờ, không đọc được"


Deed = tuple[dt.datetime, int, int, Callable[[], object]]
"""When, of which life, in which place among its acts of one moment; and what is done."""


def perform(ground: Ground, lives: Sequence[Life], *, beside: Iterable[Deed] = ()) -> None:
    """Do every act of `lives` by the commands, and what is done beside them."""
    stage = _Stage(ground)
    acts: list[Deed] = [
        (moment, life.number, number, partial(stage.act, life, number, moment))
        for life in lives
        for number, moment in enumerate(life.at)
    ]
    for *_, do in sorted([*acts, *beside], key=lambda one: one[:3]):
        do()


def rate(lives: Sequence[Life], said: Sequence[str]) -> None:
    """Let citizens say what generated rows say that they said, by the command."""
    by_id = {str(life.dossier_id): life for life in lives}
    for row in map(json.loads, said):
        life = by_id[row["dossier_id"]]
        services.rate(
            reference=life.dossier_id, marks={RatingQuestion.OVERALL: row["overall"]}, text="",
            actor=Actor(ActorKind.CITIZEN, person_id=life.person_id), was_officer_here=False,
            at=dt.datetime.fromisoformat(row["rated_at"]),
        )  # fmt: skip


def officers_at_work(ground: Ground) -> dict[int, Actor]:
    """Return everybody's actor by appointment."""
    on = ground.until.date()
    cards = [card for place in ground.places for card in list_officers(place.agency_id, on)]
    return {card.id: actor_of(card) for card in cards}


def citizen_of(life: Life) -> Actor:
    """Return who asks, as they sign in."""
    account = Account.objects.get(person_id=life.person_id)
    return Actor(
        ActorKind.CITIZEN, account_id=account.pk, person_id=life.person_id, entity_id=life.entity_id,
        name=account.full_name,
    )  # fmt: skip


class _Stage:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.officers = officers_at_work(ground)

    def act(self, life: Life, index: int, at: dt.datetime) -> None:
        leg = life.legs[index]
        actor = citizen_of(life) if leg.by is Slot.APPLICANT else self.officers[life.officers[leg.by]]
        offer = self.ground.offers[life.offer]
        if leg.act is Act.SUBMIT:
            services.submit(
                filing=self._filing(life, offer, actor, at), actor=actor, at=at, dossier_id=life.dossier_id
            )
            return
        _ACTS[leg.act](
            dossier_id=life.dossier_id, actor=actor, at=at, **self._more(life, index, offer, actor, at)
        )

    def _filing(self, life: Life, offer: Offer, actor: Actor, at: dt.datetime) -> Filing:
        person = Person.objects.get(pk=life.person_id)
        own = PartyFacts(
            person_id=person.pk, full_name=person.full_name, personal_id=person.personal_id, address=person.address,
            phone=person.phone,
        )  # fmt: skip
        applicant, agent = own, None
        if life.entity_id is not None:
            entity = LegalEntity.objects.get(pk=life.entity_id)
            applicant, agent = (
                PartyFacts(
                    entity_id=entity.pk, full_name=entity.name, entity_number=entity.number, address=entity.address,
                    phone=entity.phone,
                ),
                own,
            )  # fmt: skip
        return Filing(
            procedure_version_id=offer.version_id,
            case_id=offer.case_id,
            applicant=applicant,
            agent=agent if actor.is_officer else None,
            channel=life.channel,
            intake_agency_id=life.intake,
            competent_agency_id=life.competent,
            return_agency_id=life.intake,
            request=offer.request,
            papers=tuple(self._paper(life, one, actor, at) for one in offer.papers),
        )

    def _paper(self, life: Life, paper: Paper, actor: Actor, at: dt.datetime) -> Paper:
        return Paper(
            name=paper.name,
            required_document_id=paper.required_document_id,
            file_id=self._file(paper.name, actor, at) if life.scanned else None,
            originals=paper.originals if actor.is_officer else 0,
            copies=paper.copies if actor.is_officer else 0,
        )

    def _file(self, name: str, actor: Actor, at: dt.datetime) -> object:
        return store(content=SPECIMEN, name=f"{name}.png", at=at, uploaded_by=actor.account_id).id

    def _more(self, life: Life, index: int, offer: Offer, actor: Actor, at: dt.datetime) -> dict[str, object]:
        said, wanted = life.said[index], _wanted(offer)
        match life.legs[index].act:
            case Act.REFUSE:
                return {"reasons": [said]}
            case Act.STOP | Act.RETURN_FOR_REWORK:
                return {"reason": said}
            case Act.HAND_OVER:
                return {"unit_id": self.officers[life.officers[Slot.SPECIALIST]].unit_id}
            case Act.ASSIGN:
                return {"to_appointment_id": life.officers[Slot.SPECIALIST]}
            case Act.EXTEND:
                return {"more": more_for(offer.limits[life.channel]), "reason": said}
            case Act.CONSULT:
                return {"agency_ids": [life.adviser], "question": said}
            case Act.GIVE_OPINION:
                return {"opinion": said}
            case Act.REQUEST_SUPPLEMENT:
                return {"items": [wanted]}
            case Act.PROPOSE_SUPPLEMENT:
                return {"items": [wanted], "again": Again(AgainGround.INSPECTION_FOUND_IT, said)}
            case Act.ANSWER_SUPPLEMENT:
                paper = Paper(
                    name=wanted.label, file_id=self._file(wanted.label, actor, at),  # type: ignore[arg-type] # an id
                    required_document_id=offer.papers[0].required_document_id if offer.papers else None,
                )  # fmt: skip
                return {"answers": [Answer(kind="document", key=wanted.key, paper=paper)]}
            case Act.CLOSE_PHASE:
                return {"obligation": said}
            case Act.PROPOSE:
                return {
                    "draft": Draft(
                        kind=OutcomeKind.GRANTED, medium=Medium.PAPER, title=offer.title, book_kind=BOOK_KIND
                    )
                }
            case Act.DELIVER:
                return {
                    "channel": Channel.DIRECT,
                    "receiver": Person.objects.get(pk=life.person_id).full_name,
                }
            case _:
                return {}


def _wanted(offer: Offer) -> SupplementItem:
    first = offer.papers[0] if offer.papers else None
    key = str(first.required_document_id) if first else "extra"
    return SupplementItem(ItemKind.DOCUMENT, key, first.name if first else "Giấy tờ bổ sung", REASON)


_ACTS: dict[Act, Callable[..., object]] = {
    act: getattr(services, act.value)
    for act in (
        Act.RECEIVE, Act.REFUSE, Act.REQUEST_SUPPLEMENT, Act.ANSWER_SUPPLEMENT, Act.HAND_OVER, Act.ASSIGN, Act.CLAIM,
        Act.PROPOSE_SUPPLEMENT, Act.APPROVE_SUPPLEMENT, Act.CONSULT, Act.GIVE_OPINION, Act.CLOSE_PHASE,
        Act.FULFIL_OBLIGATION, Act.PROPOSE, Act.APPROVE, Act.RETURN_FOR_REWORK, Act.RELEASE, Act.EXTEND, Act.STOP,
        Act.WITHDRAW, Act.DELIVER,
    )
}  # fmt: skip
