from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.identity.errors import EntityRefusedError, RepresentationError
from vanlang.identity.models import LegalEntity, Representation
from vanlang.identity.queries import represents
from vanlang.identity.rules.enterprise_code import check_number, clean_number
from vanlang.identity.types import Actor, EntityKind, RepresentationKind
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise, search_key


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    """What a counter or a form says of a legal entity."""

    kind: EntityKind
    number: str
    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def remember_entity(*, facts: EntityFacts, at: dt.datetime) -> uuid.UUID:
    """
    Return the legal entity of `facts`, added when it was unknown; what is known of it stays, gaps are filled.

    Raises: EntityRefusedError when its number or name cannot be one.
    """
    number, name = clean_number(facts.kind, facts.number), normalise(facts.name)
    refuse_if(check_number(facts.kind, number), EntityRefusedError)
    if not name:
        raise EntityRefusedError("identity.entity_name_missing")
    new = LegalEntity(kind=facts.kind, number=number, name=name, search_name=search_key(name), created_at=at)
    LegalEntity.objects.bulk_create([new], ignore_conflicts=True)
    row = LegalEntity.objects.select_for_update(of=("self",)).get(kind=facts.kind, number=number)
    row.address = row.address or normalise(facts.address)
    row.phone = row.phone or facts.phone.strip()
    row.email = row.email or facts.email.strip()
    row.save()
    return row.pk


@transaction.atomic
def add_representation(
    *,
    entity_id: uuid.UUID,
    person_id: uuid.UUID,
    kind: RepresentationKind,
    actor: Actor,
    at: dt.datetime,
    title: str = "",
    ground: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> uuid.UUID:
    """Note that a person speaks for a legal entity, after the officer saw the paper that says so; return its id."""
    row = Representation(
        entity_id=entity_id,
        person_id=person_id,
        kind=kind,
        title=normalise(title),
        ground=normalise(ground),
        valid_from=valid_from or at.date(),
        valid_to=valid_to,
        confirmed_by_id=actor.appointment_id,
        created_at=at,
    )
    _end_open(row, at)
    row.save(force_insert=True)
    record_act(
        act="identity.add_representation",
        actor=actor,
        object_type="legal_entity",
        object_id=entity_id,
        at=at,
        facts={"kind": kind, "representation": str(row.pk)},
    )
    return row.pk


@transaction.atomic
def end_representation(
    *, representation_id: uuid.UUID, on: dt.date, actor: ActorRef, at: dt.datetime, ground: str = ""
) -> None:
    """End a representation on a day; what it did stays, its sight of the entity's dossiers ends."""
    row = Representation.objects.select_for_update(of=("self",)).filter(pk=representation_id).first()
    if row is None:
        raise RepresentationError
    row.valid_to = max(on, row.valid_from)
    row.save(update_fields=["valid_to"])
    record_act(
        act="identity.end_representation",
        actor=actor,
        object_type="legal_entity",
        object_id=row.entity_id,
        at=at,
        facts={"representation": str(row.pk), "ground": normalise(ground)},
    )


def require_representation(*, person_id: uuid.UUID, entity_id: uuid.UUID, on: dt.date) -> None:
    """Raise RepresentationError unless a person may act for a legal entity on a day."""
    if not represents(person_id, entity_id, on):
        raise RepresentationError


def _end_open(new: Representation, at: dt.datetime) -> None:
    """Let a newer paper take the place of the open one of the same kind."""
    rows = Representation.objects.filter(
        entity_id=new.entity_id, person_id=new.person_id, kind=new.kind, valid_to__isnull=True
    )
    for row in rows.select_for_update(of=("self",)):
        row.valid_to = max(at.date(), row.valid_from)
        row.save(update_fields=["valid_to"])
