"""How far dossiers are, for apps that string them together. No personal data, and so no read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from vanlang.dossiers.cards import Progress
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.types import OutcomeKind


def get_progress(dossier_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Progress]:
    """Return how far dossiers are, those that the scope may see, in two queries."""
    rows = Dossier.objects.filter(pk__in=list(dossier_ids)).only(
        "id",
        "code",
        "state",
        "competent_agency_id",
        "received_at",
        "due_at",
        "due_is_forecast",
        "finished_at",
    )
    outcomes = {
        outcome.dossier_id: outcome
        for outcome in Outcome.objects.filter(
            dossier_id__in=[row.pk for row in rows], released_at__isnull=False
        ).order_by("edition")
    }
    return {row.pk: _progress(row, outcomes.get(row.pk)) for row in rows}


def _progress(row: Dossier, outcome: Outcome | None) -> Progress:
    return Progress(
        code=row.code,
        state=State(row.state),
        competent_agency_id=row.competent_agency_id,
        received_at=row.received_at,
        due_at=row.due_at,
        due_is_forecast=row.due_is_forecast,
        finished_at=row.finished_at,
        outcome_kind=OutcomeKind(outcome.kind) if outcome else None,
        outcome_title=outcome.title if outcome else "",
        outcome_file_id=outcome.file_id if outcome else None,
    )
