from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from vanlang.dossiers import labels
from vanlang.dossiers.cards import Owner
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.types import OwnerKind
from vanlang.identity.api import get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import AgencyCard, get_agencies, list_units


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the agencies and units at which some dossiers lie: asked once, whatever their number."""

    agencies: dict[int, AgencyCard]
    units: dict[int, str]

    @classmethod
    def of(cls, rows: Iterable[Dossier], at: dt.datetime) -> Names:
        rows, on = list(rows), at.astimezone(VIETNAM).date()
        seated = {agency_id for row in rows for agency_id in _seated(row)}
        trays = {
            row.lies_at_id for row in rows if row.holder_unit_id is not None and row.lies_at_id is not None
        }
        units = {int(unit.id): unit.name for agency_id in sorted(trays) for unit in list_units(agency_id, on)}
        return cls(get_agencies(seated, on), units)


def _seated(row: Dossier) -> set[int]:
    return {row.intake_agency_id, row.competent_agency_id, row.return_agency_id, *row.advisers}


def owner_of(row: Dossier, names: Names, *, with_name: bool = True) -> Owner:
    """Return who must act next. Citizens are shown unit or role, not an officer's name (`with_name=False`)."""
    party = Party(row.waits_for) if row.waits_for else None
    if party is None or row.lies_at_id is None:
        return Owner(kind=OwnerKind.NOBODY, party=None, agency_id=None, agency="", name="")
    kind, name = _holder(row, party, names, with_name=with_name)
    return Owner(
        kind=kind,
        party=party,
        agency_id=row.lies_at_id,
        agency=names.agencies[row.lies_at_id].short_name,
        name=name,
        appointment_id=row.holder_id,
        unit_id=row.holder_unit_id,
    )


def _holder(row: Dossier, party: Party, names: Names, *, with_name: bool) -> tuple[OwnerKind, str]:
    if party is Party.APPLICANT:
        return OwnerKind.APPLICANT, "người nộp"
    if row.holder_id is not None and with_name:
        officer = get_appointments([row.holder_id])[row.holder_id]
        return OwnerKind.OFFICER, f"{officer.name} ({officer.unit_name})"
    if row.holder_unit_id is not None and row.holder_unit_id in names.units:
        return OwnerKind.UNIT, names.units[row.holder_unit_id]
    return OwnerKind.ROLE, labels.party_phrase(party)


def status_of(row: Dossier, owner: Owner) -> str:
    """Return the sentence of a status: where it lies, who holds it, until when."""
    state = State(row.state)
    due_at: dt.datetime | None = row.answer_due_at if state is State.SUBMITTED else row.due_at
    return labels.where_it_lies(
        state=state,
        agency=owner.agency,
        owner_kind=owner.kind,
        owner=owner.name,
        due_at=due_at,
        forecast=row.due_is_forecast,
    )
