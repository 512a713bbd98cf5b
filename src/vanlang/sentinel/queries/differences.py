"""Which differences there are, for whom: an agency's officers see theirs, administrators all."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from contextlib import AbstractContextManager

from django.db.models import Count, Q, QuerySet

from vanlang.identity.api import Actor, ActorKind, Role, get_appointments
from vanlang.kernel.scope import Scope, acting, current
from vanlang.sentinel.errors import DifferenceNotFoundError
from vanlang.sentinel.models import SyncDifference
from vanlang.sentinel.rules.versions import sides_of
from vanlang.sentinel.types import (
    DifferenceCard,
    DifferenceKind,
    DifferencePage,
    DifferenceState,
    Remedy,
    StateOwner,
)

READERS = frozenset({Role.ADMIN, Role.CLERK, Role.COUNTER})
STANDING = (DifferenceState.OPEN, DifferenceState.HEALING)


def visible_to(actor: Actor) -> Q:
    """Return the filter by which lists and objects are found; row-level security repeats it underneath."""
    if actor.has(Role.ADMIN) or actor.kind is ActorKind.SYSTEM:
        return Q()
    return Q(agency_id=actor.agency_id or 0) if actor.roles & READERS else Q(pk__in=[])


def reading_as(actor: Actor) -> AbstractContextManager[Scope]:
    """Ask the database as `actor` may: administrators see every agency's differences, which name nobody."""
    return acting(Scope.system() if actor.has(Role.ADMIN) else current())


def list_differences(
    actor: Actor,
    *,
    system: str = "",
    agency_id: int | None = None,
    kind: DifferenceKind | None = None,
    states: tuple[DifferenceState, ...] = STANDING,
    code: str = "",
) -> QuerySet[SyncDifference]:
    """Return the differences that a filter finds, a person's first, then the oldest. Slice, then `cards_of`."""
    rows = _filtered(actor, system=system, agency_id=agency_id, kind=kind, code=code)
    return rows.filter(state__in=states).order_by("-state", "found_at", "pk")


def met_in(actor: Actor, run_id: uuid.UUID) -> QuerySet[SyncDifference]:
    """Return what a comparison met and has not been settled since."""
    rows = _filtered(actor).filter(seen_in_id=run_id).exclude(state=DifferenceState.SETTLED)
    return rows.order_by("code", "pk")


def cards_of(rows: QuerySet[SyncDifference] | list[SyncDifference]) -> list[DifferenceCard]:
    return [_card(row) for row in rows]


def count_by_kind(
    actor: Actor, *, system: str = "", agency_id: int | None = None
) -> dict[DifferenceKind, int]:
    """Return how many standing differences there are of each kind; one that differs in two ways counts in both."""
    rows = _filtered(actor, system=system, agency_id=agency_id).filter(state__in=STANDING)
    counts = dict.fromkeys(DifferenceKind, 0)
    for kinds, number in rows.values_list("kinds").annotate(Count("pk")).order_by():
        for kind in kinds:
            counts[DifferenceKind(kind)] += number
    return counts


def count_by_agency(actor: Actor, *, system: str = "") -> Mapping[int | None, dict[str, int]]:
    """Return how many differences each agency has, by state."""
    rows = _filtered(actor, system=system).exclude(state=DifferenceState.SETTLED)
    found: dict[int | None, dict[str, int]] = {}
    for agency_id, state, number in (
        rows.values_list("agency_id", "state").annotate(Count("pk")).order_by("agency_id", "state")
    ):
        found.setdefault(agency_id, {})[state] = number
    return found


def count_by_state(
    actor: Actor, *, system: str = "", agency_id: int | None = None
) -> dict[DifferenceState, int]:
    rows = _filtered(actor, system=system, agency_id=agency_id)
    found = dict(rows.values_list("state").annotate(Count("pk")).order_by())
    return {state: found.get(state.value, 0) for state in DifferenceState}


def count_open(actor: Actor) -> int:
    """Return how many differences wait for a person who is `actor`."""
    with reading_as(actor):
        return _filtered(actor).filter(state=DifferenceState.OPEN).count()


def count_explained(system: str, first_on: dt.date, last_on: dt.date) -> int:
    """Return how many differences about records of these days a person explained."""
    rows = SyncDifference.objects.filter(system=system, state=DifferenceState.EXPLAINED)
    return rows.filter(first_on__lte=last_on, last_on__gte=first_on).count()


def access_difference(difference_id: uuid.UUID, *, actor: Actor, for_update: bool = False) -> SyncDifference:
    """Return a difference that `actor` may act upon. Raises: DifferenceNotFoundError, also for another agency's."""
    rows = SyncDifference.objects.filter(visible_to(actor), pk=difference_id)
    row = (rows.select_for_update() if for_update else rows).first()
    if row is None:
        raise DifferenceNotFoundError
    return row


def get_difference(difference_id: uuid.UUID, *, actor: Actor) -> DifferencePage:
    """Return everything about a difference. Raises: DifferenceNotFoundError."""
    row = access_difference(difference_id, actor=actor)
    here, there = sides_of(row.versions)
    by = get_appointments([row.explained_by_id])[row.explained_by_id].name if row.explained_by_id else ""
    return DifferencePage(_card(row), here, there, row.given_at, row.why, by, row.explained_at)


def _filtered(
    actor: Actor,
    *,
    system: str = "",
    agency_id: int | None = None,
    kind: DifferenceKind | None = None,
    code: str = "",
) -> QuerySet[SyncDifference]:
    rows = SyncDifference.objects.filter(visible_to(actor))
    if system:
        rows = rows.filter(system=system)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id) if agency_id else rows.filter(agency_id__isnull=True)
    if kind is not None:
        rows = rows.filter(kinds__contains=[kind.value])
    return rows.filter(code__contains=code) if code else rows


def _card(row: SyncDifference) -> DifferenceCard:
    return DifferenceCard(
        id=row.pk, system=row.system, code=row.code, agency_id=row.agency_id,
        kinds=tuple(DifferenceKind(kind) for kind in row.kinds), remedy=Remedy(row.remedy),
        state=DifferenceState(row.state), owner=StateOwner(row.owner), found_at=row.found_at, seen_at=row.seen_at,
        settled_at=row.settled_at, remedies_given=row.remedies_given,
    )  # fmt: skip
