"""The day's money: reserved before a message leaves, given back when it was not taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.models import DailyCap, Spending
from vanlang.notifications.rules.money import affordable


def reserve(*, agency_id: int, costs: Sequence[int], at: dt.datetime) -> int:
    """Return how many of the first `costs` the day's caps allow, and count them as spent. Call it in a transaction."""
    if not any(costs):
        return len(costs)
    caps: dict[int | None, int] = dict(
        DailyCap.objects.filter(of(agency_id) | of(None)).values_list("agency_id", "daily_vnd")
    )
    rows = _rows(agency_id, at)
    allowed = min(affordable(costs, spent=row.spent_vnd, caps=[caps.get(row.agency_id)]) for row in rows)
    spent = sum(costs[:allowed])
    Spending.objects.filter(pk__in=[row.pk for row in rows]).update(spent_vnd=F("spent_vnd") + spent)
    return allowed


def give_back(*, agency_id: int, vnd: int, on: dt.date) -> None:
    """Take `vnd` off what was spent on a day: the provider did not earn it."""
    if vnd:
        for whose in (agency_id, None):
            Spending.objects.filter(of(whose), on=on, spent_vnd__gte=vnd).update(
                spent_vnd=F("spent_vnd") - vnd
            )


def day_of(at: dt.datetime) -> dt.date:
    return at.astimezone(VIETNAM).date()


def _rows(agency_id: int, at: dt.datetime) -> list[Spending]:
    """Return the day's rows of the agency and of the province, locked in one order."""
    on = day_of(at)
    Spending.objects.bulk_create(
        [Spending(agency_id=agency_id, on=on), Spending(agency_id=None, on=on)], ignore_conflicts=True
    )
    found = Spending.objects.select_for_update().filter(on=on)
    return [*found.filter(of(agency_id)), *found.filter(of(None))]


def of(agency_id: int | None) -> Q:
    """Whose a row is: one agency's, or (None) the province's."""
    return Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)


@transaction.atomic
def set_cap(*, agency_id: int | None, daily_vnd: int | None, actor: Actor, at: dt.datetime) -> None:
    """Set or lift (None) what an agency, or the province, may spend in a day."""
    with acting(Scope.system()):
        if daily_vnd is None:
            DailyCap.objects.filter(of(agency_id)).delete()
        else:
            cap = DailyCap.objects.filter(of(agency_id)).first() or DailyCap(agency_id=agency_id)
            cap.daily_vnd, cap.changed_at = daily_vnd, at
            cap.save()
    record_act(
        act="notifications.set_cap", actor=actor, object_type="agency", object_id=agency_id or 0, at=at,
        facts={"daily_vnd": daily_vnd},
    )  # fmt: skip
