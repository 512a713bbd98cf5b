"""Receipts: a number of the agency's book for each payment, a page for people, data for machines, sealed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.documents.api import take_number, void_number
from vanlang.dossiers.api import DossierPage, get_dossier_page
from vanlang.files.api import PDF_ONLY, store
from vanlang.identity.api import SYSTEM, Actor, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agency
from vanlang.payments.errors import MoneyNotAcceptable, MoneyNotFound, MoneyNotPossible
from vanlang.payments.labels import WAYS
from vanlang.payments.models import FeeReceipt, Payment
from vanlang.payments.queries.places import find_collecting
from vanlang.payments.rules.receipts import ReceiptFacts, ReceiptLine, as_xml
from vanlang.payments.services.authority import MoneyAct, check, locked_demand, record
from vanlang.payments.services.printing import print_receipt
from vanlang.payments.types import PaymentState, PaymentWay
from vanlang.signing.api import CredentialNotFoundError, CredentialUnusableError, seal_xml

BOOK = "BL"
PURPOSE = "Lập biên lai thu phí, lệ phí"


@transaction.atomic
def issue_receipt(*, payment_id: uuid.UUID, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Issue the receipt of a payment; issued already, that one is returned.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotPossible("payments.nothing_was_paid").
    """
    demand_id = Payment.objects.filter(pk=payment_id).values_list("demand_id", flat=True).first()
    if demand_id is None:
        raise MoneyNotFound
    demand = locked_demand(demand_id)
    check(MoneyAct.TAKE_CASH, actor, agency_id=demand.agency_id)
    payment = Payment.objects.get(pk=payment_id)
    known = payment.receipts.filter(cancelled_at=None).first()
    if known is not None:
        return known.pk
    if payment.state != PaymentState.BOOKED:
        raise MoneyNotPossible("payments.nothing_was_paid")
    page = _dossier(demand.dossier_id, actor, at)
    today = at.astimezone(VIETNAM).date()
    collecting = find_collecting(demand.agency_id, today)
    number = take_number(
        agency_id=demand.agency_id, book_kind=BOOK, on=today, at=at, title="Biên lai thu phí, lệ phí"
    )
    row = FeeReceipt(
        payment=payment,
        agency_id=demand.agency_id,
        year=today.year,
        number=number.number,
        register_entry=number.entry_id,
        form=collecting.receipt_form if collecting else "",
        series=collecting.receipt_series if collecting else "",
        tax_code=collecting.tax_code if collecting else "",
        payer=page.parties.payer.full_name,
        amount_vnd=payment.amount_vnd,
        issued_at=at,
        issued_by_id=actor.appointment_id,
    )
    row.save(force_insert=True)
    record("issue_receipt", actor, "receipt", row.pk, at, number=row.number)
    return row.pk


def complete_receipt(*, receipt_id: uuid.UUID, at: dt.datetime) -> None:
    """
    Print a receipt, and seal its data where its agency has a seal. What is there stays as it is.

    Works as the house: what is written is what the receipt says, whoever asks for it.
    """
    with acting(Scope.system()):
        row = FeeReceipt.objects.select_related("payment").get(pk=receipt_id)
        if row.pdf_id is None or row.xml is None:
            _complete(row, _facts(row, at), at)


def _complete(row: FeeReceipt, facts: ReceiptFacts, at: dt.datetime) -> None:
    if row.pdf_id is None:
        name = f"bien-lai-{row.year}-{row.number}.pdf"
        pdf = store(content=print_receipt(facts), name=name, at=at, policy=PDF_ONLY)
        FeeReceipt.objects.filter(pk=row.pk, pdf=None).update(pdf=pdf.id)
    if row.xml is None:
        try:
            xml = seal_xml(xml=as_xml(facts), agency_id=row.agency_id, actor=SYSTEM, at=at, role="receipt")
        except (CredentialNotFoundError, CredentialUnusableError):
            return  # an agency without a seal hands out the page; the job comes again
        FeeReceipt.objects.filter(pk=row.pk, xml=None).update(xml=xml)


@transaction.atomic
def cancel_receipt(*, receipt_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> None:
    """
    Cancel a receipt; it keeps its number, and another one may be issued for its payment. Cancelled, nothing happens.

    Raises: MoneyNotFound, MoneyNotAllowed, MoneyNotAcceptable("payments.reason_missing").
    """
    row = FeeReceipt.objects.select_for_update(of=("self",)).filter(pk=receipt_id).first()
    if row is None:
        raise MoneyNotFound
    check(MoneyAct.CANCEL_RECEIPT, actor, agency_id=row.agency_id)
    if row.cancelled_at is not None:
        return
    if not reason.strip():
        raise MoneyNotAcceptable("payments.reason_missing")
    row.cancelled_at, row.cancelled_by_id, row.cancel_reason = at, actor.appointment_id, reason.strip()[:300]
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    void_number(entry_id=row.register_entry, reason=row.cancel_reason, actor=actor, at=at)
    record("cancel_receipt", actor, "receipt", row.pk, at, number=row.number)


def _facts(row: FeeReceipt, at: dt.datetime) -> ReceiptFacts:
    payment = row.payment
    page = _dossier(payment.demand.dossier_id, SYSTEM, at)
    agency = get_agency(row.agency_id, row.issued_at.astimezone(VIETNAM).date())
    lines = payment.demand.lines.filter(owed_vnd__gt=0).order_by("position")
    assert payment.booked_at is not None  # noqa: S101 - a receipt is of money that came
    return ReceiptFacts(
        agency=agency.name,
        agency_code=agency.code,
        tax_code=row.tax_code,
        form=row.form,
        series=row.series,
        number=row.number,
        payer=row.payer,
        procedure_name=page.procedure_name,
        dossier_code=page.code or "",
        lines=tuple(
            ReceiptLine(name=line.name, is_charge=line.is_charge, quantity=line.quantity, vnd=line.owed_vnd)
            for line in lines
        ),
        vnd=row.amount_vnd,
        way=WAYS[PaymentWay(payment.way)],
        reference=payment.reference,
        paid_at=payment.booked_at.astimezone(VIETNAM),
        issued_at=row.issued_at.astimezone(VIETNAM),
        issued_by=get_appointments([row.issued_by_id])[row.issued_by_id].name if row.issued_by_id else "",
    )


def _dossier(dossier_id: uuid.UUID, actor: Actor, at: dt.datetime) -> DossierPage:
    return get_dossier_page(dossier_id, actor=actor, purpose=PURPOSE, at=at)
