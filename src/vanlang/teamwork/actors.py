"""From the house's actor to the officer whose place keeps lists, stars, notes and batches."""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.identity.api import Actor
from vanlang.teamwork.errors import TeamworkNotFoundError


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer's place: all of it known."""

    appointment_id: int
    agency_id: int
    unit_id: int
    name: str


def officer_of(actor: Actor) -> Officer:
    """
    Return the place in which an actor works.

    Raises: TeamworkNotFoundError for whoever has none: nothing here is theirs.
    """
    if actor.appointment_id is None or actor.agency_id is None or actor.unit_id is None:
        raise TeamworkNotFoundError
    return Officer(actor.appointment_id, actor.agency_id, actor.unit_id, actor.name)
