"""Who is who at the counter: from what was written down to the parties of a filing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import assert_never

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.dossiers.api import PartyFacts
from vanlang.files import api as files
from vanlang.identity.api import (
    Actor,
    EntityFacts,
    MandateFacts,
    MandateKind,
    MandateStanding,
    PersonFacts,
    add_representation,
    get_entity,
    get_person,
    give_mandate,
    list_mandates_between,
    remember_entity,
    remember_person,
    represents,
    standing_of_mandate,
)
from vanlang.intake.cards import Doubles, EntityTold, MandateTold, PartiesTold, PersonTold, SettledParties
from vanlang.intake.models import MandateEvidence
from vanlang.kernel.vietnamese import normalise


@transaction.atomic
def settle_parties(
    *, told: PartiesTold, procedure_code: str, actor: Actor, at: dt.datetime
) -> SettledParties:
    """
    Remember who is who and return them as a filing takes them.

    A mandate that is shown now is written down with its paper; one that the house knows and that holds today is found
    by itself. Without either the agent is a helper, and the dossier says so. For the counter's officer.
    Raises: PersonalIdError, EntityRefusedError, MandateRefusedError, FileRefusedError.
    """
    applicant = _settle(told.applicant, at)
    agent = _settle(told.agent, at) if told.agent else None
    if agent is not None and agent.is_same_as(applicant):
        agent = None
    mandate_id = None
    if agent is not None and agent.person_id is not None:
        _note_representation(told, applicant, agent.person_id, actor, at)
        mandate_id = _mandate(told, applicant, agent.person_id, procedure_code, actor, at)
    return SettledParties(
        applicant=applicant,
        agent=agent,
        ground=normalise(told.ground),
        mandate_id=mandate_id,
        subject=_settle(told.subject, at) if told.subject else None,
        payer=_settle(told.payer, at) if told.payer else None,
        recipient=_settle(told.recipient, at) if told.recipient else None,
    )


@transaction.atomic
def record_mandate(
    *,
    told: MandateTold,
    principal: PartyFacts,
    agent_id: uuid.UUID,
    procedure_code: str,
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID:
    """Write down a mandate that was shown or said at the counter, with its scanned paper; return its id."""
    mandate_id = give_mandate(
        facts=MandateFacts(
            kind=told.kind,
            principal_id=principal.person_id,
            principal_entity_id=principal.entity_id,
            agent_id=agent_id,
            procedure_codes=(procedure_code,) if told.only_this_procedure else (),
            ground=told.ground,
            is_notarised=told.is_notarised and told.kind is MandateKind.WRITTEN,
            valid_to=told.valid_to,
        ),
        actor=actor,
        at=at,
    )
    if told.paper is not None:
        name, content = told.paper
        file = files.store(content=content, name=name, at=at, uploaded_by=actor.account_id)
        MandateEvidence(mandate_id=mandate_id, file_id=file.id, added_at=at).save(force_insert=True)
    return mandate_id


@transaction.atomic
def accept_doubles(*, doubles: Doubles, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Write down that the officer saw what may be there already, and went on."""
    record_act(
        act="intake.go_on_despite_doubles",
        actor=actor,
        object_type="dossier",
        object_id=dossier_id,
        at=at,
        facts={
            "people": [str(one.person_id) for one in doubles.people],
            "dossiers": [str(one.dossier_id) for one in doubles.dossiers],
        },
    )


def _settle(told: PersonTold | EntityTold, at: dt.datetime) -> PartyFacts:
    match told:
        case PersonTold():
            return _person(told, at)
        case EntityTold():
            return _entity(told, at)
        case never:
            assert_never(never)


def _person(told: PersonTold, at: dt.datetime) -> PartyFacts:
    """Return a person as they stand in this dossier: as told, gaps filled with what is known of their number."""
    person_id = remember_person(
        facts=PersonFacts(
            full_name=told.full_name,
            personal_id=told.personal_id,
            born_on=told.born_on,
            gender=told.gender,
            address=told.address,
            phone=told.phone,
            email=told.email,
        ),
        at=at,
        keep_known=not told.puts_right,
    )
    known = get_person(person_id)
    return PartyFacts(
        person_id=person_id,
        full_name=normalise(told.full_name),
        personal_id=known.personal_id,
        address=normalise(told.address),
        phone=told.phone.strip(),
        email=told.email.strip(),
    )


def _entity(told: EntityTold, at: dt.datetime) -> PartyFacts:
    entity_id = remember_entity(
        facts=EntityFacts(
            kind=told.kind,
            number=told.number,
            name=told.name,
            address=told.address,
            phone=told.phone,
            email=told.email,
        ),
        at=at,
    )
    known = get_entity(entity_id)
    return PartyFacts(
        entity_id=entity_id,
        full_name=normalise(told.name),
        entity_number=known.number,
        address=normalise(told.address) or known.address,
        phone=told.phone.strip() or known.phone,
        email=told.email.strip() or known.email,
    )


def _note_representation(
    told: PartiesTold, applicant: PartyFacts, agent_id: uuid.UUID, actor: Actor, at: dt.datetime
) -> None:
    if told.represents is None or applicant.entity_id is None:
        return
    if not represents(agent_id, applicant.entity_id, at.date()):
        add_representation(
            entity_id=applicant.entity_id,
            person_id=agent_id,
            kind=told.represents,
            ground=told.ground,
            actor=actor,
            at=at,
        )


def _mandate(
    told: PartiesTold,
    applicant: PartyFacts,
    agent_id: uuid.UUID,
    procedure_code: str,
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID | None:
    if told.mandate is not None:
        return record_mandate(
            told=told.mandate,
            principal=applicant,
            agent_id=agent_id,
            procedure_code=procedure_code,
            actor=actor,
            at=at,
        )
    known = list_mandates_between(
        principal_id=applicant.person_id, principal_entity_id=applicant.entity_id, agent_id=agent_id
    )
    return next(
        (
            card.id
            for card in known
            if standing_of_mandate(card, at.date()) is MandateStanding.IN_FORCE
            and (not card.procedure_codes or procedure_code in card.procedure_codes)
        ),
        None,
    )
