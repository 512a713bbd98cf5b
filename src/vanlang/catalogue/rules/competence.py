"""Who settles a dossier: a delegation names an agency; else the level decides, seen from where it was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vanlang.catalogue.types import DelegationState, Level
from vanlang.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class CompetenceRule:
    """One way in which a procedure is settled."""

    level: Level
    agency_id: int | None
    """A delegation to one agency; None: whoever the level says."""


def competent_agency(
    rules: Sequence[CompetenceRule], *, intake_id: int, intake_is_commune: bool, department_id: int | None
) -> int | None:
    """
    Return the competent agency, or None when the rules do not settle it and a person must name it.

    Received at a commune, a procedure of both levels is the commune's; received elsewhere, the department's. Ministry
    and other agencies are none of ours.
    """
    named = next((rule.agency_id for rule in rules if rule.agency_id is not None), None)
    if named is not None:
        return named
    levels = {rule.level for rule in rules}
    if Level.COMMUNE in levels and intake_is_commune:
        return intake_id
    return department_id if Level.PROVINCE in levels else None


def may_delegate(
    *,
    decision: str,
    procedures: Sequence[str],
    level: Level,
    agency_id: int | None,
    decided_on: date,
    valid_from: date,
    valid_to: date | None,
) -> Refusal | None:
    """Return why an order is not whole: its decision, what it covers, to whom, and from when to when."""
    if not decision.strip():
        return Refusal("catalogue.delegation_without_decision")
    if not procedures:
        return Refusal("catalogue.delegation_empty")
    if level not in {Level.PROVINCE, Level.COMMUNE} and agency_id is None:
        return Refusal("catalogue.delegation_level")
    if valid_from < decided_on:
        return Refusal("catalogue.delegation_before_decision")
    if valid_to is not None and valid_to <= valid_from:
        return Refusal("catalogue.delegation_period")
    return None


def may_end(*, decision: str, ended_on: date, valid_to: date | None, ended_already: bool) -> Refusal | None:
    """Return why a delegation cannot be taken back so."""
    if not decision.strip():
        return Refusal("catalogue.delegation_without_decision")
    if ended_already:
        return Refusal("catalogue.delegation_ended")
    if valid_to is not None and ended_on >= valid_to:
        return Refusal("catalogue.delegation_period")
    return None


def delegation_state(
    *, valid_from: date, valid_to: date | None, ended_on: date | None, on: date
) -> DelegationState:
    """Return how a delegation stands on a day."""
    if ended_on is not None and (on >= ended_on or ended_on <= valid_from):
        return DelegationState.TAKEN_BACK
    if valid_to is not None and on >= valid_to:
        return DelegationState.OVER
    return DelegationState.PLANNED if on < valid_from else DelegationState.IN_FORCE
