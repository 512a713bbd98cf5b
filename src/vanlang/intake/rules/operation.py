"""Whose hand filed: derived from who was signed in and for whom it was filed, so that nobody can declare it."""

from __future__ import annotations

from uuid import UUID

from vanlang.intake.types import Operation


def operation_of(
    *, operator_person_id: UUID | None, is_officer: bool, applicant_person_id: UUID
) -> Operation:
    """
    Return whose hand filed.

    An officer who files a matter of their own signs in as a citizen; as an officer they assist, also themselves.
    """
    if is_officer:
        return Operation.ASSISTED
    return Operation.SELF if operator_person_id == applicant_person_id else Operation.ON_BEHALF
