from __future__ import annotations

import datetime as dt
import os

from django.db.models import Q

from vanlang.organizations.api import find_agency_by_code
from vanlang.payments.cards import CollectingCard
from vanlang.payments.errors import MoneyNotPossible
from vanlang.payments.models import CollectingAccount
from vanlang.payments.types import BankAccount


def find_collecting(agency_id: int, on: dt.date) -> CollectingCard | None:
    """Return where an agency's money goes on a day, and what its receipts say; None when nobody has said it."""
    row = (
        CollectingAccount.objects.filter(agency_id=agency_id, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        return None
    return CollectingCard(
        agency_id=agency_id,
        account=BankAccount(row.bank, row.number, row.holder) if row.number else None,
        bank_name=row.bank_name,
        tax_code=row.tax_code,
        receipt_form=row.receipt_form,
        receipt_series=row.receipt_series,
    )


def house_agency(on: dt.date) -> int:
    """
    Return the agency whose books keep money of which nobody knows whose it is: `VANLANG_PAYMENT_AGENCY`, by code; the
    office of the province's committee when it is not set.

    Raises: MoneyNotPossible("payments.no_house_agency") when there is no such agency.
    """
    found = find_agency_by_code(os.environ.get("VANLANG_PAYMENT_AGENCY", "H44.01"), on)
    if found is None:
        raise MoneyNotPossible("payments.no_house_agency")
    return int(found.id)
