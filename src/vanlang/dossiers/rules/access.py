"""
Who may see a dossier, and who somebody is to it. One rule, read three ways.

`sight_of` says what a viewer may see, as a value. `sees` reads it for one dossier, `queries` turns the same value
into the filter of a list, and row-level security in the database repeats it underneath; a property test
compares the three. Deny by default: who has no line here sees nothing.

Law: unverified
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from vanlang.dossiers.rules.states import OPEN, Hat, Party, State
from vanlang.dossiers.rules.transitions import Standing
from vanlang.kernel.errors import Refusal

OFFICERS = frozenset({Party.COUNTER, Party.SPECIALIST, Party.LEADER, Party.CLERK})
"""Capacities that read dossiers. Administrators and catalogue editors have none of them."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A colleague on leave in whose place a viewer works."""

    appointment_id: int
    unit_id: int
    parties: frozenset[Party]
    """In which capacities."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody, reduced to what the rules ask."""

    parties: frozenset[Party]
    person_id: UUID | None = None
    appointment_id: int | None = None
    agency_id: int | None = None
    unit_id: int | None = None
    stands_for: tuple[StandIn, ...] = ()
    entity_id: UUID | None = None
    """The legal entity for which a citizen acts."""

    @property
    def appointments(self) -> frozenset[int]:
        """The viewer's own appointment and those of the colleagues they stand for."""
        own = frozenset() if self.appointment_id is None else frozenset({self.appointment_id})
        return own | {one.appointment_id for one in self.stands_for}


@dataclass(frozen=True, slots=True)
class Places:
    """Where a dossier lies and whose it is. The three agencies are three facts even when they are one agency."""

    intake_agency_id: int
    competent_agency_id: int
    return_agency_id: int
    applicant_id: UUID | None
    """None for a legal entity: then `applicant_entity_id`."""
    operator_id: UUID | None
    """The citizen who filed it; None when an officer typed it."""
    holder_unit_id: int | None = None
    """The unit in whose tray it lies; None: of the whole agency."""
    holder_id: int | None = None
    """The appointment that holds it by name."""
    specialist_id: int | None = None
    """The appointment that works on it, also while it lies elsewhere."""
    applicant_entity_id: UUID | None = None
    subject_id: UUID | None = None
    """Whose matter it is, when a person's."""
    is_represented: bool = False
    """Filed by a representative of the legal entity: they see it only while they act for the entity."""
    advisers: frozenset[int] = frozenset()
    """Other agencies whose opinion is awaited."""
    advising_units: frozenset[int] = frozenset()
    """Units of the competent agency whose opinion is awaited."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer may see: everything, an agency's dossiers, those of one person and of whom they act for, or nothing."""

    everything: bool = False
    agency_id: int | None = None
    person_id: UUID | None = None
    entity_id: UUID | None = None


NOTHING = Sight()


def sight_of(viewer: Viewer) -> Sight:
    """Return what `viewer` may see. The one rule of reading."""
    if Party.SYSTEM in viewer.parties:
        return Sight(everything=True)
    if viewer.parties & OFFICERS and viewer.agency_id is not None:
        return Sight(agency_id=viewer.agency_id)
    if Party.APPLICANT in viewer.parties and viewer.person_id is not None:
        return Sight(person_id=viewer.person_id, entity_id=viewer.entity_id)
    return NOTHING


def sees(sight: Sight, places: Places) -> bool:
    """Tell whether `sight` covers the dossier at `places`."""
    if sight.everything:
        return True
    if sight.agency_id is not None:
        return bool(hats_of(sight.agency_id, places))
    if sight.entity_id is not None and sight.entity_id == places.applicant_entity_id:
        return True
    own = {places.applicant_id} if places.is_represented else {places.applicant_id, places.operator_id}
    return sight.person_id is not None and sight.person_id in own


def hats_of(agency_id: int | None, places: Places) -> frozenset[Hat]:
    """Return the hats that an agency wears at a dossier; none means it does not sit there."""
    worn = {
        Hat.INTAKE: {places.intake_agency_id},
        Hat.COMPETENT: {places.competent_agency_id},
        Hat.OPINION: places.advisers,
        Hat.RETURN: {places.return_agency_id},
    }
    return frozenset(hat for hat, seated in worn.items() if agency_id in seated)


def standing_of(viewer: Viewer, places: Places) -> Standing:
    """Return who `viewer` is to the dossier at `places`, as the table of transitions asks it."""
    parties = viewer.parties
    if parties & OFFICERS or not sees(_own_of(viewer), places):
        parties = parties - {Party.APPLICANT}  # nobody acts as the applicant while working in an office
    appointments = viewer.appointments
    units = {viewer.unit_id, *(one.unit_id for one in viewer.stands_for)}
    return Standing(
        parties=parties,
        hats=hats_of(viewer.agency_id, places),
        holds=bool(appointments & {places.holder_id, places.specialist_id}),
        in_unit=places.holder_unit_id is None or places.holder_unit_id in units,
        prepared=places.specialist_id in appointments,
        asked=bool(units & places.advising_units),
        own=bool(parties & OFFICERS)
        and viewer.person_id is not None
        and viewer.person_id in {places.applicant_id, places.subject_id},
    )


def instead_of(viewer: Viewer, places: Places, party: Party) -> int | None:
    """
    Return the absent colleague in whose place `viewer` acts as `party`, or None for their own work.

    What nobody holds is everybody's own work; only a dossier held by the absent one, or in the tray of a unit that
    is not the viewer's, is handled in their place.
    """
    held_by = places.holder_id
    if party is Party.SPECIALIST and held_by is None:
        held_by = places.specialist_id
    if held_by is not None and held_by == viewer.appointment_id:
        return None
    able = [one for one in viewer.stands_for if party in one.parties]
    if held_by is not None:
        return next((one.appointment_id for one in able if one.appointment_id == held_by), None)
    if places.holder_unit_id in {None, viewer.unit_id}:
        return None
    return next((one.appointment_id for one in able if one.unit_id == places.holder_unit_id), None)


def _own_of(viewer: Viewer) -> Sight:
    return Sight(person_id=viewer.person_id, entity_id=viewer.entity_id)


_SCANNERS = frozenset({Party.COUNTER, Party.SPECIALIST})


def may_add_scans(state: State, standing: Standing) -> Refusal | None:
    """
    Return why scans of its papers may not be added to a dossier, or None.

    No legal act: nothing moves. Counter and specialists of the agencies that take in, decide or return may do it while
    the dossier is open.
    """
    if standing.own:
        return Refusal("dossiers.scans_own_dossier")
    if not standing.parties & _SCANNERS or not standing.hats - {Hat.OPINION}:
        return Refusal("dossiers.scans_not_for_role")
    return None if state in OPEN else Refusal("dossiers.scans_too_late")
