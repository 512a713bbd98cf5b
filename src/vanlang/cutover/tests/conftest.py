from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from vanlang.dossiers.tests.factories import START, World, make_officer, make_world
from vanlang.identity.api import Actor, Role
from vanlang.kernel import clock
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def quan(world: World, at: dt.datetime) -> Actor:
    """Administrator at the office of the province."""
    office = add_agency(
        code="H44.01", kind=AgencyKind.PROVINCE, name=NewName("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"), valid_from=START
    )  # fmt: skip
    return make_officer(
        "quan", "Đỗ Minh Quân", office, list_units(office, START)[0].id, "Quản trị", {Role.ADMIN}, at
    )


@pytest.fixture
def monday(at: dt.datetime) -> Iterator[dt.datetime]:
    with clock.frozen(at):
        yield at
