"""Who settles a dossier: a delegation names an agency; else the level decides, seen from where it was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vanlang.catalogue.types import Level


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
