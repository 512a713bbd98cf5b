"""Where an agency's money goes: told by itself, from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.locks import hold
from vanlang.kernel.vietnamese import normalise
from vanlang.payments.errors import MoneyNotAcceptable
from vanlang.payments.models import CollectingAccount
from vanlang.payments.rules import bank_qr
from vanlang.payments.services.authority import MoneyAct, check, record
from vanlang.payments.types import BankAccount, TransferRequest


@transaction.atomic
def set_account(
    *,
    agency_id: int,
    actor: Actor,
    at: dt.datetime,
    bank: str = "",
    bank_name: str = "",
    number: str = "",
    holder: str = "",
    tax_code: str = "",
    receipt_form: str = "",
    receipt_series: str = "",
) -> None:
    """
    Say where an agency's money goes and what its receipts bear, from today on. Without an account only cash is taken.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotAcceptable("payments.bank_is_six_digits",
    "payments.account_is_no_number", "payments.holder_missing", "payments.tax_code_malformed").
    """
    check(MoneyAct.SET_ACCOUNT, actor, agency_id=agency_id)
    if bank or number:
        refuse_if(bank_qr.may_encode(TransferRequest(BankAccount(bank, number), None)), MoneyNotAcceptable)
        if not holder.strip():
            raise MoneyNotAcceptable("payments.holder_missing")
    if tax_code and not tax_code.replace("-", "").isdecimal():
        raise MoneyNotAcceptable("payments.tax_code_malformed")
    hold("payments.account", agency_id)
    today = at.astimezone(VIETNAM).date()
    told = {
        "bank": bank,
        "bank_name": normalise(bank_name)[:120],
        "number": number,
        "holder": bank_qr.plain(holder).upper()[:150],
        "tax_code": tax_code[:14],
        "receipt_form": receipt_form[:20],
        "receipt_series": receipt_series[:20],
    }
    known = CollectingAccount.objects.filter(agency_id=agency_id, valid_to=None).first()
    if known is not None and known.valid_from < today:
        known.valid_to = today
        known.save(update_fields=["valid_to"])
        known = None
    if known is None:
        known = CollectingAccount(agency_id=agency_id, valid_from=today)
    for name, value in told.items():
        setattr(known, name, value)
    known.save()
    record("set_account", actor, "account", known.pk, at)
