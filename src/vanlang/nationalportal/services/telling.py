"""Write down what the portal must be told, and what it holds."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.db import transaction

from vanlang.connectors.api import Subject, tell_all
from vanlang.dossiers.api import get_briefs, iterate_tellable
from vanlang.identity.api import SYSTEM as THE_HOUSE
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.models import Told
from vanlang.nationalportal.queries.keys import find_filing
from vanlang.nationalportal.queries.money import count_moves
from vanlang.nationalportal.rules.standing import Standing
from vanlang.nationalportal.types import APPOINTMENT, DOSSIER, MONEY, PETITION, PROGRESS, SYSTEM
from vanlang.petitions.api import tell_outside

CHUNK = 500


def tell_dossier(
    *, dossier_id: uuid.UUID, number: int, code: str | None, agency_id: int, at: dt.datetime
) -> int:
    """
    Write down that a dossier moved: its snapshot, and every step up to this one that is not written down yet, in order.

    A dossier without a code is nothing that the portal could know: what happened before its receipt is told with it.
    """
    if code is None and find_filing(dossier_id) is None:
        return 0
    with acting(Scope.system()):
        return tell_all(system=SYSTEM, subjects=subjects_of(dossier_id, number, agency_id), at=at)


def tell_appointment(*, dossier_id: uuid.UUID, edition: int, agency_id: int, at: dt.datetime) -> int:
    """Write down that a calendar moved an appointment: nobody acted, so it counts by the calendar's edition."""
    return _snapshot(APPOINTMENT, dossier_id, edition, agency_id, at)


def tell_money(*, dossier_id: uuid.UUID, agency_id: int, at: dt.datetime) -> int:
    """Write down that something was demanded, paid or given back: it counts by how often money moved."""
    with acting(Scope.system()):
        number = count_moves(dossier_id)
    return _snapshot(MONEY, dossier_id, number, agency_id, at)


def tell_petition(*, petition_id: uuid.UUID, number: int, at: dt.datetime) -> int:
    """Write down that a petition of the portal has an answer, or will have none; nothing for one that came another way."""
    if tell_outside(petition_id) is None:
        return 0
    with acting(Scope.system()):
        return tell_all(system=SYSTEM, subjects=[Subject.of(PETITION, petition_id, number)], at=at)


def tell_range(*, from_at: dt.datetime, to_at: dt.datetime, at: dt.datetime) -> int:
    """
    Write down everything that moved in a half-open span and was never told; return how many messages are new.

    Some hundreds at a time, each by itself: sending begins at once, and what broke off is asked for again.
    """
    new, subjects = 0, list[Subject]()
    for dossier_id, code, version, agency_id in iterate_tellable(from_at=from_at, to_at=to_at):
        if code is not None or find_filing(dossier_id) is not None:
            subjects += subjects_of(dossier_id, version, agency_id)
        if len(subjects) >= CHUNK:
            new += tell_all(system=SYSTEM, subjects=subjects, at=at)
            subjects = []
    return new + tell_all(system=SYSTEM, subjects=subjects, at=at)


def subjects_of(dossier_id: uuid.UUID, version: int, agency_id: int) -> list[Subject]:
    """Return the snapshot of a version, and behind it every step that led there."""
    steps = [Subject.of(PROGRESS, dossier_id, number, agency_id) for number in range(1, version + 1)]
    return [Subject.of(DOSSIER, dossier_id, version, agency_id), *steps]


@transaction.atomic
def note_told(standings: Mapping[uuid.UUID, Standing], *, at: dt.datetime) -> None:
    """Note what the portal holds of dossiers: from now on they are told as updates."""
    rows = [
        Told(
            dossier_id=dossier_id, first_at=at, last_at=at, rest=there.rest or None, days=",".join(sorted(there.days))
        )
        for dossier_id, there in standings.items()
    ]  # fmt: skip
    Told.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["dossier"], update_fields=["last_at", "rest", "days"]
    )


def forget_standings(dossier_ids: Collection[uuid.UUID]) -> None:
    """
    Forget what the portal holds of dossiers that are about to be told.

    Until an answer comes it may hold the old or the new; whoever tells them next without knowing tells them whole.
    """
    Told.objects.filter(dossier_id__in=list(dossier_ids), rest__isnull=False).update(rest=None)


def _snapshot(kind: str, dossier_id: uuid.UUID, number: int, agency_id: int, at: dt.datetime) -> int:
    with acting(Scope.system()):
        brief = get_briefs([dossier_id], actor=THE_HOUSE).get(dossier_id)
        if brief is None or (brief.code is None and find_filing(dossier_id) is None):
            return 0
        return tell_all(system=SYSTEM, subjects=[Subject.of(kind, dossier_id, number, agency_id)], at=at)
