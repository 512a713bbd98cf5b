"""Who may open a route: what its marking promises, and the answer for one actor."""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.identity.types import Actor, ActorKind, Role
from vanlang.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Access:
    """The marking of a route: which kinds of actors it is for, and which roles among officers."""

    kinds: frozenset[ActorKind]
    """Empty for everybody, signed in or not."""

    roles: frozenset[Role] = frozenset()
    """One of these is enough; empty for every officer."""

    before_second_factor: bool = False
    """True for the few pages that an officer needs in order to get a second factor at all."""

    @property
    def is_public(self) -> bool:
        return not self.kinds


PUBLIC = Access(frozenset())
CITIZENS = Access(frozenset({ActorKind.CITIZEN}))
OFFICERS = Access(frozenset({ActorKind.OFFICER}))
SIGNED_IN = Access(CITIZENS.kinds | OFFICERS.kinds)


def may_enter(access: Access, actor: Actor) -> Refusal | None:
    """Return why `actor` may not open a route marked `access`, or None."""
    if access.is_public:
        return None
    if actor.kind is ActorKind.NOBODY:
        return Refusal("identity.sign_in_required")
    if actor.kind not in access.kinds:
        return Refusal("identity.citizens_only" if actor.is_officer else "identity.officers_only")
    if actor.is_officer and access.roles and not access.roles & actor.roles:
        return Refusal("identity.role_required")
    return None
