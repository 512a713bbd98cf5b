"""Lay the world out once for a whole table: names of agencies, past and present, and who asks."""

from __future__ import annotations

import datetime as dt

from vanlang.configuration.kinds.base import World
from vanlang.identity.api import Actor
from vanlang.organizations import api as organizations
from vanlang.organizations.api import AgencyKind


def world_of(actor: Actor, at: dt.datetime) -> World:
    """Return what judging a table asks for, on behalf of `actor`."""
    on = at.date()
    return World(on, actor, is_province(actor, on), organizations.names_on(on))


def is_province(actor: Actor, on: dt.date) -> bool:
    """Tell whether an officer works at the office of the province, or the house itself asks."""
    if actor.agency_id is None:
        return str(actor.kind) == "system"
    return organizations.get_agency(actor.agency_id, on).kind is AgencyKind.PROVINCE
