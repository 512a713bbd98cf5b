"""Decided dossiers that resemble an open one: what was answered, how long it took, and why. Masked; no read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q

from vanlang.calendars import api as calendars
from vanlang.dossiers import labels
from vanlang.dossiers.cards import PrecedentCard, Precedents
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import Dossier, Movement, Outcome, Seat
from vanlang.dossiers.queries.access import access_dossier
from vanlang.dossiers.rules import masking
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.likeness import Likeness, likeness, masked
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.types import OutcomeKind
from vanlang.identity.api import Actor

LOOKED_THROUGH = 300
"""The latest decided dossiers of the procedure that are compared."""
DECIDED = sorted({State.RELEASED, State.DELIVERED, State.STOPPED})
_REASONED = sorted({Act.PROPOSE, Act.STOP, Act.ENDORSE, Act.APPROVE})


def list_precedents(reference: uuid.UUID | str, *, actor: Actor, limit: int = 5) -> Precedents:
    """
    Return decided dossiers of the same procedure and agency, the most alike first, then the latest.

    Of the same case alone where there are any. Names are masked and reasons carry no name of the dossier's people; who
    wants more opens the dossier, and that read is recorded.
    Raises: DossierNotFound, for citizens too.
    """
    row = access_dossier(reference, actor=actor)
    if not actor.is_officer or actor.agency_id is None:
        raise DossierNotFound
    found = _decided(row, actor.agency_id)
    same_case = [one for one in found if one.case_id == row.case_id]
    ranked = sorted(
        ((likeness(row.answers, one.answers), one) for one in same_case or found),
        key=lambda pair: (-pair[0].share, -(pair[1].finished_at or pair[1].moved_at).timestamp(), pair[1].pk),
    )[:limit]
    decided = Outcome.objects.filter(dossier__in=[one for _, one in ranked]).order_by("dossier", "edition")
    outcomes = {one.dossier_id: one for one in decided}  # the last one stands
    reasons = _reasons([one for _, one in ranked])
    return Precedents(
        procedure_version_id=row.procedure_version_id,
        case_id=row.case_id,
        cards=tuple(
            _card(alike, one, outcomes.get(one.pk), reasons.get(one.pk, "")) for alike, one in ranked
        ),
    )


def _decided(row: Dossier, agency_id: int) -> list[Dossier]:
    seats = Seat.objects.filter(
        agency_id=agency_id, procedure_code=row.procedure_code, state__in=DECIDED, decides=True
    ).exclude(dossier_id=row.pk)
    keys = list(
        seats.order_by("-moved_at", "dossier_id").values_list("dossier_id", flat=True)[:LOOKED_THROUGH]
    )
    return list(Dossier.objects.filter(Q(pk__in=keys), received_at__isnull=False))


def _reasons(rows: Iterable[Dossier]) -> dict[uuid.UUID, str]:
    """Return the last reason that an officer gave for each decision."""
    moves = Movement.objects.filter(dossier__in=list(rows), act__in=_REASONED).exclude(note="")
    return {move.dossier_id: move.note for move in moves.order_by("dossier_id", "number")}


def _card(alike: Likeness, row: Dossier, outcome: Outcome | None, reason: str) -> PrecedentCard:
    assert row.received_at is not None  # noqa: S101 - asked for above
    finished_at = row.finished_at or row.moved_at
    people = (
        row.applicant_name,
        row.subject_name,
        *(str(value) for value in row.answers.values() if isinstance(value, str) and len(value) > 3),
    )
    return PrecedentCard(
        dossier_id=row.pk,
        code=row.code or "",
        applicant=masking.mask_name(row.applicant_name),
        state_label=labels.STATES[State(row.state)],
        outcome_label=labels.OUTCOME_KINDS[OutcomeKind(outcome.kind)]
        if outcome and row.state != State.STOPPED
        else labels.STATES[State(row.state)],
        outcome_title=outcome.title if outcome else "",
        finished_at=finished_at,
        working_days=_taken(row, finished_at),
        reason=masked(reason, people),
        shared=alike.shared,
        compared=alike.compared,
    )


def _taken(row: Dossier, finished_at: dt.datetime) -> int:
    assert row.received_at is not None  # noqa: S101 - asked for above
    calendar = calendars.calendar_of(row.competent_agency_id)
    return calendars.remaining(calendar, due_at=finished_at, at=row.received_at).working_days
