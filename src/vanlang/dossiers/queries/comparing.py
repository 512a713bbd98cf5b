"""
Dossiers as two systems compare them: codes, days, state and numbers, nothing of anybody; streamed, whatever their number.

What `telling` says of the same dossier and what is compared here are the same columns, so that what was told and taken is
equal.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from vanlang.dossiers.models import Dossier, Movement, Outcome
from vanlang.dossiers.rules.states import NationalCode, State, national_code
from vanlang.kernel.clock import VIETNAM

CHUNK = 5_000
_HOLDS = Q(released_at__isnull=False, replaced_at__isnull=True, revoked_at__isnull=True)
_FIELDS = (
    "id", "code", "version", "state", "procedure_version_id", "competent_agency_id", "received_at", "due_at",
    "finished_at", "delivered_at", "moved_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComparedDossier:
    """What both sides must agree on about a dossier that was received."""

    id: uuid.UUID
    code: str
    version: int
    national: NationalCode
    procedure_version_id: int
    competent_agency_id: int
    received_at: dt.datetime
    due_at: dt.datetime | None
    finished_at: dt.datetime | None
    """When the agency's duty ended; not for a refusal, which has its own day."""
    delivered_at: dt.datetime | None
    moved_at: dt.datetime
    outcomes: tuple[str, ...]
    """Of each issued outcome that holds its number, else its id."""


def count_received(first_on: dt.date, last_on: dt.date) -> int:
    """Return how many dossiers were received from a day to a day, both included."""
    return _received(first_on, last_on).count()


def iterate_received(first_on: dt.date, last_on: dt.date) -> Iterator[ComparedDossier]:
    """Yield the dossiers received from a day to a day, both included, in no order; memory stays small."""
    yield from _compared(_received(first_on, last_on))


def list_compared(*, ids: Collection[uuid.UUID] = (), codes: Collection[str] = ()) -> list[ComparedDossier]:
    """Return received dossiers by id or code; those that are not there are left out."""
    found = Dossier.objects.filter(Q(pk__in=set(ids)) | Q(code__in=set(codes)), received_at__isnull=False)
    return list(_compared(found))


def earlier_national(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, frozenset[NationalCode]]:
    """Return every national state that dossiers ever had. One query."""
    states: defaultdict[uuid.UUID, set[NationalCode]] = defaultdict(set)
    rows = Movement.objects.filter(dossier_id__in=set(ids)).values_list("dossier_id", "to_state").distinct()
    for dossier_id, state in rows:
        if (code := national_code(State(state))) is not None:
            states[dossier_id].add(code)
    return {key: frozenset(codes) for key, codes in states.items()}


def _received(first_on: dt.date, last_on: dt.date) -> QuerySet[Dossier]:
    start = dt.datetime.combine(first_on, dt.time(), VIETNAM)
    end = dt.datetime.combine(last_on + dt.timedelta(days=1), dt.time(), VIETNAM)
    return Dossier.objects.filter(received_at__gte=start, received_at__lt=end)


def _compared(found: QuerySet[Dossier]) -> Iterator[ComparedDossier]:
    named = Coalesce(NullIf(F("number"), Value("")), Cast(F("id"), CharField()), output_field=CharField())
    outcomes = (
        Outcome.objects.filter(_HOLDS, dossier_id=OuterRef("pk")).annotate(said=named).order_by("edition")
    )
    rows = found.annotate(outcomes_said=ArraySubquery(outcomes.values("said"))).values_list(
        *_FIELDS, "outcomes_said"
    )
    for row in rows.iterator(chunk_size=CHUNK):
        (key, code, version, state, procedure, agency, received, due, finished, delivered, moved, said) = row
        national = national_code(State(state))
        if code is None or received is None or national is None:
            continue
        yield ComparedDossier(
            key, code, version, national, procedure, agency, received, due,
            None if state == State.REFUSED else finished, delivered, moved, tuple(said),
        )  # fmt: skip
