from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from vanlang.dossiers.api import BulkResult, Moved, Refused, claim
from vanlang.identity.api import Actor
from vanlang.kernel.errors import DomainError


def claim_many(*, dossier_ids: Sequence[uuid.UUID], actor: Actor, at: dt.datetime) -> BulkResult:
    """Take several dossiers out of the unit's tray; each is its own act and transaction."""
    done: list[Moved] = []
    refused: list[Refused] = []
    for dossier_id in dossier_ids:
        try:
            done.append(claim(dossier_id=dossier_id, actor=actor, at=at))
        except DomainError as error:
            refused.append(Refused(dossier_id, error))
    return BulkResult(tuple(done), tuple(refused))
