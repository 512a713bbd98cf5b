"""Ask only the rest: what the house knows of the applicant stands in the form before it is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownApplicant:
    """What is known of the applicant: from the identity provider, or as the writer typed it in the first step."""

    full_name: str
    personal_id: str
    address: str
    phone: str
    email: str


def known_answers(
    applicant: KnownApplicant, fields: Collection[str], answers: Mapping[str, object]
) -> dict[str, object]:
    """
    Return `answers` with what is known laid into the form's own questions about the applicant.

    Only into questions that nobody has opened yet: what a person has emptied or changed stays as they left it.
    """
    known = {
        "applicant_name": applicant.full_name,
        "applicant_personal_id": applicant.personal_id,
        "applicant_address": applicant.address,
        "applicant_phone": applicant.phone,
        "applicant_email": applicant.email,
    }
    offered = {name: value for name, value in known.items() if value and name in fields}
    return {**offered, **answers}
