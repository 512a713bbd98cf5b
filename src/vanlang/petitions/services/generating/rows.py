"""
Planned petitions turned into rows: each act does to a row that is not stored yet what its command does to one that is.

What is sealed is sealed by the installation's key and a nonce of its own each time: the same seed gives the same words, not
the same bytes.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.backends.utils import CursorWrapper

from vanlang.audit.api import Told, record_told
from vanlang.calendars.api import Pause
from vanlang.identity.api import SYSTEM, Actor, ActorKind, PersonCard
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.ids import id_at
from vanlang.kernel.sealing import mark
from vanlang.petitions.actors import secret_mark
from vanlang.petitions.models import (
    Petition,
    PetitionAnswer,
    PetitionCounter,
    PetitionMovement,
    PetitionPublication,
    PetitionSatisfaction,
    PetitionSupplement,
)
from vanlang.petitions.rules import codes
from vanlang.petitions.rules.flow import FINAL
from vanlang.petitions.rules.folding import fold
from vanlang.petitions.rules.lives import Hand, Leg
from vanlang.petitions.services import timing
from vanlang.petitions.services.acting import OBJECT_TYPE, due_now
from vanlang.petitions.services.filing import contact_of
from vanlang.petitions.services.generating.planning import Brought
from vanlang.petitions.services.marks import sender_marks_of, sketch_of_text
from vanlang.petitions.types import (
    AnswerState,
    AnswerWords,
    PetitionAct,
    PetitionClock,
    PetitionGround,
    PetitionParty,
    PetitionSource,
    RepeatGround,
    SatisfactionWay,
    Sender,
)

_MODELS: tuple[type[models.Model], ...] = (
    PetitionCounter, Petition, PetitionMovement, PetitionSupplement, PetitionAnswer, PetitionPublication,
    PetitionSatisfaction,
)  # fmt: skip
TABLES: tuple[str, ...] = tuple(model._meta.db_table for model in _MODELS)
"""What `write_petitions` writes, beside the log."""

QUESTION, REPLY = "Sự việc xảy ra ở quầy nào, vào ngày nào?", "Ở quầy số một, sáng thứ hai tuần trước."
SAYINGS: Mapping[PetitionAct, str] = {
    PetitionAct.ROUTE: "Thuộc thẩm quyền của cơ quan được chuyển đến",
    PetitionAct.REFUSE: "Không nêu sự việc cụ thể để xem xét",
    PetitionAct.RETURN: "Thuộc thẩm quyền của cơ quan trung ương",
    PetitionAct.SEND_BACK: "Nêu rõ thời hạn thực hiện",
    PetitionAct.WITHHOLD: "Chỉ liên quan đến một hộ gia đình",
}
"""What officers write, by act: invented, and about nobody."""
TAKEN_DOWN = "Người dân nói trực tiếp"
"""The name of a sender who gave none to whoever took it down."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class People:
    """Who acts: officers by appointment, senders by id."""

    officers: Mapping[int, Actor]
    senders: Mapping[uuid.UUID, PersonCard]
    accounts: Mapping[uuid.UUID, int]
    """Account of each sender who signs in."""


@dataclass(slots=True)
class _Written:
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def add(self, row: models.Model) -> None:
        self.rows.setdefault(type(row), []).append(row)


def write_petitions(cursor: CursorWrapper, petitions: Iterable[Brought], *, people: People) -> None:
    """Write the rows of planned petitions, codes in the order of their filing. In the caller's transaction, as the owner."""
    written, taken = _Written(), Counter[dt.date]()
    filed: dict[uuid.UUID, Petition] = {}
    for one in sorted(petitions, key=lambda one: (one.at[0], one.number)):
        on = one.at[0].astimezone(VIETNAM).date()
        taken[on] += 1
        life = _Life(one, people, codes.code_of(on, taken[on]), written)
        filed[one.id] = life.write()
    for on, count in sorted(taken.items()):
        written.add(PetitionCounter(on=on, taken=count))
    for model in _MODELS:
        model._default_manager.bulk_create(written.rows.get(model, []), batch_size=BATCH)
    record_told(written.told)


