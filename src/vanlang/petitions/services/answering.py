"""The answer: drafted with its public version, before a leader, to the sender."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import Actor, Role, list_officers
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.errors import PetitionNotAcceptableError
from vanlang.petitions.events import PetitionAnswered
from vanlang.petitions.models import PetitionAnswer
from vanlang.petitions.rules.text import LONGEST_TEXT, tidy
from vanlang.petitions.services import timing
from vanlang.petitions.services.acting import step
from vanlang.petitions.services.deciding import about_them
from vanlang.petitions.services.publishing import publish_version
from vanlang.petitions.types import AnswerState, AnswerWords, Moved, PetitionAct


@transaction.atomic
def propose_answer(
    *,
    petition_id: uuid.UUID,
    words: AnswerWords,
    leader_id: int,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Lay an answer before a leader, with the version for everybody; that one is judged when it is published.

    Raises: PetitionNotAcceptableError; as `step`.
    """
    act = step(petition_id, PetitionAct.PROPOSE_ANSWER, actor=actor, at=at, expected_version=expected_version)
    said = tidied(words)
    refuse_if(_why_not(said), PetitionNotAcceptableError)
    leaders = list_officers(act.row.agency_id, at.astimezone(VIETNAM).date(), role=Role.LEADER)
    refuse_if(
        None if leader_id in {one.id for one in leaders} else Refusal("petitions.no_such_leader"),
        PetitionNotAcceptableError,
    )
    refuse_if(
        about_them(act.row, next((one for one in leaders if one.id == leader_id), None)),
        PetitionNotAcceptableError,
    )
    act.row.leader_id = leader_id
    assert actor.appointment_id is not None  # noqa: S101 - the table lets officers only
    with acting(Scope.system()):
        number = PetitionAnswer.objects.filter(petition=act.row).count() + 1
        PetitionAnswer.objects.create(
            petition=act.row, number=number, words=said.as_json(), state=AnswerState.PROPOSED,
            drafted_by_id=actor.appointment_id, drafted_at=at,
        )  # fmt: skip
    return act.finish(answer=number, leader=leader_id)


@transaction.atomic
def send_back(
    *, petition_id: uuid.UUID, note: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """Want another answer, and say why. Raises: PetitionNotAcceptableError without a reason; as `step`."""
    act = step(petition_id, PetitionAct.SEND_BACK, actor=actor, at=at, expected_version=expected_version)
    said = note.strip()
    refuse_if(None if said else Refusal("petitions.without_reason"), PetitionNotAcceptableError)
    with acting(Scope.system()):
        answer = _decide(act.row.pk, AnswerState.SENT_BACK, actor, at, note=said)
    return act.finish(note=said, answer=answer.number)


@transaction.atomic
def approve_answer(
    *,
    petition_id: uuid.UUID,
    and_publish: bool = False,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Approve the proposed answer: the sender has it from now on. With `and_publish` its public version stands at once.

    Raises: PetitionNotAcceptableError when what would be published names somebody; as `step`.
    """
    act = step(petition_id, PetitionAct.APPROVE_ANSWER, actor=actor, at=at, expected_version=expected_version)
    act.row.handled_at = at
    timing.start_publishing(act.row, at)
    with acting(Scope.system()):
        answer = _decide(act.row.pk, AnswerState.APPROVED, actor, at)
    moved = act.finish(answer=answer.number)
    events.publish(PetitionAnswered(at=at, petition_id=moved.id, number=moved.version))
    if not and_publish:
        return moved
    words = AnswerWords.from_json(answer.words)
    return publish_version(petition_id=petition_id, words=words, actor=actor, at=at)


def tidied(words: AnswerWords) -> AnswerWords:
    return AnswerWords(
        tidy(words.text), tidy(words.public_title), tidy(words.public_question), tidy(words.public_answer)
    )


def _decide(
    petition_id: uuid.UUID, state: AnswerState, actor: Actor, at: dt.datetime, *, note: str = ""
) -> PetitionAnswer:
    answer = PetitionAnswer.objects.get(petition_id=petition_id, state=AnswerState.PROPOSED)
    answer.state, answer.decided_by_id, answer.decided_at = state, actor.appointment_id, at
    answer.note = note or None
    answer.save(update_fields=["state", "decided_by", "decided_at", "note"])
    return answer


def _why_not(words: AnswerWords) -> Refusal | None:
    if not words.text:
        return Refusal("petitions.without_answer")
    longest = max(len(words.text), len(words.public_question), len(words.public_answer))
    if longest > LONGEST_TEXT:
        return Refusal("petitions.text_too_long", {"most": LONGEST_TEXT, "given": longest})
    return None
