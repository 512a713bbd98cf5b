"""
Moving open work: where a dossier lies after the one who had it is gone.

An officer leaves, a unit is dissolved, an agency is continued by another. For each dossier this says where it lies
afterwards, or why it cannot be moved as ordered. The due date is no part of it: a reorganisation gives nobody more time.

Three outcomes, each a line of the table of transitions, done by the house on an officer's order: it stays in its state
with other people (`TRANSFER`), it goes back into a tray because no specialist takes it over by name (`HAND_OVER`), or
its draft goes back to be written in the name of the agency that decides now (`RETURN_FOR_REWORK`).

Law: unverified
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import FINAL, State
from vanlang.kernel.errors import Refusal

_COMES_BACK = frozenset(
    {
        State.AWAITING_SUPPLEMENT,
        State.AWAITING_OPINION,
        State.AWAITING_OBLIGATION,
        State.PROPOSED,
        State.APPROVED,
        State.SIGNED,
    }
)
"""States from which a dossier returns to its specialist by name: somebody must be named."""
_DECIDED = frozenset({State.PROPOSED, State.APPROVED, State.SIGNED})
"""A draft outcome exists, in the name of the agency that decides."""


@dataclass(frozen=True, slots=True)
class Held:
    """Where a dossier lies, and with whom."""

    state: State
    intake_agency_id: int
    competent_agency_id: int
    return_agency_id: int
    opinion_agency_id: int | None = None
    """Of those asked for an opinion, the one at which the dossier lies."""
    advisers: tuple[int, ...] = ()
    """Agencies that were asked and have not answered."""
    advising_units: tuple[int, ...] = ()
    """Units of the competent agency that were asked and have not answered."""
    holder_id: int | None = None
    holder_unit_id: int | None = None
    specialist_id: int | None = None
    own_of: frozenset[UUID] = frozenset()
    """Persons whose own matter it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """From whom work is taken: officers, trays, or a whole agency."""

    appointments: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """An officer who takes over."""

    appointment_id: int
    unit_id: int
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """To whom it goes."""

    agency_id: int
    unit_id: int | None = None
    specialist: Receiver | None = None
    leader: Receiver | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where it lies afterwards, and by which act it comes there."""

    act: Act
    after: Held


def move_of(held: Held, taken: Taken, given: Given) -> Move | Refusal:
    """Return the move of a dossier from `taken` to `given`, or why it stays."""
    if held.state in FINAL or held.state is State.DRAFT:
        return Refusal("dossiers.transfer_closed")
    after = _agencies(held, taken, given)
    decides_elsewhere = after.competent_agency_id != held.competent_agency_id
    worked_on = _specialist_goes(held, taken) or (decides_elsewhere and held.state in _DECIDED)
    refusal = _refusal(held, after, given, worked_on=worked_on)
    if refusal is not None:
        return refusal
    if worked_on:
        after = replace(after, specialist_id=given.specialist.appointment_id if given.specialist else None)
    act = Act.TRANSFER
    if decides_elsewhere and held.state in _DECIDED and given.specialist is not None:
        act, after = (
            Act.RETURN_FOR_REWORK,
            _on_the_desk_of(replace(after, state=State.IN_PROGRESS), given.specialist),
        )
    elif held.state is State.IN_PROGRESS and worked_on:
        if given.specialist is None:
            act, after = (
                Act.HAND_OVER,
                replace(after, state=State.HANDED_OVER, holder_id=None, holder_unit_id=given.unit_id),
            )
        else:
            after = _on_the_desk_of(after, given.specialist)
    elif held.state is State.HANDED_OVER and (held.holder_unit_id in taken.units or decides_elsewhere):
        after = replace(after, holder_id=None, holder_unit_id=_tray(given))
    elif _leader_goes(held, taken):
        leader = given.leader
        after = replace(
            after,
            holder_id=leader.appointment_id if leader else None,
            holder_unit_id=leader.unit_id if leader else None,
        )
    return Refusal("dossiers.transfer_not_there") if after == held else Move(act, after)


def _agencies(held: Held, taken: Taken, given: Given) -> Held:
    """Put the successor in the agency's place, at each of its seats. Who decided a released outcome stays a fact."""
    if taken.agency_id is None:
        return held

    def new(agency_id: int) -> int:
        return given.agency_id if agency_id == taken.agency_id else agency_id

    if held.state is State.RELEASED:
        return replace(held, return_agency_id=new(held.return_agency_id))
    return replace(
        held,
        intake_agency_id=new(held.intake_agency_id),
        competent_agency_id=new(held.competent_agency_id),
        return_agency_id=new(held.return_agency_id),
        opinion_agency_id=None if held.opinion_agency_id is None else new(held.opinion_agency_id),
        advisers=tuple(new(agency_id) for agency_id in held.advisers),
        advising_units=() if held.competent_agency_id == taken.agency_id else held.advising_units,
    )


def _specialist_goes(held: Held, taken: Taken) -> bool:
    if held.specialist_id is None or held.state is State.RELEASED:
        return False
    return held.specialist_id in taken.appointments or (
        taken.agency_id is not None and taken.agency_id == held.competent_agency_id
    )


def _leader_goes(held: Held, taken: Taken) -> bool:
    """It lies before a leader by name who is among those that go."""
    if held.holder_id is None or held.state not in {State.PROPOSED, State.APPROVED}:
        return False
    return held.holder_id in taken.appointments or (
        taken.agency_id is not None and taken.agency_id == held.competent_agency_id
    )


def _refusal(held: Held, after: Held, given: Given, *, worked_on: bool) -> Refusal | None:
    if after.competent_agency_id in after.advisers or len(set(after.advisers)) < len(set(held.advisers)):
        return Refusal("dossiers.transfer_asks_itself")
    specialist, leader = given.specialist, given.leader
    if worked_on and specialist is None and held.state in _COMES_BACK:
        return Refusal("dossiers.transfer_needs_specialist")
    if worked_on and specialist is not None and specialist.person_id in held.own_of:
        return Refusal("dossiers.transfer_own_dossier")
    keeps = specialist.appointment_id if worked_on and specialist else held.specialist_id
    if (
        leader is not None
        and held.state in _DECIDED
        and (leader.appointment_id == keeps or leader.person_id in held.own_of)
    ):
        return Refusal("dossiers.transfer_leader_prepared")
    return None


def _on_the_desk_of(after: Held, specialist: Receiver) -> Held:
    return replace(
        after,
        holder_id=specialist.appointment_id,
        holder_unit_id=specialist.unit_id,
        specialist_id=specialist.appointment_id,
    )


def _tray(given: Given) -> int | None:
    if given.unit_id is not None:
        return given.unit_id
    return given.specialist.unit_id if given.specialist else None
