"""Who may sign with what: a person with their own certificate, the registry clerk with the agency's seal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from typing import Protocol

from vanlang.kernel.errors import Refusal
from vanlang.signing.types import CredentialCard, CredentialKind

SEAL_KEEPER = "clerk"
"""The role that keeps the agency's seal (`identity.Role.CLERK`)."""
UNATTENDED = frozenset({"receipt"})
"""For what the house seals in an agency's name without its clerk: money comes at night, and its receipt says only that."""


class Signatory(Protocol):
    """Who acts, as far as signing asks. `identity.Actor` is one."""

    @property
    def is_officer(self) -> bool: ...
    @property
    def appointment_id(self) -> int | None: ...
    @property
    def agency_id(self) -> int | None: ...
    @property
    def roles(self) -> AbstractSet[str]: ...


def may_use(card: CredentialCard, actor: Signatory) -> Refusal | None:
    """
    Return why `actor` may not sign with a credential, or None.

    An officer's certificate is used in the very appointment it was issued for; an agency's seal is kept by its
    registry clerk. Jobs and set-up use neither.

    Law: unverified
    """
    if card.kind is CredentialKind.OFFICER:
        allowed = actor.is_officer and actor.appointment_id == card.appointment_id
    else:
        allowed = actor.is_officer and actor.agency_id == card.agency_id and SEAL_KEEPER in actor.roles
    return None if allowed else Refusal("signing.not_your_credential", {"kind": card.kind.value})


def may_seal_unattended(card: CredentialCard, role: str) -> Refusal | None:
    """
    Return why the house itself may not seal with a credential, or None: an agency's seal, for what the table names.

    Law: unverified
    """
    if card.kind is CredentialKind.AGENCY and role in UNATTENDED:
        return None
    return Refusal("signing.not_your_credential", {"kind": card.kind.value})


def is_usable(card: CredentialCard, at: dt.datetime) -> Refusal | None:
    """Return why a credential cannot sign at an instant, or None."""
    if card.is_usable(at):
        return None
    return Refusal("signing.credential_unusable", {"valid_to": card.valid_to.strftime("%d/%m/%Y")})
