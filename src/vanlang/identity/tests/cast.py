"""The cast, as these tests need it: two communes, officers with one place and with two, a citizen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from vanlang.identity import api
from vanlang.identity.api import SYSTEM, Actor, PersonFacts, Role
from vanlang.identity.models import Account
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units

START = dt.date(2025, 7, 1)
PASSWORD = "mat-khau-dai-12"


@dataclass(frozen=True)
class Cast:
    viet_tri: int
    nong_trang: int
    hung: Actor
    """Counter at Việt Trì."""
    phuc: Actor
    """Leader at Việt Trì."""
    hoa: Actor
    """Counter at Nông Trang, in the first of her two places there."""
    hoa_as_specialist: Actor
    lan: Actor
    """A citizen."""


def make_cast(at: dt.datetime) -> Cast:
    viet_tri, nong_trang = (
        add_agency(code=code, kind=AgencyKind.COMMUNE, name=NewName(f"UBND {name}", name), valid_from=START)
        for code, name in (("H44.100", "phường Việt Trì"), ("H44.101", "phường Nông Trang"))
    )
    account = api.account_of_citizen(
        facts=PersonFacts(full_name="Nguyễn Thị Lan", personal_id="025185000001"), at=at
    )
    return Cast(
        viet_tri,
        nong_trang,
        hung=make_officer("hung", "Trần Mạnh Hùng", viet_tri, Role.COUNTER, at),
        phuc=make_officer("phuc", "Nguyễn Văn Phúc", viet_tri, Role.LEADER, at),
        hoa=make_officer("hoa", "Vũ Thị Hoa", nong_trang, Role.COUNTER, at),
        hoa_as_specialist=make_officer("hoa", "Vũ Thị Hoa", nong_trang, Role.SPECIALIST, at),
        lan=api.actor_for(account, on=at.date()),
    )


def make_officer(username: str, name: str, agency_id: int, role: Role, at: dt.datetime) -> Actor:
    account_id = api.add_officer_account(username=username, full_name=name, password=PASSWORD)
    appointment_id = api.appoint(
        account_id=account_id, agency_id=agency_id, unit_id=list_units(agency_id, START)[0].id,
        title="Công chức", roles=[role], valid_from=START, actor=SYSTEM, at=at,
    )  # fmt: skip
    account = Account.objects.get(pk=account_id)
    return api.actor_for(account, on=at.date(), appointment_id=appointment_id)


def give_second_factor(actor: Actor) -> str:
    """Tie an authenticator and spare codes to the account; return the authenticator's secret."""
    account, secret = Account.objects.get(pk=actor.account_id), generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return secret


def code_of(secret: str, at: float) -> str:
    """Return what an authenticator app shows at an instant. Units: seconds since 1970."""
    return format_hotp_value(hotp_value(secret, int(at) // 30))
