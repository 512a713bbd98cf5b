from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from vanlang.organizations.api import AgencyCard
from vanlang.payments.models import CollectingAccount
from vanlang.payments.rules.bank_qr import plain

BANK, BANK_NAME = "970415", "VietinBank"


def open_accounts(agencies: Iterable[AgencyCard], *, valid_from: dt.date) -> None:
    """Give agencies accounts that take money in. Numbers are made up, begin with 9990, and no bank has them."""
    CollectingAccount.objects.bulk_create(
        CollectingAccount(
            agency_id=agency.id,
            bank=BANK,
            bank_name=BANK_NAME,
            number=f"9990{agency.id:08d}",
            holder=plain(agency.name).upper()[:150],
            receipt_form="Thử nghiệm",
            receipt_series="TN-26",
            valid_from=valid_from,
        )
        for agency in agencies
    )
