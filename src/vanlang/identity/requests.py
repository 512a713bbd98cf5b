"""Who is asking: read from a request, and turned into the scope of the database."""

from __future__ import annotations

from django.http import HttpRequest

from vanlang.identity.types import NOBODY, Actor, ActorKind
from vanlang.kernel.scope import Scope

SESSION_KEY = "appointment_id"
"""Where the session keeps the appointment that its owner chose to work in."""


def scope_of(actor: Actor) -> Scope:
    """Return the database scope of an actor."""
    if actor.kind is ActorKind.OFFICER and actor.agency_id is not None:
        return Scope.officer(actor.agency_id)
    if actor.kind is ActorKind.CITIZEN and actor.person_id is not None:
        return Scope.citizen(actor.person_id)
    if actor.kind is ActorKind.SYSTEM:
        return Scope.system()
    return Scope.nobody()


def actor_from(request: HttpRequest) -> Actor:
    """Return who is asking."""
    actor = getattr(request, "actor", NOBODY)
    return actor if isinstance(actor, Actor) else NOBODY
