"""Where dossiers stand, for apps that keep their own things about them. No personal data, and so no read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from vanlang.dossiers import labels
from vanlang.dossiers.cards import DossierBrief
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.queries.access import visible_to
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.types import OutcomeKind
from vanlang.identity.api import Actor

_FACTS = (
    "code",
    "state",
    "version",
    "competent_agency_id",
    "received_at",
    "due_at",
    "due_is_forecast",
    "finished_at",
)


def get_briefs(ids: Iterable[uuid.UUID], *, actor: Actor) -> dict[uuid.UUID, DossierBrief]:
    """Return where dossiers stand, as far as `actor` may see them; the others are left out. Two queries."""
    rows = Dossier.objects.filter(visible_to(actor), pk__in=set(ids)).only(*_FACTS)
    issued = {
        outcome.dossier_id: outcome
        for outcome in Outcome.objects.filter(
            dossier_id__in=[row.pk for row in rows], released_at__isnull=False
        ).order_by("edition")
    }
    return {row.pk: _brief(row, issued.get(row.pk)) for row in rows}


def _brief(row: Dossier, outcome: Outcome | None) -> DossierBrief:
    state = State(row.state)
    return DossierBrief(
        id=row.pk,
        code=row.code,
        version=row.version,
        state=state,
        state_label=labels.STATES[state],
        competent_agency_id=row.competent_agency_id,
        received_at=row.received_at,
        due_at=row.due_at,
        due_is_forecast=row.due_is_forecast,
        finished_at=row.finished_at,
        outcome_kind=OutcomeKind(outcome.kind) if outcome else None,
        outcome_title=outcome.title if outcome else "",
        outcome_file_id=outcome.file_id if outcome else None,
    )
