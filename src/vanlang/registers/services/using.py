"""Let a dossier use an entry instead of a paper: the holder's consent, kept with what was consented to."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import nullcontext

from django.db import transaction

from vanlang.audit.api import record_act, record_read
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.registers.errors import EntryUnusableError
from vanlang.registers.models import EntryUse
from vanlang.registers.queries import find_held


@transaction.atomic
def record_use(
    *,
    entry_id: uuid.UUID,
    dossier_id: uuid.UUID,
    required_document_id: int,
    agency_id: int,
    person_id: uuid.UUID,
    purpose: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """
    Write that `person_id` let the dossier use an entry; the read is logged with its purpose. Once for a paper of a dossier.

    An officer writes it for the holder who stands at the counter, whichever agency issued the entry: their consent opens it.

    Raises: UnknownEntryError for an entry of somebody else, EntryUnusableError with the reason.
    """
    with acting(Scope.system()) if actor.is_officer else nullcontext():
        held = find_held(entry_id, person_id=person_id, on=at.astimezone(VIETNAM).date())
        if held.why_not:
            raise EntryUnusableError(held.why_not)
        _, fresh = EntryUse.objects.get_or_create(
            entry_id=entry_id,
            dossier_id=dossier_id,
            required_document_id=required_document_id,
            defaults={
                "agency_id": agency_id, "person_id": person_id, "purpose": purpose[:500], "sha256": held.sha256,
                "consented_at": at,
            },
        )  # fmt: skip
    if fresh:
        facts = {"dossier": str(dossier_id), "agency": agency_id}
        record_act(
            act="registers.consent",
            actor=actor,
            object_type="register_entry",
            object_id=entry_id,
            at=at,
            facts=facts,
        )
        record_read(
            act="registers.use", actor=actor, object_type="register_entry", object_id=entry_id, purpose=purpose,
            at=at, facts=facts,
        )  # fmt: skip
