"""What a released outcome changes: the register that the procedure's case names, in the transaction of the release."""

from __future__ import annotations

import datetime as dt
import uuid

from vanlang.catalogue.api import YieldCard, get_version
from vanlang.documents.api import get_outcome
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.queries.parties import subject_name_of
from vanlang.dossiers.services.outcomes import outcome_of
from vanlang.dossiers.types import OutcomeKind
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.registers import api as registers
from vanlang.registers.api import Holder, Proof, mapping


def register_outcome(row: Dossier, *, actor: Actor, at: dt.datetime, reason: str = "") -> uuid.UUID | None:
    """
    Write what the outcome says into its register; return the entry, or None where the case names no register or the answer is no.

    A standing entry of the same dossier is replaced with `reason`. What the dossier does not hold is named as missing in the entry:
    the citizen's result does not wait for our data.
    """
    outcome = outcome_of(row)
    case = get_version(row.procedure_version_id).case(row.case_id)
    if outcome.kind != OutcomeKind.GRANTED or case is None or case.yields is None:
        return None
    proof = _proof(row, outcome, at)
    given = _given(row, proof)
    holder = _holder(row, case.yields, given)
    if holder is None:
        return None
    return registers.register_entry(
        register_code=case.yields.register,
        agency_id=row.competent_agency_id,
        holder=holder,
        proof=proof,
        facts=mapping.draw(case.yields.fields, given),
        actor=actor,
        at=at,
        reason=reason,
    )


def _proof(row: Dossier, outcome: Outcome, at: dt.datetime) -> Proof:
    issued_on = get_outcome(outcome.document_id).issued_on if outcome.document_id else None
    return Proof(
        dossier_id=row.pk,
        number=outcome.number,
        issued_on=issued_on or (outcome.released_at or at).astimezone(VIETNAM).date(),
        title=outcome.title,
        file_id=outcome.file_id,
        token=outcome.token,
        expires_on=outcome.expires_on,
    )


def _given(row: Dossier, proof: Proof) -> dict[str, dict[str, object]]:
    """Return what a mapping may draw from."""
    return {
        "answers": dict(row.answers),
        "outcome": {"number": proof.number, "issued_on": proof.issued_on.isoformat(), "title": proof.title},
        "dossier": {
            "code": row.code,
            "applicant_name": row.applicant_name,
            "applicant_personal_id": row.applicant_personal_id,
            "applicant_address": row.applicant_address,
            "subject_name": subject_name_of(row),
            "request": row.request,
        },
    }


def _holder(row: Dossier, yields: YieldCard, given: dict[str, dict[str, object]]) -> Holder | None:
    """
    Return whose matter it is, under the name that the mapping says; a legal entity's entry is held by who stood up for it.

    None where a legal entity asked and nobody was named: an entry needs a person.
    """
    person_id = row.subject_id or row.applicant_id or row.agent_id
    if person_id is None:
        return None
    found = mapping.draw({"name": yields.holder, "organisation": yields.organisation}, given)
    is_entity = row.subject_entity_id is not None
    return Holder(
        person_id=person_id,
        keeper_id=row.applicant_id,
        name=str(found.get("name") or row.subject_name),
        organisation_code=row.subject_number if is_entity else "",
        organisation_name=str(found.get("organisation", "")) or (row.subject_name if is_entity else ""),
    )
