"""What becomes of a petition: said what it is, brought to who must answer it, taken, or not taken."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.identity.api import Actor, AppointmentCard, Role, get_appointments, list_officers
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.organizations.api import AgencyKind, get_agency, get_unit
from vanlang.petitions.errors import PetitionNotAcceptableError
from vanlang.petitions.events import PetitionAccepted, PetitionClosed
from vanlang.petitions.models import Petition
from vanlang.petitions.queries.access import access_petition, visible_to
from vanlang.petitions.queries.likeness import repeats_of
from vanlang.petitions.services import timing
from vanlang.petitions.services.acting import Step, step
from vanlang.petitions.types import (
    Moved,
    PetitionAct,
    PetitionGround,
    PetitionKind,
    PetitionState,
    RepeatGround,
)


@transaction.atomic
def classify(
    *,
    petition_id: uuid.UUID,
    kind: PetitionKind,
    repeats: uuid.UUID | None = None,
    about: int | None = None,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Say what a petition is, whether it repeats an earlier one that the officer can see, and which officer it complains of.

    Whom it is about (an appointment of the agency that holds it) sees and handles none of it from now on.
    Raises: PetitionNotAcceptableError for a repetition of what is not alike, or nobody's appointment; as `step`.
    """
    act = step(petition_id, PetitionAct.CLASSIFY, actor=actor, at=at, expected_version=expected_version)
    act.row.kind = kind
    act.row.repeats_id, act.row.repeat_ground = _repeated(act.row, repeats, actor)
    _name(act.row, about, at)
    return act.finish(kind=kind, repeats=repeats is not None, about=about)


def _name(row: Petition, about: int | None, at: dt.datetime) -> None:
    """Write down whom it is about, and take it out of their hands."""
    if about is None:
        row.about_id, row.about_account_id = None, None
        return
    card = get_appointments([about]).get(about)
    here = {one.id for one in list_officers(row.agency_id, at.astimezone(VIETNAM).date())}
    if card is None or (about != row.about_id and about not in here):
        raise PetitionNotAcceptableError("petitions.no_such_officer_here")
    row.about_id, row.about_account_id = about, card.account_id
    row.holder_id = None if row.holder_id == about else row.holder_id
    row.leader_id = None if row.leader_id == about else row.leader_id


def _repeated(row: Petition, repeats: uuid.UUID | None, actor: Actor) -> tuple[uuid.UUID | None, str]:
    if repeats is None:
        return None, ""
    if repeats == row.repeats_id:
        return repeats, row.repeat_ground
    found = {one.id: one.ground for one in repeats_of(row, visible_to(actor))}
    refuse_if(None if repeats in found else Refusal("petitions.not_alike"), PetitionNotAcceptableError)
    return repeats, RepeatGround(found[repeats])


