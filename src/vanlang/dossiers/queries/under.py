"""Open dossiers by the version they run under, and dossiers by their key in another system: counts and codes, no person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from vanlang.dossiers.models import Adoption, Dossier, Seat
from vanlang.dossiers.rules import lateness
from vanlang.dossiers.rules.states import OPEN, State


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many open dossiers of one version lie in one state at one competent agency."""

    version_id: int
    agency_id: int
    state: State
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open dossiers of one competent agency lie in one state, and how many of them are past their appointment."""

    agency_id: int
    state: State
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An open dossier without its persons: what an editor of the catalogue may know of it."""

    id: uuid.UUID
    code: str
    version_id: int
    agency_id: int
    state: State
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class AdoptedCard:
    """How a dossier that another system had begun stands here."""

    external_code: str
    code: str
    state: State
    agency_id: int
    due_at: dt.datetime | None
    their_due_at: dt.datetime | None
    counted_due_at: dt.datetime | None
    finished_at: dt.datetime | None
    unknown: tuple[str, ...]


def count_open_under(procedure_code: str) -> list[OpenCount]:
    """Return the open dossiers of a procedure by version, agency and state. The caller has the scope to see them."""
    rows = (
        Dossier.objects.filter(procedure_code=procedure_code, state__in=sorted(OPEN))
        .values_list("procedure_version_id", "competent_agency_id", "state")
        .annotate(count=Count("id"))
        .order_by("procedure_version_id", "competent_agency_id", "state")
    )
    return [OpenCount(version, agency, State(state), count) for version, agency, state, count in rows]


def count_standing(at: dt.datetime) -> list[Standing]:
    """
    Return how many dossiers are open, and how many of them late, by who decides and in which state.

    The index of open seats makes it as dear as what is open, not as everything that ever was. The caller has the scope.
    """
    late = Q(finished_at__isnull=True, paused=False, due_at__lt=lateness.overdue_before(at))
    rows = (
        Seat.objects.filter(decides=True)
        .exclude(waits_for="")
        .values_list("agency_id", "state")
        .annotate(count=Count("id"), late=Count("id", filter=late))
    )
    return [
        Standing(agency, State(state), count, late)
        for agency, state, count, late in rows.order_by("agency_id", "state")
    ]


def list_open_under(
    procedure_code: str,
    *,
    version_id: int | None = None,
    agency_id: int | None = None,
    state: State | None = None,
) -> list[OpenLine]:
    """Return the open dossiers of a procedure, the first due first."""
    rows = Dossier.objects.filter(procedure_code=procedure_code, state__in=[state] if state else sorted(OPEN))
    if version_id is not None:
        rows = rows.filter(procedure_version_id=version_id)
    if agency_id is not None:
        rows = rows.filter(competent_agency_id=agency_id)
    found = rows.order_by("due_at", "id").values_list(
        "id", "code", "procedure_version_id", "competent_agency_id", "state", "due_at"
    )
    return [
        OpenLine(pk, code or "", version, agency, State(now), due)
        for pk, code, version, agency, now, due in found
    ]


def find_adopted(system: str, external_codes: Iterable[str] | None = None) -> dict[str, AdoptedCard]:
    """Return how the dossiers of another system stand here, by their code there; all of them for None."""
    rows = Adoption.objects.select_related("dossier").filter(system=system)
    if external_codes is not None:
        rows = rows.filter(external_code__in=list(external_codes))
    return {
        row.external_code: AdoptedCard(
            external_code=row.external_code,
            code=row.dossier.code or "",
            state=State(row.dossier.state),
            agency_id=row.dossier.competent_agency_id,
            due_at=row.dossier.due_at,
            their_due_at=row.their_due_at,
            counted_due_at=row.counted_due_at,
            finished_at=row.dossier.finished_at,
            unknown=tuple(row.unknown),
        )
        for row in rows
    }
