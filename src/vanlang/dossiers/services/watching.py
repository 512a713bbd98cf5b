"""
The watch over open dossiers: what could lie still is noted when it is found, and told when it stands.

    watch(at=…)      one transaction; run twice at one instant, the second time finds nothing new

A finding that is gone is closed and stays in the table: how often and how long dossiers were stuck can be counted.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from vanlang.calendars import api as calendars
from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.dossiers.events import DossierStuck
from vanlang.dossiers.models import Alarm, Dossier
from vanlang.dossiers.queries.stuck import Finding, list_findings
from vanlang.dossiers.rules.stuck import ALARM_AFTER_DAYS, StuckReason
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agencies, list_successors

_STANDING = TimeLimit(ALARM_AFTER_DAYS, LimitUnit.WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Watched:
    """What one round did."""

    found: int
    raised: int
    closed: int


@transaction.atomic
def watch(*, at: dt.datetime) -> Watched:
    """Note what is stuck now, close what no longer is, and raise the alarm for what stands longer than a working day."""
    findings = set(list_findings(at))
    known = {
        Finding(row.dossier_id, StuckReason(row.reason)): row
        for row in Alarm.objects.select_for_update().filter(closed_at__isnull=True).order_by("pk")
    }
    over = [row.pk for finding, row in known.items() if finding not in findings]
    Alarm.objects.filter(pk__in=over).update(closed_at=at)
    fresh = [finding for finding in findings if finding not in known]
    Alarm.objects.bulk_create(_rows(fresh, at), ignore_conflicts=True, batch_size=1000)
    raised = [
        row
        for finding, row in known.items()
        if finding in findings and row.raised_at is None and _stands(row, at)
    ]
    for row in raised:
        _raise(row, at)
    return Watched(len(fresh), len(raised), len(over))


def _rows(fresh: list[Finding], at: dt.datetime) -> list[Alarm]:
    places = {
        key: lies_at or competent
        for key, lies_at, competent in Dossier.objects.filter(
            pk__in={finding.dossier_id for finding in fresh}
        ).values_list("pk", "lies_at_id", "competent_agency_id")
    }
    responsible = _responsible(set(places.values()), at.astimezone(VIETNAM).date())
    return [
        Alarm(
            dossier_id=finding.dossier_id,
            agency_id=responsible[places[finding.dossier_id]],
            reason=finding.reason,
            since=at,
        )
        for finding in sorted(fresh, key=lambda one: (one.dossier_id, one.reason))
    ]


def _responsible(agency_ids: set[int], on: dt.date) -> dict[int, int]:
    """Return who must see to what lies at each agency: itself, or the first that continues it."""
    found: dict[int, int] = {}
    for card in get_agencies(agency_ids, on).values():
        heirs = [] if card.is_open else list_successors(card.code, on)
        found[card.id] = heirs[0].id if heirs else card.id
    return found


def _stands(row: Alarm, at: dt.datetime) -> bool:
    until = calendars.due(calendars.calendar_of(row.agency_id), received_at=row.since, limit=_STANDING)
    return until.due_at is not None and at > until.due_at


def _raise(row: Alarm, at: dt.datetime) -> None:
    row.raised_at = at
    row.save(update_fields=["raised_at"])
    dossier_id: uuid.UUID = row.dossier_id
    events.publish(
        DossierStuck(
            at=at, dossier_id=dossier_id, agency_id=row.agency_id, reason=row.reason, since=row.since
        )
    )
