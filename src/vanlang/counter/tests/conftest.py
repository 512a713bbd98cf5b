from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from vanlang.counter.models import QueuePlace
from vanlang.counter.services import places
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
    """The house's clock stands at 09:00 on Monday 23/11/2026."""
    with clock.frozen(at):
        yield at


@dataclass(frozen=True, slots=True)
class Hall:
    """The queue of phường Việt Trì: two services, two windows."""

    world: World
    civil: int
    copies: int
    first: int
    second: int

    @property
    def place(self) -> QueuePlace:
        return QueuePlace.objects.get(pk=self.world.viet_tri.id)


def make_hall(world: World) -> Hall:
    hung, at = world.hung, world.at
    civil = places.save_service(
        actor=hung, at=at, letter="A", name="Hộ tịch", procedure_codes=["1.001193"], minutes=10
    )
    copies = places.save_service(actor=hung, at=at, letter="B", name="Chứng thực", minutes=5)
    first = places.save_window(actor=hung, at=at, number=1, service_ids=[civil, copies])
    second = places.save_window(actor=hung, at=at, number=2, service_ids=[copies])
    return Hall(world, civil, copies, first, second)


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)
