"""
Who may stand in for whom, and what passes to the substitute.

Work passes between equals: a specialist's to a specialist, a counter's to a counter. A leader's approval and
signature pass only to a leader, and only by a decision that is recorded with its number, so the separation of
roles stays as it was: nobody gains a role, only a colleague's dossiers.

Law: unverified
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from vanlang.identity.types import Role
from vanlang.kernel.errors import Refusal

PASSED_ON = frozenset({Role.COUNTER, Role.SPECIALIST, Role.CLERK})
"""Roles whose work passes without a decision."""
LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Place:
    """An appointment, reduced to what the rule asks."""

    appointment_id: int
    agency_id: int
    roles: frozenset[Role]


def roles_that_pass(absent: Place, substitute: Place, *, decision: str) -> frozenset[Role]:
    """Return what the substitute may do in the absent one's place."""
    shared = absent.roles & substitute.roles
    passed = shared & PASSED_ON
    return passed | ({Role.LEADER} & shared) if decision.strip() else passed


def may_substitute(
    absent: Place,
    substitute: Place,
    *,
    valid_from: dt.date,
    valid_to: dt.date,
    today: dt.date,
    decision: str = "",
    decided_on: dt.date | None = None,
) -> Refusal | None:
    """Return why `substitute` may not stand in for `absent` from a day until another, or None."""
    if absent.appointment_id == substitute.appointment_id:
        return Refusal("identity.substitution_of_oneself")
    if absent.agency_id != substitute.agency_id:
        return Refusal("identity.substitution_other_agency")
    if not today <= valid_from < valid_to or valid_to - valid_from > LONGEST:
        return Refusal("identity.substitution_period")
    dated = bool(decision.strip()) and decided_on is not None
    if roles_that_pass(absent, substitute, decision=decision if dated else ""):
        return None
    if Role.LEADER in absent.roles & substitute.roles:
        return Refusal("identity.substitution_without_decision")
    return Refusal("identity.substitution_no_shared_role")


def may_set(
    *, absent: Place, agency_id: int | None, appointment_id: int | None, roles: Collection[Role]
) -> Refusal | None:
    """Return why an officer may not set or end a substitution for `absent`: themselves, their leader, their administrator."""
    of_agency = agency_id is not None and agency_id == absent.agency_id
    if of_agency and (appointment_id == absent.appointment_id or {Role.LEADER, Role.ADMIN} & set(roles)):
        return None
    return Refusal("identity.substitution_not_yours")
