from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.identity.errors import MandateRefusedError, UnknownMandateError
from vanlang.identity.models import LegalEntity, Mandate, Person
from vanlang.identity.rules.mandates import check_period, of_age_on
from vanlang.identity.types import Actor, MandateKind, Role
from vanlang.kernel.errors import NotAllowed, refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.vietnamese import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFacts:
    """A mandate as it is given or shown. The principal is a person or a legal entity; the agent is a person."""

    kind: MandateKind
    agent_id: uuid.UUID
    principal_id: uuid.UUID | None = None
    principal_entity_id: uuid.UUID | None = None
    procedure_codes: tuple[str, ...] = ()
    """Empty: for every procedure."""
    ground: str = ""
    is_notarised: bool = False
    valid_from: dt.date | None = None
    """None: from today."""
    valid_to: dt.date | None = None
    """The first day on which it no longer holds. A parent's and a guardian's ends by itself when the child is of age."""


class MandateNotYoursError(NotAllowed):
    code = "identity.mandate_of_others"


@transaction.atomic
def give_mandate(*, facts: MandateFacts, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Write down that one may act for another; return its id.

    A signed-in citizen gives their own (ONLINE), or that of the entity for which they act; an officer of the counter
    writes what was shown or said before them.
    Raises: MandateRefusedError, MandateNotYoursError.
    """
    _require_right(facts, actor)
    if facts.principal_id == facts.agent_id:
        raise MandateRefusedError("identity.mandate_for_oneself")
    principal_name, until = _principal(facts)
    with acting(
        Scope.system()
    ):  # the agent's name as the house knows it; a citizen's connection may not read the row
        agent = Person.objects.get(pk=facts.agent_id)
    valid_from = facts.valid_from or at.date()
    valid_to = min(filter(None, [facts.valid_to, until]), default=None)
    refuse_if(
        check_period(facts.kind, valid_from=valid_from, valid_to=valid_to, on=at.date()), MandateRefusedError
    )
    row = Mandate(
        kind=facts.kind,
        principal_id=facts.principal_id,
        principal_entity_id=facts.principal_entity_id,
        principal_name=principal_name,
        agent_id=facts.agent_id,
        agent_name=agent.full_name,
        agent_personal_id=agent.personal_id,
        procedure_codes=sorted(set(facts.procedure_codes)),
        ground=normalise(facts.ground),
        is_notarised=facts.is_notarised,
        valid_from=valid_from,
        valid_to=valid_to,
        given_at=at,
        recorded_by_id=actor.appointment_id,
    )
    row.save(force_insert=True)
    _record("identity.give_mandate", row, actor, at)
    return row.pk


@transaction.atomic
def revoke_mandate(*, mandate_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """
    End a mandate now. Its principal may, and the counter at the principal's word; a second time changes nothing.

    Raises: UnknownMandateError, MandateNotYoursError.
    """
    row = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate_id).first()
    if row is None:
        raise UnknownMandateError
    is_own = actor.is_citizen and (
        (row.principal_id is not None and row.principal_id == actor.person_id)
        or (row.principal_entity_id is not None and row.principal_entity_id == actor.entity_id)
    )
    if not is_own and not actor.has(Role.COUNTER):
        raise MandateNotYoursError
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _record("identity.revoke_mandate", row, actor, at)


def _require_right(facts: MandateFacts, actor: Actor) -> None:
    if actor.is_officer:
        may = actor.has(Role.COUNTER) and facts.kind is not MandateKind.ONLINE
    else:
        own = facts.principal_id is not None and facts.principal_id == actor.person_id
        for_entity = facts.principal_entity_id is not None and facts.principal_entity_id == actor.entity_id
        may = actor.is_citizen and facts.kind is MandateKind.ONLINE and (own or for_entity)
    if not may:
        raise MandateNotYoursError


def _principal(facts: MandateFacts) -> tuple[str, dt.date | None]:
    """Return the principal's name, and the day on which a child comes of age."""
    if facts.principal_entity_id is not None:
        return LegalEntity.objects.get(pk=facts.principal_entity_id).name, None
    if facts.principal_id is None:
        raise MandateRefusedError("identity.mandate_agent_unnamed")
    person = Person.objects.get(pk=facts.principal_id)
    is_of_a_child = facts.kind is MandateKind.PARENT and person.born_on is not None
    return person.full_name, of_age_on(person.born_on) if is_of_a_child and person.born_on else None


def _record(act: str, row: Mandate, actor: Actor, at: dt.datetime) -> None:
    record_act(
        act=act,
        actor=actor,
        object_type="mandate",
        object_id=row.pk,
        at=at,
        facts={"kind": row.kind, "procedures": len(row.procedure_codes)},
    )
