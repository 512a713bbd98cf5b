from __future__ import annotations

import datetime as dt

import pytest

from vanlang.dossiers.tests.factories import Lives, World, make_world


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)
