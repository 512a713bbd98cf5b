"""What a payer is sent to the platform with: composed when it is sent, from what is true then."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings

from vanlang.dossiers.api import get_dossier_page
from vanlang.identity.api import SYSTEM
from vanlang.organizations.api import get_agency
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import Payment
from vanlang.payments.queries.places import find_collecting
from vanlang.payments.types import Bill, BillLine, PaymentState

PURPOSE = "Chuyển người nộp tới nền tảng thanh toán quốc gia"


def find_bill(payment_id: uuid.UUID, *, at: dt.datetime) -> Bill | None:
    """
    Return the bill of a payment that was begun; None when nothing is to be begun any more. The read is written first.

    Raises: MoneyNotFound.
    """
    payment = Payment.objects.select_related("demand").filter(pk=payment_id).first()
    if payment is None:
        raise MoneyNotFound
    if payment.state != PaymentState.BEGUN:
        return None
    page = get_dossier_page(payment.demand.dossier_id, actor=SYSTEM, purpose=PURPOSE, at=at)
    agency = get_agency(payment.agency_id, at.date())
    collecting = find_collecting(payment.agency_id, at.date())
    payer = page.parties.payer
    lines = payment.demand.lines.filter(owed_vnd__gt=0).order_by("position")
    return Bill(
        reference=payment.reference,
        dossier_code=page.code or payment.reference,
        procedure_code=page.procedure_code,
        procedure_name=page.procedure_name,
        agency_code=agency.code,
        agency_name=agency.name,
        to=collecting.account if collecting else None,
        payer_name=payer.full_name,
        payer_number=payer.personal_id or payer.entity_number,
        payer_address=payer.address,
        lines=tuple(BillLine(str(line.fee_id), line.name, line.is_charge, line.owed_vnd) for line in lines),
        return_url=f"{settings.VANLANG_PUBLIC_URL.rstrip('/')}/ket-noi/thanh-toan/ve/{payment.reference}/",
    )
