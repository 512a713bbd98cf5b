"""The journal: entries of an agency's books, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from vanlang.dossiers.api import get_briefs
from vanlang.identity.api import SYSTEM as HOUSE
from vanlang.kernel.clock import VIETNAM
from vanlang.payments.cards import DemandCard
from vanlang.payments.models import Entry, EntryLeg
from vanlang.payments.queries.demands import list_unpaid
from vanlang.payments.types import LedgerAccount, Leg, Occasion


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One occasion, with its two lines."""

    id: int
    at: dt.datetime
    occasion: Occasion
    source: str
    reference: str
    """Of the payment; empty for none."""
    legs: tuple[Leg, ...]
    """The debit first."""

    @property
    def vnd(self) -> int:
        return sum(leg.vnd for leg in self.legs if leg.vnd > 0)


def find_entries(
    agency_id: int, from_on: dt.date, to_on: dt.date, *, account: LedgerAccount | None = None,
    occasion: Occasion | None = None,
) -> QuerySet[Entry]:  # fmt: skip
    """Return the entries of a half-open period, newest first; `cards_of` reads a page of them."""
    begins, ends = (dt.datetime.combine(day, dt.time(), VIETNAM) for day in (from_on, to_on))
    rows = Entry.objects.filter(agency_id=agency_id, at__gte=begins, at__lt=ends)
    if account is not None:
        rows = rows.filter(legs__account=account)
    if occasion is not None:
        rows = rows.filter(occasion=occasion)
    return rows.select_related("payment").order_by("-at", "-id")


def cards_of(rows: Iterable[Entry]) -> tuple[EntryCard, ...]:
    """Return entries with their lines. Two queries."""
    found = list(rows)
    prefetch_related_objects(found, Prefetch("legs", EntryLeg.objects.order_by("-vnd")))
    return tuple(
        EntryCard(
            row.pk,
            row.at,
            Occasion(row.occasion),
            row.source,
            row.payment.reference if row.payment else "",
            tuple(Leg(LedgerAccount(leg.account), leg.vnd) for leg in row.legs.all()),
        )
        for row in found
    )


def list_matchable(agency_id: int) -> dict[int, list[tuple[DemandCard, str]]]:
    """Return the open demands of an agency by their amount, each with its dossier's code: a code alone names nobody."""
    demands = list_unpaid(agency_id)
    briefs = get_briefs([one.dossier_id for one in demands], actor=HOUSE)
    found: dict[int, list[tuple[DemandCard, str]]] = {}
    for one in demands:
        brief = briefs.get(one.dossier_id)
        found.setdefault(one.amount_vnd, []).append((one, brief.code or "" if brief else ""))
    return found
