"""Whose money a transaction is: by what our books have of it, else by what the provider says, else the house's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain

from django.db.models import Q

from vanlang.organizations.api import find_agency_by_code
from vanlang.payments.models import CollectingAccount, Payment, Refund, Stray
from vanlang.payments.queries.places import house_agency
from vanlang.payments.types import NamedRow


def owners_of(rows: Sequence[NamedRow], on: dt.date) -> list[int]:
    """Return the agency of each row, in their order. The number of queries does not grow with the rows."""
    names = {row.transaction for row in rows}
    references = {row.reference for row in rows if row.reference}
    booked = {
        name: agency
        for model in (Payment, Stray, Refund)
        for name, agency in model.objects.filter(transaction__in=names).values_list(
            "transaction", "agency_id"
        )
    }
    asked = dict(
        chain.from_iterable(
            model.objects.filter(reference__in=references).values_list("reference", "agency_id")
            for model in (Payment, Refund)
        )
    )
    codes = {row.agency: find_agency_by_code(row.agency, on) for row in rows if row.agency}
    accounts = dict(
        CollectingAccount.objects.filter(number__in={row.account for row in rows if row.account})
        .order_by("valid_from")
        .values_list("number", "agency_id")
    )
    return [
        booked.get(row.transaction)
        or asked.get(row.reference)
        or (int(code.id) if (code := codes.get(row.agency)) else None)
        or accounts.get(row.account)
        or house_agency(on)
        for row in rows
    ]


def collecting_agencies(on: dt.date) -> set[int]:
    """Return the agencies that have an account on a day."""
    rows = CollectingAccount.objects.filter(valid_from__lte=on).exclude(number="")
    in_force = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return set(in_force.values_list("agency_id", flat=True))
