from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from vanlang.dossiers.tests.factories import START, World, make_officer, make_world
from vanlang.identity.api import Actor, Role
from vanlang.kernel import clock
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units


@dataclass(frozen=True)
class Admins:
    """Who administers: two at the office of the province, one at phường Việt Trì."""

    quan: Actor
    linh: Actor
    tri: Actor


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def admins(world: World, at: dt.datetime) -> Admins:
    office = add_agency(
        code="H44.01", kind=AgencyKind.PROVINCE, name=NewName("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"), valid_from=START
    )  # fmt: skip
    unit = list_units(office, START)[0].id
    both = {Role.CATALOGUE_EDITOR, Role.ADMIN}
    here = next(iter(world.viet_tri.units.values()))
    return Admins(
        quan=make_officer("quan", "Đỗ Minh Quân", office, unit, "Quản trị", both, at),
        linh=make_officer("linh", "Phan Thùy Linh", office, unit, "Quản trị", both, at),
        tri=make_officer("tri", "Lê Đức Trí", world.viet_tri.id, here, "Quản trị", {Role.ADMIN}, at),
    )


@pytest.fixture
def monday(at: dt.datetime) -> Iterator[dt.datetime]:
    """The house's clock stands at 09:00 on Monday 23/11/2026."""
    with clock.frozen(at):
        yield at
