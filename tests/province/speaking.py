"""Planned petitions, lived: each act by its real command, to be done among the other acts of the province."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from tests.province.performing import Deed
from vanlang.identity.api import NOBODY, Actor, ActorKind
from vanlang.petitions import api
from vanlang.petitions.api import (
    AnswerWords,
    PetitionAct,
    PetitionGround,
    PetitionSource,
    Sender,
    SenderKey,
)
from vanlang.petitions.api import generating as petitions
from vanlang.petitions.rules.lives import Hand
from vanlang.petitions.services.generating.rows import (
    QUESTION,
    REPLY,
    SAYINGS,
    TAKEN_DOWN,
    external_id_of,
)

FIRST = 20_000_000
"""Numbers after those of all lives."""


def petition_deeds(planned: Sequence[petitions.Brought], people: petitions.People) -> Iterator[Deed]:
    """Yield every act of planned petitions."""
    ids: dict[uuid.UUID, uuid.UUID] = {}
    for one in planned:
        speaker = _Speaker(one, people, ids)
        for place, (leg, at) in enumerate(zip(one.legs, one.at, strict=True)):
            yield at, FIRST + one.number, place, partial(speaker.act, leg.act, leg.hand, at)
        if one.satisfied_at is not None:
            yield one.satisfied_at, FIRST + one.number, 100, partial(speaker.say, one.satisfied_at)


class _Speaker:
    def __init__(
        self, one: petitions.Brought, people: petitions.People, ids: dict[uuid.UUID, uuid.UUID]
    ) -> None:
        self.one, self.people, self.ids = one, people, ids

    def act(self, act: PetitionAct, hand: Hand, at: dt.datetime) -> None:
        if act is PetitionAct.FILE:
            self._file(at)
            return
        if act is PetitionAct.SUPPLEMENT:
            api.supplement(petition_id=self.id, text=REPLY, key=self._key, at=at)
            return
        number = self.one.routed_by if act is PetitionAct.ROUTE else self.one.officers[hand]
        does, more = self._commands[act]
        does(petition_id=self.id, actor=self.people.officers[number], at=at, **more)

    def say(self, at: dt.datetime) -> None:
        assert self.one.satisfied is not None
        api.say_satisfaction(petition_id=self.id, is_satisfied=self.one.satisfied, key=self._key, at=at)

    @property
    def id(self) -> uuid.UUID:
        return self.ids[self.one.id]

    @property
    def _citizen(self) -> Actor:
        person = self.people.senders[self.one.person_id]
        return Actor(
            ActorKind.CITIZEN, account_id=self.people.accounts[person.id], person_id=person.id, name=person.full_name
        )  # fmt: skip

    @property
    def _key(self) -> SenderKey:
        if self.one.source is PetitionSource.NATIONAL:
            return SenderKey(source=PetitionSource.NATIONAL)
        return SenderKey(actor=self._citizen)

    def _file(self, at: dt.datetime) -> None:
        one = self.one
        actor = self._citizen if one.is_signed_in else self.people.officers[one.routed_by]
        brought = api.Brought(
            title=one.title, text=one.text, sender=Sender() if one.is_signed_in else Sender(name=TAKEN_DOWN),
            agency_id=one.first.agency_id, source=one.source, external_id=external_id_of(one),
        )  # fmt: skip
        filer = NOBODY if one.source is PetitionSource.NATIONAL else actor
        self.ids[one.id] = api.file_petition(brought=brought, actor=filer, at=at).id

    @property
    def _commands(self) -> Mapping[PetitionAct, tuple[Callable[..., object], dict[str, object]]]:
        one, said = self.one, SAYINGS
        specialist = self.people.officers[one.officers[Hand.SPECIALIST]]
        repeated = self.ids.get(one.repeats) if one.repeats else None
        return {
            PetitionAct.CLASSIFY: (api.classify, {"kind": one.kind, "repeats": repeated}),
            PetitionAct.ROUTE: (
                api.route, {"agency_id": one.last.agency_id, "note": said[PetitionAct.ROUTE]},
            ),
            PetitionAct.ASSIGN: (
                api.assign, {"unit_id": specialist.unit_id, "appointment_id": specialist.appointment_id},
            ),
            PetitionAct.ACCEPT: (api.accept, {}),
            PetitionAct.REFUSE: (
                api.refuse, {"ground": PetitionGround.UNCLEAR, "reason": said[PetitionAct.REFUSE]},
            ),
            PetitionAct.RETURN: (api.return_petition, {"reason": said[PetitionAct.RETURN]}),
            PetitionAct.REFER: (api.refer, {}),
            PetitionAct.MERGE: (api.merge, {"into": repeated}),
            PetitionAct.ASK_SUPPLEMENT: (api.ask_supplement, {"question": QUESTION}),
            PetitionAct.GO_ON: (api.go_on, {}),
            PetitionAct.PROPOSE_ANSWER: (
                api.propose_answer, {"words": AnswerWords(*one.public), "leader_id": one.officers[Hand.LEADER]},
            ),
            PetitionAct.SEND_BACK: (api.send_back, {"note": said[PetitionAct.SEND_BACK]}),
            PetitionAct.APPROVE_ANSWER: (api.approve_answer, {}),
            PetitionAct.PUBLISH: (api.publish_version, {"words": AnswerWords(*one.public)}),
            PetitionAct.WITHHOLD: (api.withhold, {"reason": said[PetitionAct.WITHHOLD]}),
        }  # fmt: skip
