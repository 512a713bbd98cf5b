"""The demo's accounts: each agency of the cast takes money into an account of its own. Numbers are made up, and no bank has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from vanlang.identity.api import Role, list_every_officer
from vanlang.kernel import clock
from vanlang.organizations.api import get_agency
from vanlang.payments.models import CollectingAccount
from vanlang.payments.rules.bank_qr import plain

BANK, BANK_NAME = "970415", "VietinBank"


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Give every agency with a counter an account; adds nothing where there is one."""
    on = clock.today()
    agencies = sorted({one.agency_id for one in list_every_officer(on) if Role.COUNTER in one.roles})
    made = 0
    for agency_id in agencies:
        if CollectingAccount.objects.filter(agency_id=agency_id, valid_to=None).exists():
            continue
        agency = get_agency(agency_id, on)
        CollectingAccount.objects.create(
            agency_id=agency_id,
            bank=BANK,
            bank_name=BANK_NAME,
            number=f"9990{agency_id:08d}",
            holder=plain(agency.name).upper()[:150],
            receipt_form="Thử nghiệm",
            receipt_series="TN-26",
            valid_from=on - dt.timedelta(days=365),
        )
        made += 1
    report(f"Tài khoản thu trình diễn: {made} mới")
