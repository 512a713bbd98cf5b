"""More from the sender: asked for, sent, or gone on without. The clock of handling stands still in between."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.kernel import events
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.actors import SenderKey
from vanlang.petitions.errors import PetitionNotAcceptableError
from vanlang.petitions.events import PetitionSupplementAsked
from vanlang.petitions.models import Petition, PetitionSupplement
from vanlang.petitions.rules.text import LONGEST_TEXT, tidy
from vanlang.petitions.services import timing
from vanlang.petitions.services.acting import step, step_of_sender
from vanlang.petitions.services.filing import keep_files
from vanlang.petitions.types import Moved, PetitionAct, PetitionClock, Sheet


@transaction.atomic
def ask_supplement(
    *,
    petition_id: uuid.UUID,
    question: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Ask the sender for what is missing. They have as long as an agency has to ask: five working days.

    Raises: PetitionNotAcceptableError without a question; as `step`.
    """
    act = step(petition_id, PetitionAct.ASK_SUPPLEMENT, actor=actor, at=at, expected_version=expected_version)
    asked = tidy(question)
    refuse_if(None if asked else Refusal("petitions.without_question"), PetitionNotAcceptableError)
    act.row.asked_at = act.row.asked_at or at
    act.row.paused_at, act.row.handle_due_at = at, None
    answer_by = timing.certain(timing.due_of(PetitionClock.ASK, agency_id=act.row.agency_id, from_at=at))
    with acting(Scope.system()):
        number = PetitionSupplement.objects.filter(petition=act.row).count() + 1
        PetitionSupplement.objects.create(
            petition=act.row, number=number, question=asked, asked_at=at, answer_by_at=answer_by
        )
    moved = act.finish(supplement=number)
    events.publish(PetitionSupplementAsked(at=at, petition_id=moved.id, number=moved.version))
    return moved


@transaction.atomic
def supplement(
    *,
    petition_id: uuid.UUID,
    text: str,
    files: tuple[Sheet, ...] = (),
    key: SenderKey,
    at: dt.datetime,
) -> Moved:
    """
    Send what was asked for; the clock goes on.

    Raises: PetitionNotAcceptableError, FileRefusedError; as `step_of_sender`.
    """
    act = step_of_sender(petition_id, PetitionAct.SUPPLEMENT, key=key, at=at)
    said = tidy(text)
    refuse_if(_why_not(said, files), PetitionNotAcceptableError)
    with acting(Scope.system()):
        asked = _close(act.row, at, answer=said)
        keep_files(act.row, files, asked, at)
    return act.finish(supplement=asked.number, files=len(files))


@transaction.atomic
def go_on(
    *, petition_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """Go on without what the sender did not send in time."""
    act = step(petition_id, PetitionAct.GO_ON, actor=actor, at=at, expected_version=expected_version)
    with acting(Scope.system()):
        asked = _close(act.row, at, answer=None)
    return act.finish(supplement=asked.number)


def _close(row: Petition, at: dt.datetime, *, answer: str | None) -> PetitionSupplement:
    asked = PetitionSupplement.objects.get(petition=row, closed_at__isnull=True)
    asked.answer, asked.closed_at = answer, at
    asked.save(update_fields=["answer", "closed_at"])
    row.paused_at = None
    timing.count_handling(row)
    return asked


def _why_not(said: str, files: tuple[Sheet, ...]) -> Refusal | None:
    if not said and not files:
        return Refusal("petitions.empty_supplement")
    if len(said) > LONGEST_TEXT:
        return Refusal("petitions.text_too_long", {"most": LONGEST_TEXT, "given": len(said)})
    return None
