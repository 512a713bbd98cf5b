"""What anybody may see who holds a printed code: one dossier, masked. Asked as the system, for exactly one row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from vanlang.dossiers import labels
from vanlang.dossiers.cards import PublicStatus
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import Dossier, Outcome, SupplementItem
from vanlang.dossiers.queries.owners import Names, owner_of, status_of
from vanlang.dossiers.queries.pages import phases_of_row, timeliness_of
from vanlang.dossiers.rules import masking
from vanlang.dossiers.rules.states import Party, State
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting


def get_by_public_token(token: str, *, at: dt.datetime) -> PublicStatus:
    """
    Return what the code printed on a receipt or an issued outcome proves: that it is ours, and what it is.

    Raises: DossierNotFound.
    """
    with acting(Scope.system()):
        outcome = (
            Outcome.objects.filter(token=token, released_at__isnull=False)
            .select_related("dossier", "replaced_by")
            .first()
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
        phases=phases_of_row(row),
        is_being_corrected=row.reopened_at is not None,
        **(_worth(outcome, at) if outcome else {}),
        outcome_title=outcome.title if outcome else "",
        outcome_number=outcome.number if outcome else "",
        outcome_document_id=outcome.document_id if outcome else None,
        released_at=outcome.released_at if outcome else row.released_at,
    )


def _worth(outcome: Outcome, at: dt.datetime) -> dict[str, Any]:
    """Return what an issued outcome is worth on a day: replaced, revoked, expired, or none of these."""
    by = outcome.replaced_by
    on = at.astimezone(VIETNAM).date()
    return {
        "expires_on": outcome.expires_on,
        "is_expired": outcome.expires_on is not None and on >= outcome.expires_on,
        "revoked_on": outcome.revoked_on,
        "revocation_number": outcome.revocation_number,
        "replaced_at": outcome.replaced_at,
        "replaced_by": ", ".join(part for part in (by.title, by.number and f"số {by.number}") if part)
        if by
        else "",
        "replaced_by_token": by.token if by else "",
    }


def _asked(row: Dossier) -> tuple[str, ...]:
    """Return what the citizen is asked for now, by label."""
    if row.waits_for != Party.APPLICANT:
        return ()
    items = SupplementItem.objects.filter(dossier=row, request__answered_at__isnull=True).order_by("position")
    return tuple(items.values_list("label", flat=True))
