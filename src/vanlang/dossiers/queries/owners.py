from __future__ import annotations

import datetime as dt

from vanlang.dossiers import labels
from vanlang.dossiers.cards import Owner
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.types import OwnerKind
from vanlang.identity.api import get_appointments
from vanlang.organizations.api import AgencyCard, list_units


def owner_of(row: Dossier, agencies: dict[int, AgencyCard], *, on: dt.date, with_name: bool = True) -> Owner:
    """Return who must act next. Citizens are shown unit or role, not an officer's name (`with_name=False`)."""
    party = Party(row.waits_for) if row.waits_for else None
    if party is None or row.lies_at_id is None:
        return Owner(kind=OwnerKind.NOBODY, party=None, agency_id=None, agency="", name="")
    agency = agencies[row.lies_at_id].short_name
    if party is Party.APPLICANT:
        return Owner(
            kind=OwnerKind.APPLICANT, party=party, agency_id=row.lies_at_id, agency=agency, name="người nộp"
        )
    kind, name = _holder(row, party, on, with_name=with_name)
    return Owner(
        kind=kind,
        party=party,
        agency_id=row.lies_at_id,
        agency=agency,
        name=name,
        appointment_id=row.holder_id,
        unit_id=row.holder_unit_id,
    )


def _holder(row: Dossier, party: Party, on: dt.date, *, with_name: bool) -> tuple[OwnerKind, str]:
    if row.holder_id is not None and with_name:
        officer = get_appointments([row.holder_id])[row.holder_id]
        return OwnerKind.OFFICER, f"{officer.name} ({officer.unit_name})"
    if row.holder_unit_id is not None and row.lies_at_id is not None:
        units = {int(unit.id): unit.name for unit in list_units(row.lies_at_id, on)}
        if row.holder_unit_id in units:
            return OwnerKind.UNIT, units[row.holder_unit_id]
    return OwnerKind.ROLE, labels.PARTIES[party].lower()


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
