from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from vanlang.dossiers.errors import ActNotPossible
from vanlang.dossiers.rules.parties import Authority, authority_of
from vanlang.dossiers.types import Filing, PartyFacts
from vanlang.identity.api import Actor, check_mandate, get_person, represents
from vanlang.kernel.errors import refuse_if


def columns_of(filing: Filing, *, actor: Actor, procedure_code: str, on: dt.date) -> dict[str, Any]:
    """
    Return the columns of the five facts of a filing.

    Whose hand filed is taken from who acts, and the authority from what the house knows; nothing of it is told.
    Raises: ActNotPossible("identity.mandate_…") when the mandate that is shown does not cover this filing.
    """
    applicant = filing.applicant
    subject, payer, recipient = (
        party or applicant for party in (filing.subject, filing.payer, filing.recipient)
    )
    agent = _agent(filing, actor)
    return {
        **_ids("applicant", applicant),
        "applicant_name": applicant.full_name,
        "applicant_personal_id": applicant.personal_id,
        "applicant_entity_number": applicant.entity_number,
        "applicant_address": applicant.address,
        "applicant_phone": applicant.phone,
        "applicant_email": applicant.email,
        **_authority(filing, agent, procedure_code=procedure_code, on=on),
        **_ids("subject", subject),
        "subject_name": subject.full_name,
        "subject_number": subject.number,
        "subject_address": subject.address,
        "operator_id": None if actor.is_officer else _operator_id(filing, actor),
        "operator_appointment_id": actor.appointment_id if actor.is_officer else None,
        **_ids("payer", payer),
        "payer_name": payer.full_name,
        "payer_number": payer.number,
        "payer_address": payer.address,
        **_ids("recipient", recipient),
        "recipient_name": recipient.full_name,
        "recipient_number": recipient.number,
        "recipient_phone": recipient.phone,
    }


def _ids(part: str, party: PartyFacts) -> dict[str, uuid.UUID | None]:
    return {f"{part}_id": party.person_id, f"{part}_entity_id": party.entity_id}


def _operator_id(filing: Filing, actor: Actor) -> uuid.UUID | None:
    """Return the citizen whose hand it must be; the table of acts then asks whether it is the actor's."""
    applicant = filing.applicant
    if applicant.is_entity and applicant.entity_id == actor.entity_id:
        return actor.person_id
    if applicant.person_id is not None and applicant.person_id == actor.person_id:
        return actor.person_id
    return filing.operator_id or applicant.person_id


def _agent(filing: Filing, actor: Actor) -> PartyFacts | None:
    """Return who stands there for the applicant: at the counter as typed, else the citizen who files."""
    if actor.is_officer:
        return None if filing.agent is None or filing.agent.is_same_as(filing.applicant) else filing.agent
    operator_id = _operator_id(filing, actor)
    if operator_id is None or operator_id != actor.person_id or operator_id == filing.applicant.person_id:
        return None
    person = get_person(operator_id)
    return PartyFacts(
        person_id=person.id, full_name=person.full_name, personal_id=person.personal_id, phone=person.phone
    )


def _authority(
    filing: Filing, agent: PartyFacts | None, *, procedure_code: str, on: dt.date
) -> dict[str, object]:
    applicant, agent_id = filing.applicant, agent.person_id if agent else None
    if filing.mandate_id is not None:
        refusal = check_mandate(
            filing.mandate_id,
            principal_id=applicant.person_id,
            principal_entity_id=applicant.entity_id,
            agent_id=agent_id,
            procedure_code=procedure_code,
            on=on,
        )
        refuse_if(refusal, ActNotPossible)
    authority = authority_of(
        applicant_id=applicant.person_id,
        agent_id=agent_id,
        represents=bool(agent_id and applicant.entity_id and represents(agent_id, applicant.entity_id, on)),
        has_mandate=filing.mandate_id is not None,
    )
    return {
        "agent_id": agent_id,
        "agent_name": agent.full_name if agent else "",
        "agent_number": agent.personal_id if agent else "",
        "agent_phone": agent.phone if agent else "",
        "authority": authority,
        "mandate_id": filing.mandate_id if authority is Authority.MANDATE else None,
        "ground": filing.ground.strip(),
    }
