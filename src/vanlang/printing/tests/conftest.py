from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.kernel import clock


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)


@pytest.fixture
def monday(at: dt.datetime) -> Iterator[dt.datetime]:
    with clock.frozen(at):
        yield at
