"""What the sender says of the answer: theirs alone, changeable, never a condition for anything."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.identity.api import SYSTEM
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.actors import SenderKey
from vanlang.petitions.errors import PetitionActError, PetitionNotAllowedError
from vanlang.petitions.models import PetitionSatisfaction
from vanlang.petitions.queries.access import access_as_sender, facts_of_sender
from vanlang.petitions.rules.flow import may
from vanlang.petitions.rules.text import tidy
from vanlang.petitions.services.acting import OBJECT_TYPE
from vanlang.petitions.types import PetitionAct

LONGEST_WHY = 2000


@transaction.atomic
def say_satisfaction(
    *,
    petition_id: uuid.UUID,
    is_satisfied: bool,
    why: str = "",
    key: SenderKey,
    was_officer_here: bool = False,
    at: dt.datetime,
) -> None:
    """
    Write or change what the sender says. By whom stays out of the log that officers read.

    Raises: PetitionNotFoundError; PetitionNotAllowedError for an officer, or at a device that worked as one's;
    PetitionActError before there is an answer.
    """
    refuse_if(_why_not_here(key, was_officer_here), PetitionNotAllowedError)
    row = access_as_sender(petition_id, key=key, for_update=True)
    refuse_if(may(PetitionAct.SAY_SATISFACTION, facts_of_sender(row, key)), PetitionActError)
    told = {
        "is_satisfied": is_satisfied,
        "why": tidy(why)[:LONGEST_WHY] or None,
        "way": key.way,
        "changed_at": at,
    }
    with acting(Scope.system()):
        PetitionSatisfaction.objects.update_or_create(
            petition=row, defaults=told, create_defaults={**told, "said_at": at}
        )
        record_act(
            act="petitions.say_satisfaction", actor=SYSTEM, object_type=OBJECT_TYPE, object_id=row.pk, at=at,
            facts={"is_satisfied": is_satisfied, "way": key.way},
        )  # fmt: skip


def _why_not_here(key: SenderKey, was_officer_here: bool) -> Refusal | None:
    """Return why satisfaction cannot be said by this one. What another system tells comes from no device here."""
    if key.source is None and (key.actor.is_officer or was_officer_here):
        return Refusal("petitions.sender_says_it")
    return None
