from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from vanlang.dossiers.tests.factories import World, make_world
from vanlang.registers.services import load_registers


@pytest.fixture
def registers(db: None, at: dt.datetime) -> None:
    load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)


@pytest.fixture
def world(registers: None, at: dt.datetime) -> World:
    return make_world(at)
