"""Two communes with their clerks, Bà Lan and another citizen: what the registers ask of the world."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from tests.support.route_samples import People, make_people

from vanlang.identity.api import Actor, Role


@dataclass(frozen=True, slots=True)
class World:
    people: People
    viet_tri: int
    nong_trang: int
    thao: Actor
    clerk_elsewhere: Actor
    lan: Actor

    @property
    def lan_id(self) -> uuid.UUID:
        assert self.lan.person_id is not None
        return self.lan.person_id

    @property
    def stranger_id(self) -> uuid.UUID:
        assert self.people.another_citizen.person_id is not None
        return self.people.another_citizen.person_id


def make_world(at: dt.datetime) -> World:
    people = make_people(at)
    return World(
        people=people,
        viet_tri=people.home,
        nong_trang=people.elsewhere,
        thao=people.at_home[Role.CLERK],
        clerk_elsewhere=people.from_elsewhere[Role.CLERK],
        lan=people.citizen,
    )
