"""Who may sign with what."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from vanlang.identity.api import NOBODY, SYSTEM, Actor, ActorKind, Role
from vanlang.signing.rules.authority import SEAL_KEEPER, is_usable, may_use
from vanlang.signing.tests.pki import AGENCY, AT, YEAR
from vanlang.signing.types import CredentialCard, CredentialKind, CredentialState

OWN = CredentialCard(
    id=uuid.UUID(int=1),
    kind=CredentialKind.OFFICER,
    state=CredentialState.ACTIVE,
    appointment_id=7,
    agency_id=100,
    holder="Nguyễn Văn Phúc",
    agency_name=AGENCY,
    serial="1f",
    valid_from=AT - YEAR,
    valid_to=AT + YEAR,
)
SEAL = replace(OWN, kind=CredentialKind.AGENCY, appointment_id=None, holder=AGENCY)


def officer(appointment_id: int, agency_id: int, role: Role) -> Actor:
    return Actor(
        ActorKind.OFFICER,
        account_id=1,
        appointment_id=appointment_id,
        agency_id=agency_id,
        roles=frozenset({role}),
    )


@pytest.mark.parametrize(
    ("card", "actor", "allowed"),
    [
        (OWN, officer(7, 100, Role.LEADER), True),
        (OWN, officer(8, 100, Role.LEADER), False),
        (OWN, officer(8, 100, Role.CLERK), False),
        (SEAL, officer(9, 100, Role.CLERK), True),
        (SEAL, officer(9, 100, Role.LEADER), False),
        (SEAL, officer(9, 101, Role.CLERK), False),
        (OWN, NOBODY, False),
        (OWN, SYSTEM, False),
        (SEAL, SYSTEM, False),
        (OWN, replace(officer(7, 100, Role.LEADER), kind=ActorKind.CITIZEN), False),
    ],
)
def test_who_may_sign_with_what(card: CredentialCard, actor: Actor, *, allowed: bool) -> None:
    refusal = may_use(card, actor)
    assert (refusal is None) == allowed
    assert allowed or refusal.code == "signing.not_your_credential"


def test_the_keeper_of_the_seal_is_the_clerk() -> None:
    assert SEAL_KEEPER == Role.CLERK


@pytest.mark.parametrize(
    ("at", "state", "usable"),
    [
        (AT, CredentialState.ACTIVE, True),
        (AT, CredentialState.REVOKED, False),
        (AT - YEAR, CredentialState.ACTIVE, True),
        (AT + YEAR, CredentialState.ACTIVE, False),
        (AT - YEAR - dt.timedelta(seconds=1), CredentialState.ACTIVE, False),
    ],
)
def test_when_a_credential_may_sign(at: dt.datetime, state: CredentialState, *, usable: bool) -> None:
    assert (is_usable(replace(OWN, state=state), at) is None) == usable
