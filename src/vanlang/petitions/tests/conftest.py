from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.kernel import clock
from vanlang.petitions.tests.factories import Desk


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def monday(at: dt.datetime) -> Iterator[dt.datetime]:
    """The house's clock stands at 09:00 on Monday 23/11/2026."""
    with clock.frozen(at):
        yield at
