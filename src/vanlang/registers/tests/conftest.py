from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from vanlang.registers.services import load_registers
from vanlang.registers.tests.world import World, make_world


@pytest.fixture
def registers(db: None, at: dt.datetime) -> None:
    load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)


@pytest.fixture
def world(registers: None, at: dt.datetime) -> World:
    return make_world(at)
