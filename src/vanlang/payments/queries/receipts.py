from __future__ import annotations

import datetime as dt
import uuid

from vanlang.payments.cards import ReceiptCard
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import FeeReceipt


def get_receipt(receipt_id: uuid.UUID) -> ReceiptCard:
    """Return a receipt that the caller may see. Raises: MoneyNotFound."""
    row = FeeReceipt.objects.filter(pk=receipt_id).select_related("payment__demand").first()
    if row is None:
        raise MoneyNotFound
    return receipt_card(row)


def read_xml(receipt_id: uuid.UUID) -> bytes:
    """Return the sealed data of a receipt. Raises: MoneyNotFound while there is none."""
    content = FeeReceipt.objects.filter(pk=receipt_id).values_list("xml", flat=True).first()
    if content is None:
        raise MoneyNotFound("payments.receipt_not_sealed")
    return bytes(content)


def list_receipts(agency_id: int, from_on: dt.date, to_on: dt.date) -> tuple[ReceiptCard, ...]:
    """Return the receipts of an agency in a half-open period, by their numbers."""
    rows = FeeReceipt.objects.filter(
        agency_id=agency_id, issued_at__date__gte=from_on, issued_at__date__lt=to_on
    ).select_related("payment__demand")
    return tuple(receipt_card(row) for row in rows.order_by("year", "number"))


def list_incomplete() -> tuple[uuid.UUID, ...]:
    """Return the receipts that are not printed or not sealed yet."""
    rows = FeeReceipt.objects.filter(cancelled_at=None).exclude(pdf__isnull=False, xml__isnull=False)
    return tuple(rows.order_by("issued_at", "id").values_list("pk", flat=True)[:500])


def receipt_card(row: FeeReceipt) -> ReceiptCard:
    return ReceiptCard(
        id=row.pk,
        payment_id=row.payment_id,
        dossier_id=row.payment.demand.dossier_id,
        agency_id=row.agency_id,
        year=row.year,
        number=row.number,
        amount_vnd=row.amount_vnd,
        issued_at=row.issued_at,
        pdf_id=row.pdf_id,
        is_sealed=row.xml is not None,
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason,
    )