class _Life:
    """One petition on its way, act by act."""

    def __init__(self, one: Brought, people: People, code: str, written: _Written) -> None:
        self.one, self.people, self.code, self.written = one, people, code, written
        self.agency_id, self.acts = one.first.agency_id, 0
        self.pauses: list[Pause] = []
        self.supplement: PetitionSupplement | None = None
        self.answers: list[PetitionAnswer] = []
        self.row = Petition()

    def write(self) -> Petition:
        for leg, at in zip(self.one.legs, self.one.at, strict=True):
            self._act(leg, at)
        self.written.add(self.row)
        self._say_satisfaction()
        return self.row

    def _act(self, leg: Leg, at: dt.datetime) -> None:
        actor = self._actor(leg)
        if leg.act is PetitionAct.FILE:
            self.row = self._filed(actor, at)
        facts = _DOES[leg.act](self, actor, at)
        row, self.acts = self.row, self.acts + 1
        row.state, row.version, row.moved_at = leg.state, self.acts, at
        row.closed_at = (row.closed_at or at) if leg.state in FINAL else None
        row.due_at = due_now(row)
        self._move(leg, actor, at, facts)

    def _move(self, leg: Leg, actor: Actor, at: dt.datetime, facts: dict[str, object]) -> None:
        is_officer = actor.is_officer
        self.written.add(
            PetitionMovement(
                id=id_at(at, f"{self.one.id}:act:{self.acts}"),
                petition=self.row,
                number=self.acts,
                act=leg.act,
                from_state=leg.before or "",
                to_state=leg.state,
                at=at,
                party=leg.party,
                appointment_id=actor.appointment_id,
                agency_id=actor.agency_id,
                actor_name=actor.name[:150] if is_officer else "",
                actor_title=actor.title[:150] if is_officer else "",
                note=SAYINGS.get(leg.act),
                facts=facts,
            )
        )
        self._tell(f"petitions.{leg.act}", actor, at, facts)

    def _tell(self, act: str, actor: Actor, at: dt.datetime, facts: Mapping[str, object]) -> None:
        self.written.told.append(Told(act, actor, OBJECT_TYPE, self.one.id, at, facts))

    def _actor(self, leg: Leg) -> Actor:
        one = self.one
        if leg.hand is Hand.SENDER and leg.party is PetitionParty.SYSTEM:
            return SYSTEM
        if leg.hand is Hand.SENDER and leg.party is PetitionParty.SENDER:
            sender = self.people.senders[one.person_id]
            return Actor(
                ActorKind.CITIZEN, account_id=self.people.accounts.get(one.person_id), person_id=one.person_id,
                name=sender.full_name,
            )  # fmt: skip
        if leg.act in {PetitionAct.FILE, PetitionAct.ROUTE}:
            return self.people.officers[one.routed_by]
        return self.people.officers[one.officers[leg.hand]]

    # --- what each act does, and the facts it tells ---

    def _filed(self, actor: Actor, at: dt.datetime) -> Petition:
        one = self.one
        sender = sender_of(one, self.people)
        person_id = one.person_id if one.is_signed_in else None
        has_secret = one.source is not PetitionSource.NATIONAL
        secret = codes.signs_of(mark(f"petition once {one.id}"))
        row = Petition(
            id=one.id,
            code=self.code,
            source=one.source,
            external_id=external_id_of(one),
            words={"title": one.title, "text": one.text},
            contact=contact_of(sender),
            secret_mark=secret_mark(self.code, secret) if has_secret else "",
            person_id=person_id,
            told_id=person_id,
            sender_marks=sender_marks_of(sender, person_id),
            sketch=sketch_of_text(one.title, one.text),
            agency_id=one.first.agency_id,
            taken_in_by_id=one.first.agency_id,
            filed_at=at,
            arrived_at=at,
            repeats_id=one.repeats,
            repeat_ground=RepeatGround.SENDER if one.repeats else "",
        )
        timing.start_at(row, self.pauses)
        return row

    def _file(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        return {"source": self.one.source, "files": 0, "repeats": self.one.repeats is not None}

    def _classify(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self.row.kind = self.one.kind
        return {"kind": self.one.kind, "repeats": self.one.repeats is not None, "about": None}

    def _route(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        came_from, self.row.agency_id, self.row.arrived_at = self.row.agency_id, self.one.last.agency_id, at
        timing.start_at(self.row, self.pauses)
        return {"from_agency": came_from, "to_agency": self.row.agency_id}

    def _assign(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        given = self.people.officers[self.one.officers[Hand.SPECIALIST]]
        self.row.unit_id, self.row.holder_id = given.unit_id, given.appointment_id
        return {"unit": given.unit_id, "appointment": given.appointment_id}

    def _accept(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self._decide(at)
        if self.row.holder_id is None:
            self.row.holder_id, self.row.unit_id = actor.appointment_id, actor.unit_id
        return {}

    def _refuse(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        return self._end(PetitionGround.UNCLEAR, at)

    def _return(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        return self._end(PetitionGround.NOT_HERE, at)

    def _end(self, ground: PetitionGround, at: dt.datetime) -> dict[str, object]:
        self.row.ground, self.row.handle_due_at = ground, None
        self._decide(at)
        return {"ground": ground}

    def _refer(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self._decide(at)
        self.row.handle_due_at = None
        return {"kind": self.row.kind}

    def _merge(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self.row.merged_into_id, self.row.handle_due_at = self.one.repeats, None
        self._decide(at)
        return {"into": str(self.one.repeats)}

    def _decide(self, at: dt.datetime) -> None:
        self.row.decided_at = self.row.decided_at or at

    def _ask(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        row = self.row
        row.asked_at, row.paused_at, row.handle_due_at = row.asked_at or at, at, None
        answer_by = timing.due_of(PetitionClock.ASK, agency_id=row.agency_id, from_at=at)
        self.supplement = PetitionSupplement(
            petition=row, number=1, question=QUESTION, asked_at=at, answer_by_at=timing.certain(answer_by)
        )
        self.written.add(self.supplement)
        return {"supplement": 1}

    def _supplement(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        return self._close(at, REPLY) | {"files": 0}

    def _go_on(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        return self._close(at, None)

    def _close(self, at: dt.datetime, answer: str | None) -> dict[str, object]:
        asked = self.supplement
        assert asked is not None  # noqa: S101 - the table closes what was asked
        asked.answer, asked.closed_at, self.row.paused_at = answer, at, None
        self.pauses.append(Pause(asked.asked_at, at))
        timing.count_handling_with(self.row, self.pauses)
        return {"supplement": asked.number}

    def _propose(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self.row.leader_id = self.one.officers[Hand.LEADER]
        number = len(self.answers) + 1
        words = AnswerWords(*self.one.public)
        answer = PetitionAnswer(
            petition=self.row, number=number, words=words.as_json(), state=AnswerState.PROPOSED,
            drafted_by_id=_officer(actor), drafted_at=at,
        )  # fmt: skip
        self.answers.append(answer)
        self.written.add(answer)
        return {"answer": number, "leader": self.row.leader_id}

    def _send_back(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        return self._judged(AnswerState.SENT_BACK, actor, at, SAYINGS[PetitionAct.SEND_BACK])

    def _approve(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self.row.handled_at = at
        timing.start_publishing(self.row, at)
        return self._judged(AnswerState.APPROVED, actor, at, None)

    def _judged(
        self, state: AnswerState, actor: Actor, at: dt.datetime, note: str | None
    ) -> dict[str, object]:
        answer = self.answers[-1]
        answer.state, answer.decided_by_id, answer.decided_at = state, actor.appointment_id, at
        answer.note = note
        return {"answer": answer.number}

    def _publish(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self.row.published_at = self.row.published_at or at
        _, title, question, answer = self.one.public
        self.written.add(
            PetitionPublication(
                id=id_at(at, f"{self.one.id}:public"),
                petition=self.row,
                agency_id=self.row.agency_id,
                kind=self.row.kind,
                title=title,
                question=question,
                answer=answer,
                search_key=fold(f"{title}\n{question}\n{answer}").plain,
                confirmed_by_id=_officer(actor),
                published_at=at,
            )
        )
        return {}

    def _withhold(self, actor: Actor, at: dt.datetime) -> dict[str, object]:
        self.row.published_at = self.row.published_at or at
        return {}

    def _say_satisfaction(self) -> None:
        one, at = self.one, self.one.satisfied_at
        if at is None or one.satisfied is None:
            return
        way = SatisfactionWay.SIGNED_IN if one.is_signed_in else SatisfactionWay.NATIONAL
        self.written.add(
            PetitionSatisfaction(
                petition=self.row, is_satisfied=one.satisfied, why=None, way=way, said_at=at, changed_at=at
            )
        )
        facts = {"is_satisfied": one.satisfied, "way": way}
        self._tell("petitions.say_satisfaction", SYSTEM, at, facts)


_DOES: Mapping[PetitionAct, Callable[[_Life, Actor, dt.datetime], dict[str, object]]] = {
    PetitionAct.FILE: _Life._file, PetitionAct.CLASSIFY: _Life._classify, PetitionAct.ROUTE: _Life._route,
    PetitionAct.ASSIGN: _Life._assign, PetitionAct.ACCEPT: _Life._accept, PetitionAct.REFUSE: _Life._refuse,
    PetitionAct.RETURN: _Life._return, PetitionAct.REFER: _Life._refer, PetitionAct.MERGE: _Life._merge,
    PetitionAct.ASK_SUPPLEMENT: _Life._ask, PetitionAct.SUPPLEMENT: _Life._supplement, PetitionAct.GO_ON: _Life._go_on,
    PetitionAct.PROPOSE_ANSWER: _Life._propose, PetitionAct.SEND_BACK: _Life._send_back,
    PetitionAct.APPROVE_ANSWER: _Life._approve, PetitionAct.PUBLISH: _Life._publish,
    PetitionAct.WITHHOLD: _Life._withhold,
}  # fmt: skip


def _officer(actor: Actor) -> int:
    assert actor.appointment_id is not None  # noqa: S101 - the table lets officers only
    return actor.appointment_id


def sender_of(one: Brought, people: People) -> Sender:
    """Return who sends, as the house knows them: a person with an account, or somebody who said no name."""
    if not one.is_signed_in:
        return Sender(name=TAKEN_DOWN)
    person = people.senders[one.person_id]
    return Sender(person.full_name, person.phone, person.email, person.address, person.personal_id)


def external_id_of(one: Brought) -> str:
    return f"GL-{one.number:08d}" if one.source is PetitionSource.NATIONAL else ""
