"""Who is who in a dossier, read back from its row: as they were when it was filed."""

from __future__ import annotations

import uuid

from vanlang.dossiers.cards import WhoIsWho
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.parties import Authority
from vanlang.dossiers.types import PartyFacts
from vanlang.identity.api import get_appointments


def applicant_of(row: Dossier) -> PartyFacts:
    """Return the applicant as they were when the dossier was filed."""
    return PartyFacts(
        person_id=row.applicant_id,
        entity_id=row.applicant_entity_id,
        full_name=row.applicant_name,
        personal_id=row.applicant_personal_id,
        entity_number=row.applicant_entity_number,
        address=row.applicant_address,
        phone=row.applicant_phone,
        email=row.applicant_email,
    )


def subject_of(row: Dossier) -> PartyFacts:
    """Return whose matter it is."""
    return _party(
        row.subject_id,
        row.subject_entity_id,
        row.subject_name,
        row.subject_number,
        address=row.subject_address,
    )


def agent_of(row: Dossier) -> PartyFacts | None:
    """Return who stood up for the applicant, or None when they came themselves."""
    if row.agent_id is None:
        return None
    return _party(row.agent_id, None, row.agent_name, row.agent_number, phone=row.agent_phone)


def who_is_who(row: Dossier) -> WhoIsWho:
    """Return the five facts of a dossier."""
    return WhoIsWho(
        subject=subject_of(row),
        applicant=applicant_of(row),
        payer=_party(
            row.payer_id, row.payer_entity_id, row.payer_name, row.payer_number, address=row.payer_address
        ),
        recipient=_party(
            row.recipient_id,
            row.recipient_entity_id,
            row.recipient_name,
            row.recipient_number,
            phone=row.recipient_phone,
        ),
        operator_id=row.operator_id,
        operator_appointment_id=row.operator_appointment_id,
        authority=Authority(row.authority),
        agent=agent_of(row),
        mandate_id=row.mandate_id,
        ground=row.ground,
    )


def subject_name_of(row: Dossier) -> str:
    """Return whose matter it is when it is not the applicant's own, else nothing."""
    is_own = (row.subject_id, row.subject_entity_id) == (row.applicant_id, row.applicant_entity_id)
    return "" if is_own else row.subject_name


def operator_label(row: Dossier, *, with_name: bool) -> str:
    """Return whose hand filed, in words. Citizens are shown the officer's unit, not the name."""
    if row.operator_appointment_id is not None:
        officer = get_appointments([row.operator_appointment_id])[row.operator_appointment_id]
        return f"{officer.name} ({officer.unit_name})" if with_name else officer.unit_name
    if row.operator_id == row.agent_id and row.agent_id is not None:
        return row.agent_name
    return row.applicant_name


def _party(
    person_id: uuid.UUID | None,
    entity_id: uuid.UUID | None,
    name: str,
    number: str,
    *,
    address: str = "",
    phone: str = "",
) -> PartyFacts:
    return PartyFacts(
        person_id=person_id,
        entity_id=entity_id,
        full_name=name,
        personal_id="" if entity_id else number,
        entity_number=number if entity_id else "",
        address=address,
        phone=phone,
    )
