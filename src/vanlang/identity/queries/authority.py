"""For whom somebody may act: representations of legal entities, and mandates of people."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from django.db.models import Q, QuerySet

from vanlang.identity.errors import RepresentationError, UnknownEntityError, UnknownMandateError
from vanlang.identity.models import LegalEntity, Mandate, Representation
from vanlang.identity.rules import mandates as rules
from vanlang.identity.rules.enterprise_code import clean_number
from vanlang.identity.types import (
    Actor,
    EntityCard,
    EntityKind,
    MandateCard,
    MandateKind,
    RepresentationCard,
    RepresentationKind,
)
from vanlang.kernel.errors import Refusal
from vanlang.kernel.scope import Scope, acting


def find_entity(kind: EntityKind, number: str) -> EntityCard | None:
    """Return the legal entity of a number, or None. Public data: no read is written."""
    row = LegalEntity.objects.filter(kind=kind, number=clean_number(kind, number)).first()
    return entity_card(row) if row else None


def get_entity(entity_id: uuid.UUID) -> EntityCard:
    """Return a legal entity. Raises: UnknownEntityError."""
    row = LegalEntity.objects.filter(pk=entity_id).first()
    if row is None:
        raise UnknownEntityError
    return entity_card(row)


def list_representations(person_id: uuid.UUID, on: dt.date) -> list[RepresentationCard]:
    """Return the legal entities for which a person may act on a day, by name."""
    rows = _in_force(on).filter(person_id=person_id)
    return [_representation(row) for row in rows.order_by("entity__search_name", "id")]


def list_representatives(entity_id: uuid.UUID, on: dt.date) -> list[RepresentationCard]:
    """Return who may act for a legal entity on a day, legal representatives first. The caller writes the read."""
    rows = _in_force(on).filter(entity_id=entity_id)
    return [_representation(row) for row in rows.order_by("-kind", "valid_from", "id")]


def get_representation(representation_id: uuid.UUID) -> RepresentationCard:
    """Return a representation that the caller may know, over or not. Raises: RepresentationError."""
    row = Representation.objects.select_related("entity", "person").filter(pk=representation_id).first()
    if row is None:
        raise RepresentationError
    return _representation(row)


def represents(person_id: uuid.UUID, entity_id: uuid.UUID, on: dt.date) -> bool:
    """Tell whether a person may act for a legal entity on a day."""
    return _in_force(on).filter(person_id=person_id, entity_id=entity_id).exists()


def act_for(actor: Actor, entity_id: uuid.UUID, on: dt.date) -> Actor:
    """Return a citizen as acting for a legal entity, or as themselves when they do not represent it on that day."""
    if not actor.is_citizen or actor.person_id is None:
        return actor
    with acting(Scope.citizen(actor.person_id)):
        held = list_representations(actor.person_id, on)
    found = next((one.entity for one in held if one.entity.id == entity_id), None)
    return replace(actor, entity_id=found.id, entity_name=found.name) if found else actor


def get_mandate(mandate_id: uuid.UUID) -> MandateCard:
    """Return a mandate that the caller may know. Raises: UnknownMandateError."""
    row = Mandate.objects.filter(pk=mandate_id).first()
    if row is None:
        raise UnknownMandateError
    return mandate_card(row)


def list_mandates_given(
    *, person_id: uuid.UUID | None, entity_id: uuid.UUID | None = None
) -> list[MandateCard]:
    """Return the mandates that a person or a legal entity gave, those in force and those of the past, newest first."""
    rows = (
        Mandate.objects.filter(principal_entity_id=entity_id)
        if entity_id
        else Mandate.objects.filter(principal_id=person_id)
    )
    return [mandate_card(row) for row in rows.order_by("-given_at", "-id")]


def list_mandates_held(person_id: uuid.UUID) -> list[MandateCard]:
    """Return the mandates under which a person may act or might have acted for others, newest first."""
    rows = Mandate.objects.filter(agent_id=person_id)
    return [mandate_card(row) for row in rows.order_by("-given_at", "-id")]


def list_mandates_between(
    *, principal_id: uuid.UUID | None, principal_entity_id: uuid.UUID | None = None, agent_id: uuid.UUID
) -> list[MandateCard]:
    """Return what one gave to another, newest first. The caller writes the read."""
    rows = Mandate.objects.filter(agent_id=agent_id)
    rows = rows.filter(
        Q(principal_entity_id=principal_entity_id) if principal_entity_id else Q(principal_id=principal_id)
    )
    return [mandate_card(row) for row in rows.order_by("-given_at", "-id")]


def check_mandate(
    mandate_id: uuid.UUID,
    *,
    principal_id: uuid.UUID | None,
    principal_entity_id: uuid.UUID | None,
    agent_id: uuid.UUID | None,
    procedure_code: str,
    on: dt.date,
) -> Refusal | None:
    """Return why a mandate does not let the agent act for the principal in a procedure on a day, or None."""
    card = get_mandate(mandate_id)
    is_between = (card.principal_id, card.principal_entity_id, card.agent_id) == (
        principal_id,
        principal_entity_id,
        agent_id,
    )
    return (
        rules.may_act(card, procedure_code=procedure_code, on=on)
        if is_between
        else Refusal("identity.mandate_of_others")
    )


def _in_force(on: dt.date) -> QuerySet[Representation]:
    period = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Representation.objects.select_related("entity", "person").filter(period, valid_from__lte=on)


def entity_card(row: LegalEntity) -> EntityCard:
    return EntityCard(
        id=row.pk,
        kind=EntityKind(row.kind),
        number=row.number,
        name=row.name,
        address=row.address,
        phone=row.phone,
        email=row.email,
    )


def _representation(row: Representation) -> RepresentationCard:
    return RepresentationCard(
        id=row.pk,
        entity=entity_card(row.entity),
        person_id=row.person_id,
        person_name=row.person.full_name,
        kind=RepresentationKind(row.kind),
        title=row.title,
        ground=row.ground,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def mandate_card(row: Mandate) -> MandateCard:
    return MandateCard(
        id=row.pk,
        kind=MandateKind(row.kind),
        principal_id=row.principal_id,
        principal_entity_id=row.principal_entity_id,
        principal_name=row.principal_name,
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        procedure_codes=tuple(row.procedure_codes),
        ground=row.ground,
        is_notarised=row.is_notarised,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        given_at=row.given_at,
        revoked_at=row.revoked_at,
        recorded_by_id=row.recorded_by_id,
    )
