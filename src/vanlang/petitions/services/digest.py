"""Each working morning: what is late, and what is due today, to those who can do something about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.urls import reverse

from vanlang.calendars.api import add_working_days, calendar_of
from vanlang.identity.api import AppointmentCard, Role, list_officers
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.api import Recipient, tell
from vanlang.petitions.labels import late_line
from vanlang.petitions.models import Petition
from vanlang.petitions.types import PetitionState

EVENT = "petitions.late"
MOST_LINES = 20


def tell_what_is_late(*, at: dt.datetime) -> int:
    """Tell leaders of everything, and each handler of what they hold and of what nobody holds; return how many were told."""
    local = at.astimezone(VIETNAM)
    told = 0
    with acting(Scope.system()), transaction.atomic():
        for agency_id, rows in _due(local).items():
            if not _works(agency_id, local.date()):
                continue
            for card in list_officers(agency_id, local.date()):
                told += _tell(card, [row for row in rows if _concerns(row, card)], local)
    return told


def _due(local: dt.datetime) -> dict[int, list[Petition]]:
    tonight = local.replace(hour=23, minute=59, second=59)
    found: dict[int, list[Petition]] = defaultdict(list)
    for row in Petition.objects.filter(due_at__lte=tonight).order_by("due_at", "id"):
        found[row.agency_id].append(row)
    return found


def _concerns(row: Petition, card: AppointmentCard) -> bool:
    if row.about_account_id == card.account_id:
        return False
    if Role.LEADER in card.roles:
        return True
    if row.state == PetitionState.PROPOSED or not card.roles & {Role.COUNTER, Role.SPECIALIST}:
        return False
    return row.holder_id == card.id or (row.holder_id is None and row.unit_id in (None, card.unit_id))


def _tell(card: AppointmentCard, rows: list[Petition], local: dt.datetime) -> int:
    if not rows:
        return 0
    lines = [late_line(row.code, PetitionState(row.state), row.due_at, at=local) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines.append(f"và {len(rows) - MOST_LINES} phản ánh khác")
    late = sum(row.due_at is not None and row.due_at < local for row in rows)
    tell(
        event=EVENT,
        object_type="appointment",
        object_id=card.id,
        occurrence=local.date().isoformat(),
        to=Recipient.account(card.account_id),
        template="petitions_late",
        values={"day": local.date(), "late": f"{late}", "due": f"{len(rows) - late}", "lines": lines},
        agency_id=card.agency_id,
        link=reverse("petitions:inbox"),
        at=local,
    )
    return 1


def _works(agency_id: int, on: dt.date) -> bool:
    return add_working_days(calendar_of(agency_id), on - dt.timedelta(days=1), 1) == on
