from __future__ import annotations

import datetime as dt
import uuid

from vanlang.audit.api import record_read
from vanlang.dossiers.cards import AttachmentCard, OutcomeInfo
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries import history
from vanlang.dossiers.queries.access import access_dossier, may_scan
from vanlang.identity.api import Actor
from vanlang.kernel.errors import Refusal


def open_paper(
    reference: uuid.UUID | str, *, attachment_id: uuid.UUID, actor: Actor, purpose: str, at: dt.datetime
) -> AttachmentCard:
    """
    Return a paper of a dossier for an officer who is about to look at it. The read is written first.

    Raises: DossierNotFound, also for a paper of another dossier.
    """
    row = access_dossier(reference, actor=actor)
    _record(row, "dossiers.open_paper", {"paper": str(attachment_id)}, actor=actor, purpose=purpose, at=at)
    cards = history.attachment_cards(row.pk)
    card = next((card for card in cards if card.id == attachment_id), None)
    if card is None:
        raise DossierNotFound
    return card


def why_no_scans(reference: uuid.UUID | str, *, actor: Actor) -> Refusal | None:
    """Return why `actor` may not add scans to a dossier, or None. Raises: DossierNotFound."""
    return may_scan(access_dossier(reference, actor=actor), actor)


def open_outcome(
    reference: uuid.UUID | str, *, actor: Actor, purpose: str, at: dt.datetime
) -> OutcomeInfo | None:
    """
    Return the outcome of a dossier for an officer who is about to look at it. The read is written first.

    Raises: DossierNotFound.
    """
    row = access_dossier(reference, actor=actor)
    _record(row, "dossiers.open_outcome", {}, actor=actor, purpose=purpose, at=at)
    return history.outcome_info(row.pk)


def _record(
    row: Dossier, act: str, facts: dict[str, object], *, actor: Actor, purpose: str, at: dt.datetime
) -> None:
    record_read(
        act=act,
        actor=actor,
        object_type="dossier",
        object_id=row.pk,
        purpose=purpose,
        at=at,
        facts={"code": row.code, **facts},
    )
