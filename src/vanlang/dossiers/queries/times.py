from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vanlang.calendars import api as calendars
from vanlang.calendars.api import Explanation, Extension, LimitUnit, Pause, PauseReason, TimeLimit
from vanlang.dossiers.models import Dossier, DueChange, Rectification
from vanlang.dossiers.queries.access import access_dossier
from vanlang.dossiers.rules.states import State
from vanlang.identity.api import Actor


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """What a due date is a function of, beside receipt and calendar."""

    limit: TimeLimit
    pauses: tuple[Pause, ...] = ()
    """Ended ones; an open one is `Dossier.paused_at`."""
    extensions: tuple[Extension, ...] = ()


def time_facts(row: Dossier) -> TimeFacts:
    """Return the facts that the due date of `row` rests on."""
    return time_facts_of([row])[row.pk]


def time_facts_of(rows: Sequence[Dossier]) -> dict[uuid.UUID, TimeFacts]:
    """Return the facts that the due dates of received dossiers rest on: one query whatever their number."""
    begun = {row.pk: row.reopened_at or row.received_at for row in rows if row.limit_amount is not None}
    corrections = _limits_of_corrections(row for row in rows if row.reopened_at is not None)
    limits = {
        row.pk: corrections.get(row.pk) or limit_of(row) for row in rows if row.limit_amount is not None
    }
    changes: dict[uuid.UUID, list[DueChange]] = {key: [] for key in limits}
    for change in DueChange.objects.filter(dossier_id__in=limits).order_by("at", "id"):
        since = begun[change.dossier_id]
        if since is None or change.at >= since:
            changes[change.dossier_id].append(change)
    return {key: _facts(limit, changes[key]) for key, limit in limits.items()}


def limit_of(row: Dossier) -> TimeLimit:
    """Return the procedure's time limit as the receipt promised it."""
    assert row.limit_amount is not None  # noqa: S101 - only what was received has a limit
    return TimeLimit(row.limit_amount, LimitUnit(row.limit_unit))


def _limits_of_corrections(rows: Iterable[Dossier]) -> dict[uuid.UUID, TimeLimit]:
    """Return the limits of the corrections that run; no query when none does."""
    keys = [row.pk for row in rows]
    if not keys:
        return {}
    running = Rectification.objects.filter(dossier_id__in=keys, ended_at__isnull=True)
    return {row.dossier_id: TimeLimit(row.limit_days, LimitUnit.WORKING_DAY) for row in running}


def _facts(limit: TimeLimit, changes: Sequence[DueChange]) -> TimeFacts:
    return TimeFacts(
        limit=limit,
        pauses=tuple(
            Pause(change.paused_from_at, change.paused_to_at, PauseReason(change.pause_reason))
            for change in changes
            if change.paused_from_at is not None
        ),
        extensions=tuple(
            Extension(TimeLimit(change.more_amount, LimitUnit(change.more_unit)))
            for change in changes
            if change.more_amount is not None
        ),
    )


def explain_due(reference: uuid.UUID | str, *, actor: Actor) -> Explanation | None:
    """
    Return the due date of a dossier line by line, in Vietnamese; None before receipt.

    Raises: DossierNotFound.
    """
    return explanation_of(access_dossier(reference, actor=actor))


def explanation_of(row: Dossier) -> Explanation | None:
    """Return the due date of an accessed dossier line by line; an open pause is the last line."""
    if row.received_at is None:
        return None
    facts = time_facts(row)
    open_pause = (_open_pause(row, row.paused_at),) if row.paused_at is not None else ()
    return calendars.explain(
        calendars.calendar_of(row.competent_agency_id),
        received_at=row.reopened_at or row.received_at,
        limit=facts.limit,
        pauses=(*facts.pauses, *open_pause),
        extensions=facts.extensions,
    )


def waited_for_in(state: State) -> PauseReason:
    """Return for whom a dossier waits in a state in which the time limit pauses."""
    return PauseReason.OTHER_AGENCY if state is State.AWAITING_OPINION else PauseReason.SUPPLEMENT


def _open_pause(row: Dossier, paused_at: dt.datetime) -> Pause:
    return Pause(paused_at, None, waited_for_in(State(row.state)))
