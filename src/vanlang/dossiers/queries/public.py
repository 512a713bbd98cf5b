"""What anybody may see who holds a printed code: one dossier, masked. Asked as the system, for exactly one row."""

from __future__ import annotations

import datetime as dt

from vanlang.dossiers import labels
from vanlang.dossiers.cards import PublicStatus
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import Dossier, Outcome, SupplementItem
from vanlang.dossiers.queries.owners import Names, owner_of, status_of
from vanlang.dossiers.queries.pages import timeliness_of
from vanlang.dossiers.rules import masking
from vanlang.dossiers.rules.states import Party, State
from vanlang.kernel.scope import Scope, acting


def get_by_public_token(token: str, *, at: dt.datetime) -> PublicStatus:
    """
    Return what the code printed on a receipt or an issued outcome proves: that it is ours, and what it is.

    Raises: DossierNotFound.
    """
    with acting(Scope.system()):
        outcome = (
            Outcome.objects.filter(token=token, released_at__isnull=False).select_related("dossier").first()
        )
        row = outcome.dossier if outcome else Dossier.objects.filter(receipt_token=token).first()
        if row is None:
            raise DossierNotFound
        return public_status(row, at=at, outcome=outcome)


def public_status(row: Dossier, *, at: dt.datetime, outcome: Outcome | None = None) -> PublicStatus:
    """Return the masked status of a dossier; the caller has checked that it may be shown."""
    names = Names.of([row], at)
    state = State(row.state)
    return PublicStatus(
        code=row.code,
        procedure_name=row.procedure_name,
        applicant=row.applicant_name if row.applicant_entity_id else masking.mask_name(row.applicant_name),
        state=state,
        state_label=labels.CITIZEN_STATES[state],
        status=status_of(row, owner_of(row, names, with_name=False)),
        timeliness=timeliness_of(row, at),
        submitted_at=row.submitted_at,
        received_at=row.received_at,
        due_at=row.due_at,
        due_is_forecast=row.due_is_forecast,
        return_place=names.agencies[row.return_agency_id].name,
        asked=_asked(row),
        outcome_title=outcome.title if outcome else "",
        outcome_number=outcome.number if outcome else "",
        outcome_document_id=outcome.document_id if outcome else None,
        released_at=row.released_at,
    )


def _asked(row: Dossier) -> tuple[str, ...]:
    """Return what the citizen is asked for now, by label."""
    if row.waits_for != Party.APPLICANT:
        return ()
    items = SupplementItem.objects.filter(dossier=row, request__answered_at__isnull=True).order_by("position")
    return tuple(items.values_list("label", flat=True))
