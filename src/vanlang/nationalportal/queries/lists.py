"""What differs between the portal's code lists and ours."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max

from vanlang.nationalportal.cards import DifferenceCard
from vanlang.nationalportal.labels import LIST_CHANGES, LISTS
from vanlang.nationalportal.models import ListDifference
from vanlang.nationalportal.types import ListChange, ListKind

LISTED = 300


def list_differences(kind: ListKind) -> tuple[DifferenceCard, ...]:
    """Return what differs in one list, the latest first."""
    rows = ListDifference.objects.filter(kind=kind).order_by("-since_at", "change", "code")[:LISTED]
    return tuple(
        DifferenceCard(
            kind=kind, kind_label=LISTS[kind], code=row.code, change=ListChange(row.change),
            change_label=LIST_CHANGES[ListChange(row.change)], theirs=row.theirs, ours=row.ours, since_at=row.since_at,
        )
        for row in rows
    )  # fmt: skip


def count_differences() -> dict[ListKind, int]:
    """Return how many codes differ in each list."""
    counts = dict(ListDifference.objects.values_list("kind").annotate(Count("id")))
    return {kind: counts.get(kind.value, 0) for kind in ListKind}


def last_compared_at() -> dt.datetime | None:
    """Return when something was last seen to differ."""
    found: dt.datetime | None = ListDifference.objects.aggregate(last=Max("compared_at"))["last"]
    return found
