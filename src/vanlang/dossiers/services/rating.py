"""Rate a dossier that is done: once, changeable for a while, by whom it was done for, and by nobody of the house."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.dossiers.errors import ActNotAllowed, DossierNotFound, NotAcceptable
from vanlang.dossiers.models import Dossier, Movement, Rating
from vanlang.dossiers.queries.access import access_dossier
from vanlang.dossiers.rules import rating as rules
from vanlang.dossiers.rules.rating import Rater, RatingQuestion, RatingWay
from vanlang.dossiers.rules.states import State
from vanlang.identity.api import SYSTEM, Actor, get_appointments
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting


@transaction.atomic
def rate(
    *,
    reference: uuid.UUID | str,
    marks: Mapping[RatingQuestion, int],
    text: str,
    actor: Actor,
    was_officer_here: bool,
    at: dt.datetime,
) -> None:
    """
    Write or change the rating of a dossier. `reference`: an id for its citizen signed in, or the token printed on the receipt.

    Nothing waits for it and nothing reads it: no act of a dossier asks whether it was rated.
    Raises: DossierNotFound; ActNotAllowed for staff, too early, or too late; NotAcceptable without a mark.
    """
    row, way = find_rated(reference, actor=actor)
    refuse_if(why_not(row, actor=actor, was_officer_here=was_officer_here, at=at), ActNotAllowed)
    given = {question.value: mark for question, mark in marks.items()}
    refuse_if(rules.check_marks(given), NotAcceptable)
    with acting(Scope.system()):
        Rating.objects.update_or_create(
            dossier=row,
            defaults={
                "marks": given, "overall": given[RatingQuestion.OVERALL], "text": text.strip()[:1000], "way": way,
                "changed_at": at,
            },
            create_defaults={
                "agency_id": row.competent_agency_id, "person_id": actor.person_id, "way": way, "marks": given,
                "overall": given[RatingQuestion.OVERALL], "text": text.strip()[:1000], "rated_at": at, "changed_at": at,
            },
        )  # fmt: skip
        # by whom stays in the row that officers do not see
        record_act(
            act="dossiers.rate",
            actor=SYSTEM,
            object_type="dossier",
            object_id=row.pk,
            at=at,
            facts={"way": way},
        )


@dataclass(frozen=True, slots=True)
class RatedDossier:
    """A dossier as the page of its rating names it."""

    id: uuid.UUID
    procedure_name: str
    refusal: Refusal | None
    """Why it cannot be rated now, by this one."""


def get_rated(
    reference: uuid.UUID | str, *, actor: Actor, was_officer_here: bool, at: dt.datetime
) -> RatedDossier:
    """Return what the page of a rating needs. Raises: DossierNotFound."""
    row, _ = find_rated(reference, actor=actor)
    refusal = why_not(row, actor=actor, was_officer_here=was_officer_here, at=at)
    return RatedDossier(row.pk, row.procedure_name, refusal)


def find_rated(reference: uuid.UUID | str, *, actor: Actor) -> tuple[Dossier, RatingWay]:
    """Return the dossier that is to be rated, and how its citizen came to it. Raises: DossierNotFound."""
    if isinstance(reference, uuid.UUID):
        if not actor.is_citizen:
            raise DossierNotFound
        return access_dossier(reference, actor=actor), RatingWay.SIGNED_IN
    with acting(Scope.system()):
        row = Dossier.objects.filter(receipt_token=reference).first() if reference else None
    if row is None:
        raise DossierNotFound
    return row, RatingWay.TOKEN


def why_not(row: Dossier, *, actor: Actor, was_officer_here: bool, at: dt.datetime) -> Refusal | None:
    """Return why a dossier cannot be rated now by this one, or None."""
    with acting(Scope.system()):
        rated_at = Rating.objects.filter(dossier=row).values_list("rated_at", flat=True).first()
        rater = Rater(actor.is_officer, was_officer_here, _handled(row, actor))
    return rules.may_rate(State(row.state), rater, rated_at=rated_at, at=at)


def _handled(row: Dossier, actor: Actor) -> bool:
    """Tell whether the same person did an act on the dossier as an officer; one's own matter stays one's own."""
    if actor.person_id is None or actor.person_id == row.applicant_id:
        return False
    ids = Movement.objects.filter(dossier=row, appointment__isnull=False).values_list(
        "appointment_id", flat=True
    )
    return any(card.person_id == actor.person_id for card in get_appointments(list(ids)).values())
