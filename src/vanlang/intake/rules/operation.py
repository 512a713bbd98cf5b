"""Whose hand filed: derived from who was signed in and for whom it was filed, so that nobody can declare it."""

from __future__ import annotations

from uuid import UUID

from vanlang.intake.types import Operation


def operation_of(
    *,
    operator_person_id: UUID | None,
    is_officer: bool,
    applicant_person_id: UUID | None,
    on_paper: bool = False,
) -> Operation:
    """
    Return whose hand filed. `applicant_person_id` is None for a legal entity, which has no hand of its own.

    An officer who files a matter of their own signs in as a citizen; as an officer they assist, also themselves. What
    came to the counter on paper (`on_paper`: it did not come in online) was typed off by the officer.
    """
    if is_officer:
        return Operation.COUNTER_PAPER if on_paper else Operation.ASSISTED
    is_own = applicant_person_id is not None and operator_person_id == applicant_person_id
    return Operation.SELF if is_own else Operation.ON_BEHALF
