"""What people of a synthetic province say of it: petitions to the agencies that are asked the most."""

from __future__ import annotations

import uuid
from random import Random

from django.db.backends.utils import CursorWrapper

from vanlang.dossiers.api import generating
from vanlang.identity.api import Role, actor_of, get_appointments, get_people, synthetic
from vanlang.petitions.api import generating as petitions

_ROLES = {
    generating.Slot.COUNTER: Role.COUNTER, generating.Slot.SPECIALIST: Role.SPECIALIST,
    generating.Slot.LEADER: Role.LEADER,
}  # fmt: skip


def soil_of(ground: generating.Ground, count: int) -> petitions.Soil:
    """Return what the petitions of a province are planned from."""

    def sender_of(agency_id: int, draw: Random) -> uuid.UUID:
        person_id, _ = ground.applicant_of(agency_id, draw)
        return person_id

    offices = tuple(
        petitions.Office(
            agency_id=place.agency_id,
            staff={role: place.staff[slot] for slot, role in _ROLES.items()},
            weight=place.weight,
            calendar=place.calendar,
        )
        for place in ground.places
    )
    return petitions.Soil(ground.seed, count, ground.from_at, ground.until, offices, sender_of)


def raise_voices(cursor: CursorWrapper, ground: generating.Ground, count: int) -> None:
    """Plan and write the petitions of a province."""
    planned = list(petitions.plan(soil_of(ground, count)))
    petitions.write_petitions(cursor, planned, people=people_of(planned))


def people_of(planned: list[petitions.Brought]) -> petitions.People:
    """Return everybody who acts in planned petitions."""
    officers = {one for brought in planned for one in (*brought.officers.values(), brought.routed_by)}
    senders = {brought.person_id for brought in planned if brought.is_signed_in}
    return petitions.People(
        officers={key: actor_of(card) for key, card in get_appointments(officers).items()},
        senders=get_people(senders),
        accounts=synthetic.accounts_of(senders),
    )
