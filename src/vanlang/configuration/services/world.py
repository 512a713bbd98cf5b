"""Lay the world out once for a whole table: names of agencies, past and present, and who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vanlang.configuration.kinds.base import World
from vanlang.configuration.rules.places import Names, names_of
from vanlang.configuration.types import Place
from vanlang.identity.api import Actor
from vanlang.organizations import api as organizations
from vanlang.organizations.api import AgencyKind


def world_of(actor: Actor, at: dt.datetime) -> World:
    """Return what judging a table asks for, on behalf of `actor`."""
    on = at.date()
    return World(on, actor, is_province(actor, on), names_on(on))


def is_province(actor: Actor, on: dt.date) -> bool:
    """Tell whether an officer works at the office of the province, or the house itself asks."""
    if actor.agency_id is None:
        return str(actor.kind) == "system"
    return organizations.get_agency(actor.agency_id, on).kind is AgencyKind.PROVINCE


def names_on(on: dt.date) -> Names:
    """Return every name that an agency has or had, and whom it means on a day."""
    cards = [
        (
            one.code,
            one.name,
            one.short_name,
            one.valid_to.isoformat() if one.valid_to and one.valid_to <= on else "",
        )
        for one in organizations.list_names()
    ]
    places = [Place(card.id, card.code, card.short_name) for card in organizations.list_agencies(on)]

    def successors(code: str) -> Sequence[str]:
        return [card.code for card in organizations.list_successors(code, on)]

    return names_of(cards, places, successors)
