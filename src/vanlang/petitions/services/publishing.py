"""For everybody: a question and its answer that name nobody, confirmed by a person; or not, with a reason."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.kernel import events
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.errors import PetitionNotAcceptableError
from vanlang.petitions.events import PetitionPublished
from vanlang.petitions.labels import kinds_text
from vanlang.petitions.models import Petition, PetitionPublication
from vanlang.petitions.queries.drawing import known_sender_of
from vanlang.petitions.rules.folding import fold
from vanlang.petitions.rules.privacy import why_not_public
from vanlang.petitions.rules.text import LONGEST_TEXT, LONGEST_TITLE, tidy
from vanlang.petitions.services.acting import step
from vanlang.petitions.types import AnswerWords, Moved, PetitionAct


@transaction.atomic
def publish_version(
    *,
    petition_id: uuid.UUID,
    words: AnswerWords,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Publish the version that this officer confirms. What still looks like personal data is refused, part by part.

    Raises: PetitionNotAcceptableError; as `step`.
    """
    act = step(petition_id, PetitionAct.PUBLISH, actor=actor, at=at, expected_version=expected_version)
    title, question, answer = (
        tidy(part) for part in (words.public_title, words.public_question, words.public_answer)
    )
    refuse_if(_why_not(act.row, title, question, answer), PetitionNotAcceptableError)
    act.row.published_at = act.row.published_at or at
    assert actor.appointment_id is not None  # noqa: S101 - the table lets officers only
    with acting(Scope.system()):
        PetitionPublication.objects.create(
            petition=act.row,
            agency_id=act.row.agency_id,
            kind=act.row.kind,
            title=title,
            question=question,
            answer=answer,
            search_key=fold(f"{title}\n{question}\n{answer}").plain,
            confirmed_by_id=actor.appointment_id,
            published_at=at,
        )
    moved = act.finish()
    events.publish(PetitionPublished(at=at, petition_id=moved.id, number=moved.version))
    return moved


@transaction.atomic
def withhold(
    *,
    petition_id: uuid.UUID,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """Decide that an answer is not for everybody, and say why. Raises: PetitionNotAcceptableError; as `step`."""
    act = step(petition_id, PetitionAct.WITHHOLD, actor=actor, at=at, expected_version=expected_version)
    said = _reason(reason)
    act.row.published_at = act.row.published_at or at
    return act.finish(note=said)


@transaction.atomic
def unpublish(
    *,
    petition_id: uuid.UUID,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """Take back what was published; it stays with its reason, and nobody outside sees it. Raises: as `withhold`."""
    act = step(petition_id, PetitionAct.UNPUBLISH, actor=actor, at=at, expected_version=expected_version)
    said = _reason(reason)
    with acting(Scope.system()):
        PetitionPublication.objects.filter(petition=act.row, withdrawn_at__isnull=True).update(
            withdrawn_at=at, withdrawn_by=actor.appointment_id, withdrawn_reason=said[:500]
        )
    return act.finish(note=said)


def _reason(reason: str) -> str:
    said = reason.strip()
    refuse_if(None if said else Refusal("petitions.without_reason"), PetitionNotAcceptableError)
    return said


def _why_not(row: Petition, title: str, question: str, answer: str) -> Refusal | None:
    if not (title and question and answer):
        return Refusal("petitions.public_version_incomplete")
    if len(title) > LONGEST_TITLE or max(len(question), len(answer)) > LONGEST_TEXT:
        return Refusal(
            "petitions.text_too_long", {"most": LONGEST_TEXT, "given": len(question) + len(answer)}
        )
    sender = known_sender_of(row)
    together = "\n\n".join((title, question, answer))
    refusal = why_not_public(together, sender)
    return refusal and Refusal(refusal.code, {"kinds": kinds_text(refusal)})
