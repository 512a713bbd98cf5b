"""Which dossiers lie still, and which findings of that are open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from vanlang.calendars import api as calendars
from vanlang.dossiers import labels
from vanlang.dossiers.cards import StuckCard
from vanlang.dossiers.models import Alarm, Dossier
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.queries.owners import Names, owner_of
from vanlang.dossiers.queries.pages import timeliness_of
from vanlang.dossiers.queries.proof import list_violations
from vanlang.dossiers.rules import masking
from vanlang.dossiers.rules.states import PAUSED, UNFINISHED, State
from vanlang.dossiers.rules.stuck import GRAVITY, STILL_DAYS, StuckReason
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting

_ACTING = sorted(UNFINISHED - PAUSED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One dossier and one reason for which it could lie still."""

    dossier_id: uuid.UUID
    reason: StuckReason


def list_findings(at: dt.datetime) -> list[Finding]:
    """Return every reason for which an open dossier is stuck at an instant, each once."""
    found = (Finding(one.dossier_id, one.reason) for one in list_violations(at))
    return list(dict.fromkeys((*found, *_standing_still(at))))


def _standing_still(at: dt.datetime) -> Iterator[Finding]:
    """Nothing moved since a planned end that is `STILL_DAYS` working days ago. Whoever waits for others is left out."""
    bound = still_before(at)
    rows = (
        Dossier.objects.filter(state__in=_ACTING, moved_at__lt=bound)
        .annotate(planned_at=Coalesce("step_due_at", "due_at", "answer_due_at"))
        .filter(planned_at__lt=bound)
    )
    for key in rows.order_by("id").values_list("id", flat=True):
        yield Finding(key, StuckReason.STANDS_STILL)


def still_before(at: dt.datetime) -> dt.datetime:
    """Return the instant that is `STILL_DAYS` working days before `at`, at the same time of day."""
    local = at.astimezone(VIETNAM)
    on = calendars.add_working_days(calendars.calendar_of(None), local.date(), -STILL_DAYS)
    return dt.datetime.combine(on, local.time(), tzinfo=VIETNAM)


def list_stuck(agency_id: int, at: dt.datetime) -> tuple[StuckCard, ...]:
    """
    Return the dossiers that are stuck at an agency, or at one that it continues: alarms first, the oldest first.

    Asked in the scope of an officer of the agency, or of the system; masked, so no read. A dossier stands once, with
    every reason. Findings are renewed by a job each hour.
    """
    found: dict[uuid.UUID, list[Alarm]] = {}
    rows = Alarm.objects.filter(agency_id=agency_id, closed_at__isnull=True)
    for row in rows.order_by("since", "id"):
        found.setdefault(row.dossier_id, []).append(row)
    with acting(Scope.system()):  # of the agencies that it continues, it sees no seat
        cards = _cards(found, at)
    return tuple(sorted(cards, key=lambda card: (not card.is_alarm, card.since, card.dossier_id)))


def count_stuck(agency_id: int) -> int:
    """Return how many dossiers of an agency stand under an alarm."""
    rows = Alarm.objects.filter(agency_id=agency_id, closed_at__isnull=True, raised_at__isnull=False)
    return rows.values("dossier_id").distinct().count()


def _cards(found: dict[uuid.UUID, list[Alarm]], at: dt.datetime) -> Iterable[StuckCard]:
    rows = list(Dossier.objects.filter(pk__in=found))
    names = Names.of(rows, at)
    return [_card(row, found[row.pk], names, at) for row in rows]


def _card(row: Dossier, alarms: list[Alarm], names: Names, at: dt.datetime) -> StuckCard:
    reasons = sorted((StuckReason(alarm.reason) for alarm in alarms), key=GRAVITY.__getitem__)
    since = min(alarm.since for alarm in alarms)
    state = State(row.state)
    return StuckCard(
        dossier_id=row.pk,
        code=row.code,
        version=row.version,
        procedure_name=row.procedure_name,
        applicant=masking.mask_name(row.applicant_name),
        state=state,
        state_label=labels.STATES[state],
        owner=owner_of(row, names),
        competent_agency_id=row.competent_agency_id,
        reasons=tuple(reasons),
        unit=names.units.get(row.holder_unit_id, "") if row.holder_unit_id is not None else "",
        step_name=process[row.position].name if (process := process_of(row)) else "",
        sentences=tuple(labels.STUCK[reason] for reason in reasons),
        since=since,
        working_days=calendars.remaining(
            calendars.calendar_of(row.competent_agency_id), due_at=since, at=at
        ).working_days,
        is_alarm=any(alarm.raised_at is not None for alarm in alarms),
        due_at=row.due_at or row.answer_due_at,
        timeliness=timeliness_of(row, at),
    )
