from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import Dossier, Seat
from vanlang.dossiers.rules import access, steps
from vanlang.dossiers.rules.access import Places, Sight
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.parties import Authority
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.rules.transitions import Facts
from vanlang.identity.api import Absent, Actor
from vanlang.kernel.errors import Refusal

_NOTHING = Q(pk__in=[])


# The hottest statements of the house, one each act: written out, because composing them took longer than running them.
_BY_ID = "SELECT * FROM dossiers_dossier WHERE id = %s"
_BY_CODE = "SELECT * FROM dossiers_dossier WHERE code = %s"
_LOCKED = " FOR UPDATE"


def access_dossier(reference: uuid.UUID | str, *, actor: Actor, for_update: bool = False) -> Dossier:
    """
    Return the dossier that an id or a code names, if `actor` may see it; locked when it is to be changed.

    What exists and what is hidden get the same answer, so that guessing codes teaches nothing.
    Raises: DossierNotFound.
    """
    statement, key = _named(reference)
    rows = Dossier.objects.raw(statement + _LOCKED if for_update else statement, [key])
    row = next(iter(rows), None)
    if row is None or not access.sees(access.sight_of(viewer_of(actor)), places_of(row)):
        raise DossierNotFound
    return row


def require_seat(reference: uuid.UUID | str, *, actor: Actor) -> frozenset[int]:
    """
    Return the agencies that have a seat at a dossier, for an officer of one of them. No read: nothing of it is shown.

    Raises: DossierNotFound, for citizens too.
    """
    row = access_dossier(reference, actor=actor)
    if not actor.is_officer:
        raise DossierNotFound
    return frozenset({row.intake_agency_id, row.competent_agency_id, row.return_agency_id, *row.advisers})


def _named(reference: uuid.UUID | str) -> tuple[str, str]:
    if isinstance(reference, uuid.UUID):
        return _BY_ID, str(reference)
    code = DossierCode.parse(reference)
    if code is None:
        raise DossierNotFound("dossiers.code_malformed")
    return _BY_CODE, str(code)


def visible_to(actor: Actor) -> Q:
    """Return the filter of dossiers that `actor` may see: the same rule as for one, read as a condition."""
    sight = access.sight_of(viewer_of(actor))
    if sight.everything:
        return Q()
    if sight.agency_id is not None:
        return Q(pk__in=Seat.objects.filter(agency_id=sight.agency_id).values("dossier_id"))
    if sight.person_id is not None:
        filed = Q(operator_id=sight.person_id) & ~Q(authority=Authority.REPRESENTATIVE)
        own = Q(applicant_id=sight.person_id) | filed
        return own | Q(applicant_entity_id=sight.entity_id) if sight.entity_id else own
    return _NOTHING


def seats_visible_to(sight: Sight) -> QuerySet[Seat]:
    """Return the seats that a sight covers. Citizens have none: their list is their dossiers."""
    if sight.everything:
        return Seat.objects.filter(intakes=True)
    return (
        Seat.objects.filter(agency_id=sight.agency_id) if sight.agency_id is not None else Seat.objects.none()
    )


def places_of(row: Dossier) -> Places:
    """Return where a dossier lies and whose it is, as the rules ask."""
    return Places(
        intake_agency_id=row.intake_agency_id,
        competent_agency_id=row.competent_agency_id,
        return_agency_id=row.return_agency_id,
        applicant_id=row.applicant_id,
        operator_id=row.operator_id,
        holder_unit_id=row.holder_unit_id,
        holder_id=row.holder_id,
        specialist_id=row.specialist_id,
        applicant_entity_id=row.applicant_entity_id,
        subject_id=row.subject_id,
        is_represented=row.authority == Authority.REPRESENTATIVE,
        advisers=frozenset(row.advisers),
        advising_units=frozenset(row.advising_units),
    )


def absent_of(places: Places, actor: Actor, party: Party) -> Absent | None:
    """Return the colleague on leave in whose place `actor` acts on a dossier, or None for the actor's own work."""
    found = access.instead_of(viewer_of(actor), places, party) if actor.stands_for else None
    return next((one for one in actor.stands_for if one.appointment_id == found), None)


def process_of(row: Dossier) -> list[Step]:
    """Return the steps that hold for a dossier."""
    return [
        Step(
            name=step["name"],
            party=Party(step["party"]),
            share=step["share"],
            due_at=dt.datetime.fromisoformat(step["due_at"]) if step.get("due_at") else None,
            phase=step.get("phase", 1),
        )
        for step in row.process
    ]


def may_scan(row: Dossier, actor: Actor) -> Refusal | None:
    """Return why `actor` may not add scans to an accessed dossier, or None."""
    return access.may_add_scans(State(row.state), access.standing_of(viewer_of(actor), places_of(row)))


def facts_of(row: Dossier, actor: Actor) -> Facts:
    """Return what the table of transitions asks about a dossier and an actor."""
    process = process_of(row)
    return Facts(
        state=State(row.state),
        standing=access.standing_of(viewer_of(actor), places_of(row)),
        on_paper=row.on_paper,
        leaders_ahead=steps.another_follows(Party.LEADER, steps=process, position=row.position),
        specialists_ahead=steps.another_follows(Party.SPECIALIST, steps=process, position=row.position),
        phases_ahead=steps.phases_follow(steps=process, position=row.position),
        opinion_awaited=bool(row.advisers or row.advising_units),
        more_outside=len(row.advisers) > 1,
        asked_before=row.supplements > 0,
        supplement_proposed=row.supplement_proposed,
        apology_drafted=row.apology_drafted,
        correcting=row.reopened_at is not None,
        delivered=row.delivered_at is not None,
        revoked=row.outcome_revoked,
    )
