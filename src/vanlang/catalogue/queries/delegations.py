"""Decisions that say who settles what: their history, and what they would overlap with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from vanlang.catalogue.errors import UnknownProcedureError
from vanlang.catalogue.models import Competence, Delegation
from vanlang.catalogue.rules.competence import delegation_state
from vanlang.catalogue.types import DelegationCard, Level
from vanlang.organizations.api import get_agencies


@dataclass(frozen=True, slots=True)
class Overlap:
    """A decision that rules a procedure at a place and on a day that another one would rule too."""

    procedure: str
    decision: str


def list_delegations(on: date, *, procedure_code: str = "") -> tuple[DelegationCard, ...]:
    """Return every delegation, the newest first; with a code, those of one procedure."""
    rows = Delegation.objects.prefetch_related("competences__procedure").order_by("-valid_from", "-id")
    if procedure_code:
        rows = rows.filter(competences__procedure__code=procedure_code).distinct()
    found = list(rows)
    agencies = {
        key
        for row in found
        for line in row.competences.all()
        for key in (line.commune_id, line.agency_id)
        if key is not None
    }
    names = {key: card.short_name for key, card in get_agencies(agencies, on).items()}
    return tuple(_card(row, names, on) for row in found)


def get_delegation(delegation_id: int, on: date) -> DelegationCard:
    """Return one delegation. Raises: UnknownProcedureError."""
    card = next((one for one in list_delegations(on) if one.id == delegation_id), None)
    if card is None:
        raise UnknownProcedureError(procedure=str(delegation_id))
    return card


def find_overlap(
    procedure_ids: Iterable[int], communes: Sequence[int], valid_from: date, valid_to: date | None
) -> Overlap | None:
    """Return the first line that rules one of these procedures at one of these places in the period, or None."""
    rows = Competence.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), procedure_id__in=list(procedure_ids)
    )
    if valid_to is not None:
        rows = rows.filter(valid_from__lt=valid_to)
    if communes:
        rows = rows.filter(Q(commune__isnull=True) | Q(commune_id__in=communes))
    row = rows.select_related("procedure").order_by("procedure__code", "id").first()
    return None if row is None else Overlap(row.procedure.code, row.decision)


def _card(row: Delegation, names: dict[int, str], on: date) -> DelegationCard:
    lines = list(row.competences.all())
    return DelegationCard(
        id=row.pk,
        decision=row.decision,
        decided_on=row.decided_on,
        abstract=row.abstract,
        level=Level(row.level),
        agency=names.get(row.agency_id, "") if row.agency_id is not None else "",
        procedures=tuple(sorted({line.procedure.code for line in lines})),
        communes=tuple(sorted({names[line.commune_id] for line in lines if line.commune_id is not None})),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        ended_on=row.ended_on,
        ended_by=row.ended_by,
        state=delegation_state(
            valid_from=row.valid_from, valid_to=row.valid_to, ended_on=row.ended_on, on=on
        ),
    )
