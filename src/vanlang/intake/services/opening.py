"""What every command on a draft asks first: is it yours, is it still open, does its procedure take dossiers today."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings

from vanlang.identity.api import Actor
from vanlang.intake.errors import DraftClosedError, FilingClosedError, NotFileableError
from vanlang.intake.models import Draft
from vanlang.intake.queries import access_draft, why_not_online
from vanlang.kernel.errors import refuse_if


def open_draft(draft_id: uuid.UUID, *, actor: Actor) -> Draft:
    """
    Return the draft, locked, when `actor` may still write on it.

    Raises: DraftNotFoundError, DraftClosedError.
    """
    row = access_draft(draft_id, actor=actor, for_update=True)
    if row.dossier_id is not None:
        raise DraftClosedError
    return row


def require_fileable(version_id: int, on: dt.date, *, case_id: int | None = None) -> None:
    """
    Say no where this portal takes no filings, or nothing can be filed online under the version on that day.

    Raises: FilingClosedError, NotFileableError.
    """
    if not settings.VANLANG_PORTAL_FILING:
        raise FilingClosedError
    refuse_if(why_not_online(version_id, on, case_id=case_id), NotFileableError)


def keep(row: Draft, at: dt.datetime, *changed: str) -> None:
    """Write the changed columns of a draft and the instant of its last change."""
    row.updated_at = at
    row.save(update_fields=[*changed, "updated_at"])
