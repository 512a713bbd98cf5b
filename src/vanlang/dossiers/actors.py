"""From the house's actor to what the rules ask: parties instead of roles."""

from __future__ import annotations

from typing import assert_never

from vanlang.dossiers.rules.access import StandIn, Viewer
from vanlang.dossiers.rules.states import Party
from vanlang.identity.api import Actor, ActorKind, Role

PARTY_OF = {
    Role.COUNTER: Party.COUNTER,
    Role.SPECIALIST: Party.SPECIALIST,
    Role.LEADER: Party.LEADER,
    Role.CLERK: Party.CLERK,
}
"""Roles that have a part in dossiers. Editors of the catalogue and administrators have none."""


def viewer_of(actor: Actor) -> Viewer:
    """Return what the rules need to know of `actor`."""
    return Viewer(
        parties=_parties(actor),
        person_id=actor.person_id,
        appointment_id=actor.appointment_id,
        agency_id=actor.agency_id,
        unit_id=actor.unit_id,
        stands_for=tuple(
            StandIn(
                one.appointment_id,
                one.unit_id,
                frozenset(PARTY_OF[role] for role in one.roles if role in PARTY_OF),
            )
            for one in actor.stands_for
        ),
        entity_id=actor.entity_id,
    )


def _parties(actor: Actor) -> frozenset[Party]:
    match actor.kind:
        case ActorKind.OFFICER:
            return frozenset(PARTY_OF[role] for role in actor.roles if role in PARTY_OF)
        case ActorKind.CITIZEN:
            return frozenset({Party.APPLICANT})
        case ActorKind.SYSTEM:
            return frozenset({Party.SYSTEM})
        case ActorKind.NOBODY:
            return frozenset()
        case never:
            assert_never(never)
