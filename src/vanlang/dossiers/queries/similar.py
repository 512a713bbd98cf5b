"""Dossiers that may be the same matter as one that is about to be filed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from vanlang.dossiers import labels
from vanlang.dossiers.cards import SimilarDossier
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries.access import visible_to
from vanlang.dossiers.queries.parties import subject_name_of
from vanlang.dossiers.rules import masking
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.types import PartyFacts
from vanlang.identity.api import Actor

STILL_NEAR = dt.timedelta(days=90)
"""How long after its end a dossier still counts as possibly the same matter. House rule."""


def list_similar(
    *,
    procedure_code: str,
    parties: tuple[PartyFacts, ...],
    actor: Actor,
    at: dt.datetime,
    besides: uuid.UUID | None = None,
    limit: int = 5,
) -> tuple[SimilarDossier, ...]:
    """
    Return the dossiers of a procedure that are open, or ended lately, and concern one of `parties`, the latest first.

    A party is known by its id, by its number, or by name and telephone together. Only what the actor may see: another
    commune's dossiers are not compared. Withdrawn and refused ones are none: one files again after those.
    """
    near = Q(finished_at__isnull=True) | Q(finished_at__gte=at - STILL_NEAR)
    rows = Dossier.objects.filter(visible_to(actor), near, _concerns(parties), procedure_code=procedure_code)
    rows = rows.exclude(state__in=[State.WITHDRAWN, State.REFUSED])
    if besides is not None:
        rows = rows.exclude(pk=besides)
    return tuple(_card(row) for row in rows.order_by("-submitted_at", "-id")[:limit])


def _concerns(parties: tuple[PartyFacts, ...]) -> Q:
    found = Q(pk__in=[])
    for party in parties:
        if party.person_id is not None:
            found |= Q(applicant_id=party.person_id) | Q(subject_id=party.person_id)
        if party.entity_id is not None:
            found |= Q(applicant_entity_id=party.entity_id) | Q(subject_entity_id=party.entity_id)
        if party.personal_id:
            found |= Q(applicant_personal_id=party.personal_id) | Q(
                subject_number=party.personal_id, subject_id__isnull=False
            )
        if party.full_name and party.phone:
            found |= Q(applicant_name=party.full_name, applicant_phone=party.phone)
    return found


def _card(row: Dossier) -> SimilarDossier:
    subject = subject_name_of(row)
    return SimilarDossier(
        dossier_id=row.pk,
        code=row.code,
        state=State(row.state),
        state_label=labels.STATES[State(row.state)],
        request=row.request,
        applicant=row.applicant_name if row.applicant_entity_id else masking.mask_name(row.applicant_name),
        subject=masking.mask_name(subject) if subject else "",
        submitted_at=row.submitted_at,
    )