@transaction.atomic
def route(
    *,
    petition_id: uuid.UUID,
    agency_id: int,
    note: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Bring a petition to the agency that must answer it; its clock of deciding begins there, the one of handling runs on.

    One about a leader of the agency goes above them, to the province.
    Raises: PetitionNotAcceptableError, UnknownAgencyError; as `step`.
    """
    act = step(petition_id, PetitionAct.ROUTE, actor=actor, at=at, expected_version=expected_version)
    refuse_if(Refusal("petitions.routed_to_itself") if agency_id == act.row.agency_id else None, PetitionNotAcceptableError)  # fmt: skip
    above = get_agency(agency_id, at.astimezone(VIETNAM).date())
    refuse_if(Refusal("petitions.route_above") if act.facts.against_leader and above.kind is not AgencyKind.PROVINCE else None, PetitionNotAcceptableError)  # fmt: skip
    came_from = act.row.agency_id
    act.row.agency_id, act.row.unit_id, act.row.holder_id, act.row.leader_id = agency_id, None, None, None
    act.row.arrived_at = at
    timing.start(act.row)
    return act.finish(note=note.strip(), from_agency=came_from, to_agency=agency_id)


@transaction.atomic
def assign(
    *,
    petition_id: uuid.UUID,
    unit_id: int | None,
    appointment_id: int | None,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """Give a petition to a unit or an officer of the agency. Raises: PetitionNotAcceptableError; as `step`."""
    act = step(petition_id, PetitionAct.ASSIGN, actor=actor, at=at, expected_version=expected_version)
    if appointment_id is not None:
        officers = list_officers(act.row.agency_id, at.astimezone(VIETNAM).date())
        card = next((one for one in officers if one.id == appointment_id), None)
        refuse_if(None if card and card.roles & {Role.COUNTER, Role.SPECIALIST} else Refusal("petitions.no_such_officer"), PetitionNotAcceptableError)  # fmt: skip
        refuse_if(about_them(act.row, card), PetitionNotAcceptableError)
        unit_id = card.unit_id if card else unit_id
    elif not _is_unit_of(unit_id, act.row.agency_id):
        raise PetitionNotAcceptableError("petitions.no_such_unit")
    act.row.unit_id, act.row.holder_id = unit_id, appointment_id
    return act.finish(unit=unit_id, appointment=appointment_id)


def about_them(row: Petition, card: AppointmentCard | None) -> Refusal | None:
    """Return why it is not given to an officer: it is about them."""
    is_about = card is not None and row.about_account_id == card.account_id
    return Refusal("petitions.given_to_whom_it_is_about") if is_about else None


def _is_unit_of(unit_id: int | None, agency_id: int) -> bool:
    unit = get_unit(unit_id) if unit_id else None
    return unit is not None and unit.agency_id == agency_id


@transaction.atomic
def accept(
    *, petition_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """Take a petition to be handled here; who takes it holds it, unless it was given to somebody."""
    act = step(petition_id, PetitionAct.ACCEPT, actor=actor, at=at, expected_version=expected_version)
    _decide(act)
    if act.row.holder_id is None and act.row.unit_id is None:
        act.row.holder_id, act.row.unit_id = actor.appointment_id, actor.unit_id
    moved = act.finish()
    events.publish(PetitionAccepted(at=at, petition_id=moved.id, number=moved.version))
    return moved


def refuse(
    *,
    petition_id: uuid.UUID,
    ground: PetitionGround,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """Refuse a petition; the sender reads ground and reason. Raises: PetitionNotAcceptableError; as `step`."""
    return _end(PetitionAct.REFUSE, petition_id, ground, reason, actor, at, expected_version)


def return_petition(
    *, petition_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """Give a petition back that belongs to no agency of this house. Raises: PetitionNotAcceptableError; as `step`."""
    return _end(PetitionAct.RETURN, petition_id, PetitionGround.NOT_HERE, reason, actor, at, expected_version)


@transaction.atomic
def refer(
    *, petition_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """Tell the sender where a rating, a complaint or a denunciation belongs, and handle it no further."""
    act = step(petition_id, PetitionAct.REFER, actor=actor, at=at, expected_version=expected_version)
    _decide(act)
    act.row.handle_due_at = None
    moved = act.finish(kind=act.row.kind)
    events.publish(PetitionClosed(at=at, petition_id=moved.id, number=moved.version))
    return moved


@transaction.atomic
def merge(
    *,
    petition_id: uuid.UUID,
    into: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    Let an earlier petition of the same agency answer for a repeated one.

    Raises: PetitionNotAcceptableError when the other is not one that it repeats, or will have no answer; as `step`.
    """
    act = step(petition_id, PetitionAct.MERGE, actor=actor, at=at, expected_version=expected_version)
    leading = access_petition(into, actor=actor)
    refuse_if(_why_not_into(act.row, leading), PetitionNotAcceptableError)
    act.row.repeats_id, act.row.repeat_ground = _repeated(act.row, into, actor)
    act.row.merged_into_id = leading.pk
    _decide(act)
    act.row.handle_due_at = None
    moved = act.finish(into=str(leading.pk))
    events.publish(PetitionClosed(at=at, petition_id=moved.id, number=moved.version))
    return moved


_NO_ANSWER = frozenset(
    {PetitionState.REFUSED, PetitionState.RETURNED, PetitionState.REFERRED, PetitionState.MERGED}
)


def _why_not_into(row: Petition, leading: Petition) -> Refusal | None:
    if leading.pk == row.pk:
        return Refusal("petitions.not_alike")
    if PetitionState(leading.state) in _NO_ANSWER:
        return Refusal("petitions.merged_into_nothing", {"code": leading.code})
    return None


@transaction.atomic
def _end(
    what: PetitionAct,
    petition_id: uuid.UUID,
    ground: PetitionGround,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None,
) -> Moved:
    act = step(petition_id, what, actor=actor, at=at, expected_version=expected_version)
    said = reason.strip()
    refuse_if(None if said else Refusal("petitions.without_reason"), PetitionNotAcceptableError)
    act.row.ground = ground
    _decide(act)
    act.row.handle_due_at = None
    moved = act.finish(note=said, ground=ground)
    events.publish(PetitionClosed(at=at, petition_id=moved.id, number=moved.version))
    return moved


def _decide(act: Step) -> None:
    """Stop the first clock: it was decided whether this is handled here."""
    act.row.decided_at = act.row.decided_at or act.at
