from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.fields import agency_field, officer_field
from vanlang.payments.models.money import Payment


class FeeReceipt(models.Model):
    """
    That a payment was received, with a number of the agency's book of the year: no gap, no repeat.

    It stands as it was written; it can be cancelled once, with a reason, and keeps its number (migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="receipts")
    agency = agency_field()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    register_entry = models.BigIntegerField()
    """The number's line in the register of `documents`."""
    form = models.CharField(max_length=20, blank=True)
    series = models.CharField(max_length=20, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    payer = models.CharField(max_length=300)
    """The name as it stood that day: what the receipt prints."""
    amount_vnd = models.PositiveBigIntegerField()
    issued_at = models.DateTimeField()
    issued_by = officer_field()
    """None: the house, when money came without an officer."""
    pdf = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    xml = models.BinaryField(null=True)
    """The same as data, sealed by the agency; null until it has a seal."""
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = officer_field()
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="receipt_number_once"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(cancelled_at__isnull=True), name="receipt_one_for_a_payment"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="receipt_cancelled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-issued_at"], name="receipt_by_day")]

    @override
    def __str__(self) -> str:
        return f"{self.year}/{self.number}"
