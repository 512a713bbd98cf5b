from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import lru_cache

from django.db import connection, transaction

from vanlang.dossiers.errors import ActNotPossible, NotAcceptable
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.acting import Moved, complete, open_for, required_text
from vanlang.dossiers.services.filing import file
from vanlang.dossiers.services.terms import terms_of
from vanlang.dossiers.types import Channel, Filing
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.ids import new_id
from vanlang.organizations.api import get_agency

_RECEIVED = (
    "code",
    "received_at",
    "limit_amount",
    "limit_unit",
    "original_due_at",
    "search_key",
    *timing.TIMED,
)

# One statement that both reads and raises: it waits for whoever took the number before, until they commit or roll back.
_NEXT_NUMBER = """
    INSERT INTO dossiers_codecounter AS counter (agency_id, day, last) VALUES (%s, %s, 1)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = counter.last + 1
    RETURNING last
"""


@transaction.atomic
def receive(
    *, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    Receive a filed dossier: it gets its code and its appointment, and the time limit runs.

    The number is taken in this transaction under a lock of agency and day, so there is neither gap nor repeat.
    Raises: ActNotPossible("dossiers.no_time_limit") when the catalogue knows no time limit for this channel.
    Law: unverified
    """
    opening = open_for(
        Act.RECEIVE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    terms = terms_of(row.procedure_version_id)
    limit = terms.limit_for(Channel(row.channel), row.case_id)
    if limit is None:
        raise ActNotPossible("dossiers.no_time_limit", procedure=terms.code)
    timing.start(row, limit=limit, process=terms.process_for(row.case_id), at=at)
    row.code = next_code(agency_id=row.intake_agency_id, at=at)
    row.search_key = f"{row.code.lower()} {row.search_key}"
    return complete(opening, changed=_RECEIVED)


@transaction.atomic
def receive_at_counter(
    *, filing: Filing, actor: Actor, at: dt.datetime, dossier_id: uuid.UUID | None = None
) -> Moved:
    """
    Take in a dossier that was brought to the counter: filed and received in one transaction, two acts in its history.

    Raises: ActNotAllowed, ActNotPossible("dossiers.no_time_limit").
    """
    row: Dossier = file(filing=filing, actor=actor, at=at, dossier_id=dossier_id or new_id())
    return receive(dossier_id=row.pk, actor=actor, at=at)


@transaction.atomic
def refuse(
    *,
    dossier_id: uuid.UUID,
    reasons: Sequence[str],
    actor: Actor,
    at: dt.datetime,
    legal_ground: str = "",
    guidance: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Refuse to receive a filing, with reasons a citizen can read and what to do instead (form 03).

    Raises: NotAcceptable("dossiers.reason_missing").
    """
    opening = open_for(
        Act.REFUSE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said = [reason.strip() for reason in reasons if reason.strip()]
    if not said:
        raise NotAcceptable("dossiers.reason_missing")
    facts = {"reasons": said, "legal_ground": legal_ground.strip(), "guidance": guidance.strip()}
    return complete(opening, note=required_text("; ".join(said)), facts=facts)


def next_code(*, agency_id: int, at: dt.datetime) -> str:
    """Take the next code of an agency and day, in the caller's transaction."""
    day = at.astimezone(VIETNAM).date()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER, [agency_id, day])
        (number,) = cursor.fetchone() or (0,)
    return str(DossierCode(code_of(agency_id, day), day, number))


@lru_cache(maxsize=1024)
def code_of(agency_id: int, on: dt.date) -> str:
    """Return the national code of an agency, which is for ever."""
    return get_agency(agency_id, on).code
