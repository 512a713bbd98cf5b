"""Who may see a petition: the agency that holds it, its sender, and the house. Row-level security repeats it underneath."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from vanlang.identity.api import Actor, ActorKind, Role, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import AgencyKind, get_agency
from vanlang.petitions.actors import SenderKey, is_same
from vanlang.petitions.errors import PetitionNotFoundError
from vanlang.petitions.models import Petition, PetitionAnswer, PetitionSupplement
from vanlang.petitions.rules.flow import Facts
from vanlang.petitions.types import AnswerState, PetitionKind, PetitionParty, PetitionState

READERS = frozenset({Role.COUNTER, Role.SPECIALIST, Role.LEADER})
"""Roles that work on petitions. Clerks and administrators read none."""
_HANDLERS = frozenset({Role.COUNTER, Role.SPECIALIST})


def visible_to(actor: Actor) -> Q:
    """Return which petitions an actor may see."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if actor.is_officer and actor.agency_id is not None and actor.roles & READERS:
        return Q(agency_id=actor.agency_id) & not_about(actor)
    if actor.is_citizen and actor.person_id is not None:
        return Q(person_id=actor.person_id)
    return Q(pk__in=[])


def not_about(actor: Actor) -> Q:
    """Return which petitions are not about the officer: by account, so under none of their appointments."""
    return Q(about_account_id__isnull=True) | ~Q(about_account_id=actor.account_id)


def access_petition(petition_id: uuid.UUID, *, actor: Actor, for_update: bool = False) -> Petition:
    """
    Return the petition, if `actor` may see it; locked when it is to be changed.

    What exists and what is hidden get the same answer. Raises: PetitionNotFoundError.
    """
    rows = Petition.objects.filter(visible_to(actor), pk=petition_id)
    row = (rows.select_for_update(of=("self",)) if for_update else rows).first()
    if row is None:
        raise PetitionNotFoundError
    return row


def is_visible(petition_id: uuid.UUID, *, actor: Actor) -> bool:
    """Say whether an actor may see a petition, without reading it."""
    return Petition.objects.filter(visible_to(actor), pk=petition_id).exists()


def access_as_sender(petition_id: uuid.UUID, *, key: SenderKey, for_update: bool = False) -> Petition:
    """
    Return the petition to who shows that it is theirs; asked as the system, for exactly one row.

    Raises: PetitionNotFoundError.
    """
    with acting(Scope.system()):
        rows = Petition.objects.filter(pk=petition_id)
        row = (rows.select_for_update(of=("self",)) if for_update else rows).first()
    if row is None or not _is_theirs(row, key):
        raise PetitionNotFoundError
    return row


def _is_theirs(row: Petition, key: SenderKey) -> bool:
    if key.source is not None:
        return row.source == key.source
    if key.actor.is_citizen and key.actor.person_id is not None and row.person_id == key.actor.person_id:
        return True
    return is_same(row.secret_mark, key.secret_mark)


def facts_of(row: Petition, *, actor: Actor, at: dt.datetime) -> Facts:
    """Return what the table asks about a petition and an officer."""
    return Facts(
        state=PetitionState(row.state),
        parties=parties_of(actor),
        kind=PetitionKind(row.kind) if row.kind else None,
        own=_is_own(row, actor),
        drafted=_drafted(row, actor),
        wait_is_over=_wait_is_over(row, at),
        against=row.about_account_id is not None and row.about_account_id == actor.account_id,
        against_leader=_is_about_a_leader(row, at),
    )


def facts_of_sender(row: Petition, key: SenderKey) -> Facts:
    """Return what the table asks when the sender acts, or the system that knows them."""
    party = PetitionParty.SYSTEM if key.source is not None else PetitionParty.SENDER
    return Facts(state=PetitionState(row.state), parties=frozenset({party}))


def parties_of(actor: Actor) -> frozenset[PetitionParty]:
    """Return the capacities in which an officer acts; a substitute acts for the absent too."""
    if not actor.is_officer:
        return frozenset()
    roles = actor.roles.union(*(absent.roles for absent in actor.stands_for))
    parties = {PetitionParty.HANDLER} if roles & _HANDLERS else set()
    return frozenset(parties | ({PetitionParty.LEADER} if Role.LEADER in roles else set()))


def _is_own(row: Petition, actor: Actor) -> bool:
    if row.person_id is None or actor.appointment_id is None:
        return False
    card = get_appointments([actor.appointment_id]).get(actor.appointment_id)
    return card is not None and card.person_id == row.person_id


def _is_about_a_leader(row: Petition, at: dt.datetime) -> bool:
    """Say whether the one complained of leads the agency that holds it; above the province's own there is none."""
    if row.about_id is None:
        return False
    card = get_appointments([row.about_id]).get(row.about_id)
    if card is None or card.agency_id != row.agency_id or Role.LEADER not in card.roles:
        return False
    return get_agency(row.agency_id, at.astimezone(VIETNAM).date()).kind is not AgencyKind.PROVINCE


def _drafted(row: Petition, actor: Actor) -> bool:
    if row.state != PetitionState.PROPOSED:
        return False
    proposed = PetitionAnswer.objects.filter(petition=row, state=AnswerState.PROPOSED)
    return proposed.filter(drafted_by=actor.appointment_id).exists()


def _wait_is_over(row: Petition, at: dt.datetime) -> bool:
    if row.state != PetitionState.AWAITING_SENDER:
        return False
    return PetitionSupplement.objects.filter(
        petition=row, closed_at__isnull=True, answer_by_at__lte=at
    ).exists()
