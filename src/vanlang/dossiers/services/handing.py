from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from vanlang.dossiers.errors import NotAcceptable
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.acting import Moved, complete, open_for
from vanlang.identity.api import Actor, Role, list_officers
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError
from vanlang.organizations.api import list_units


@dataclass(frozen=True, slots=True)
class Refused:
    """One dossier of a bulk act that was left as it is, and why."""

    dossier_id: uuid.UUID
    error: DomainError


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What a bulk act did. Each dossier was its own transaction: the refused ones keep nobody else back."""

    done: tuple[Moved, ...]
    refused: tuple[Refused, ...]


@transaction.atomic
def hand_over(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    unit_id: int | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Put the dossier into the tray of a unit of the competent agency (of the whole agency, for None).

    From a specialist's desk this ends the present step of the process.
    Raises: NotAcceptable("dossiers.unit_not_suitable").
    """
    opening = open_for(
        Act.HAND_OVER, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    _check_unit(opening.row, unit_id, at)
    opening.row.specialist_id = None
    return complete(
        opening, note=note.strip(), holder_unit_id=unit_id, onward=opening.facts.state is State.IN_PROGRESS
    )


@transaction.atomic
def assign(
    *,
    dossier_id: uuid.UUID,
    to_appointment_id: int,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Give the dossier to a specialist of the competent agency by name.

    Raises: NotAcceptable("dossiers.officer_not_suitable") when the appointment has ended or is no specialist's.
    """
    opening = open_for(
        Act.ASSIGN, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    unit_id = check_officer(opening.row, to_appointment_id, Role.SPECIALIST, at)
    opening.row.specialist_id = to_appointment_id
    return complete(opening, note=note.strip(), holder_id=to_appointment_id, holder_unit_id=unit_id)


@transaction.atomic
def claim(
    *, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """Take a dossier out of the unit's tray onto one's own desk."""
    opening = open_for(
        Act.CLAIM, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    opening.row.specialist_id = actor.appointment_id
    return complete(opening, holder_id=actor.appointment_id, holder_unit_id=actor.unit_id)


def hand_over_many(
    *,
    dossier_ids: Sequence[uuid.UUID],
    actor: Actor,
    at: dt.datetime,
    unit_id: int | None = None,
    note: str = "",
) -> BulkResult:
    """Hand over several dossiers; each is its own act and transaction."""
    return _each(
        dossier_ids, lambda key: hand_over(dossier_id=key, actor=actor, at=at, unit_id=unit_id, note=note)
    )


def assign_many(
    *, dossier_ids: Sequence[uuid.UUID], to_appointment_id: int, actor: Actor, at: dt.datetime, note: str = ""
) -> BulkResult:
    """Assign several dossiers; each is its own act and transaction."""
    return _each(
        dossier_ids,
        lambda key: assign(
            dossier_id=key, to_appointment_id=to_appointment_id, actor=actor, at=at, note=note
        ),
    )


def check_officer(row: Dossier, appointment_id: int, role: Role, at: dt.datetime) -> int:
    """
    Return the unit of an officer of the competent agency who has `role` today.

    Raises: NotAcceptable("dossiers.officer_not_suitable").
    """
    officers = list_officers(row.competent_agency_id, at.astimezone(VIETNAM).date(), role=role)
    found = next((officer for officer in officers if officer.id == appointment_id), None)
    if found is None:
        raise NotAcceptable("dossiers.officer_not_suitable")
    return found.unit_id


def _check_unit(row: Dossier, unit_id: int | None, at: dt.datetime) -> None:
    if unit_id is None:
        return
    units = list_units(row.competent_agency_id, at.astimezone(VIETNAM).date())
    if unit_id not in {unit.id for unit in units}:
        raise NotAcceptable("dossiers.unit_not_suitable")


def _each(dossier_ids: Sequence[uuid.UUID], act: Callable[[uuid.UUID], Moved]) -> BulkResult:
    done: list[Moved] = []
    refused: list[Refused] = []
    for dossier_id in dossier_ids:
        try:
            done.append(act(dossier_id))
        except DomainError as error:
            refused.append(Refused(dossier_id, error))
    return BulkResult(tuple(done), tuple(refused))
