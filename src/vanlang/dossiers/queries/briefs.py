"""Where dossiers stand, for apps that keep their own things about them. No personal data, and so no read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from vanlang.dossiers import labels
from vanlang.dossiers.cards import DossierBrief
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.queries.access import visible_to
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.types import Channel, OutcomeKind
from vanlang.identity.api import Actor
from vanlang.kernel.scope import Scope, acting

_FACTS = (
    "code",
    "state",
    "version",
    "channel",
    "procedure_version_id",
    "case_id",
    "procedure_code",
    "procedure_name",
    "intake_agency_id",
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


def get_answers(dossier_id: uuid.UUID, keys: Iterable[str], *, actor: Actor) -> dict[str, object]:
    """
    Return some answers of a dossier's form by their keys, if `actor` may see it.

    For keys that are counts and choices: who asks for a person's facts opens the dossier, and that is a read.
    """
    row = Dossier.objects.filter(visible_to(actor), pk=dossier_id).only("answers").first()
    return {key: row.answers[key] for key in keys if key in row.answers} if row is not None else {}


def _brief(row: Dossier, outcome: Outcome | None) -> DossierBrief:
    state = State(row.state)
    return DossierBrief(
        id=row.pk,
        code=row.code,
        version=row.version,
        state=state,
        state_label=labels.STATES[state],
        channel=Channel(row.channel),
        procedure_version_id=row.procedure_version_id,
        case_id=row.case_id,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        intake_agency_id=row.intake_agency_id,
        competent_agency_id=row.competent_agency_id,
        received_at=row.received_at,
        due_at=row.due_at,
        due_is_forecast=row.due_is_forecast,
        finished_at=row.finished_at,
        outcome_kind=OutcomeKind(outcome.kind) if outcome else None,
        outcome_title=outcome.title if outcome else "",
        outcome_file_id=outcome.file_id if outcome else None,
    )


def find_dossier_id(code: str) -> uuid.UUID | None:
    """
    Return the dossier of a code as somebody wrote it, or None. For a link only: nothing of it may be shown to who wrote it.

    Asked as the system, for exactly one row.
    """
    parsed = DossierCode.parse(code)
    with acting(Scope.system()):
        rows = Dossier.objects.filter(code=str(parsed) if parsed else code.strip()).exclude(code="")
        return rows.values_list("pk", flat=True).first()
