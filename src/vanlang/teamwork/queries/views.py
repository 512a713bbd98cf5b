from __future__ import annotations

from django.db.models import Q

from vanlang.identity.api import Actor, get_appointments
from vanlang.kernel.clock import today
from vanlang.kernel.vietnamese import sort_key
from vanlang.organizations.api import list_units
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.models import SavedView
from vanlang.teamwork.types import ViewCard


def list_views(actor: Actor) -> tuple[ViewCard, ...]:
    """Return the saved lists that an officer sees: their own, then those shared with their unit."""
    me = officer_of(actor)
    visible = Q(appointment_id=me.appointment_id) | Q(unit_id=me.unit_id)
    rows = list(SavedView.objects.filter(visible, agency_id=me.agency_id))
    others = {row.appointment_id for row in rows if row.appointment_id != me.appointment_id}
    owners = get_appointments(others) if others else {}
    units = {int(unit.id): unit.name for unit in list_units(me.agency_id, today())} if any(row.unit_id for row in rows) else {}  # fmt: skip
    cards = [
        ViewCard(
            id=row.pk,
            name=row.name,
            address=row.address,
            is_default=row.is_default and row.appointment_id == me.appointment_id,
            is_own=row.appointment_id == me.appointment_id,
            owner=owners[row.appointment_id].name if row.appointment_id in owners else actor.name,
            unit=units.get(row.unit_id, "") if row.unit_id is not None else "",
        )
        for row in rows
    ]
    return tuple(sorted(cards, key=lambda card: (not card.is_own, sort_key(card.name), card.id)))
