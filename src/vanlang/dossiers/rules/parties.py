"""
Who is who in a dossier: five facts, and on what authority somebody stood up for the applicant.

Subject (whose matter), applicant (in whose name), operator (whose hand), payer, recipient: written down at filing,
each as it was. Authority is evidence, never a declaration: it follows from who was there, who represents whom in
the house's own records, and which mandate was shown. Help is not refused for lack of a mandate; it is noted.

Law: unverified
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID


class Authority(StrEnum):
    """By what right the one who filed stood there for the applicant."""

    OWN = "own"
    """The applicant themselves."""
    REPRESENTATIVE = "representative"
    """A representative of the legal entity, known to the house and in force on the day."""
    MANDATE = "mandate"
    """An agent whose mandate was in force on the day."""
    NONE_SHOWN = "none_shown"
    """A helper: no mandate was shown. Taken all the same, and shown to whoever settles it."""


def authority_of(
    *,
    applicant_id: UUID | None,
    agent_id: UUID | None,
    represents: bool,
    has_mandate: bool,
) -> Authority:
    """
    Return the authority of a filing.

    `applicant_id` is None for a legal entity, which never comes itself. `represents` and `has_mandate` are looked up,
    not told.
    """
    if applicant_id is not None and agent_id in {None, applicant_id}:
        return Authority.OWN
    if applicant_id is None and agent_id is not None and represents:
        return Authority.REPRESENTATIVE
    return Authority.MANDATE if has_mandate and agent_id is not None else Authority.NONE_SHOWN
