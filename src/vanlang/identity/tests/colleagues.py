"""An office with several officers of a role, so that one can stand in for another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.identity.api import Actor, Role
from vanlang.identity.tests.cast import START, make_officer
from vanlang.organizations.api import AgencyKind, NewName, add_agency


@dataclass(frozen=True)
class Colleagues:
    mai: Actor
    nam: Actor
    tam: Actor
    """Three specialists."""
    phuc: Actor
    ha: Actor
    """Two leaders."""


def make_colleagues(at: dt.datetime) -> Colleagues:
    agency = add_agency(
        code="H44.100", kind=AgencyKind.COMMUNE, name=NewName("UBND phường Việt Trì", "Phường Việt Trì"), valid_from=START
    )  # fmt: skip

    def officer(username: str, name: str, role: Role) -> Actor:
        return make_officer(username, name, agency, role, at)

    return Colleagues(
        officer("mai", "Lê Thị Mai", Role.SPECIALIST),
        officer("nam", "Vũ Hoài Nam", Role.SPECIALIST),
        officer("tam", "Đào Thanh Tâm", Role.SPECIALIST),
        officer("phuc", "Nguyễn Văn Phúc", Role.LEADER),
        officer("ha", "Trịnh Thu Hà", Role.LEADER),
    )
