from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.fields import agency_field


class CollectingAccount(models.Model):
    """Where an agency's money goes, and what its receipts say of it, from a day on. Public data."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    bank = models.CharField(max_length=6, blank=True)
    """The bank's six digits; empty while only receipts are known."""
    bank_name = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=19, blank=True)
    holder = models.CharField(max_length=150, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    """Never invented: empty when nobody has said it."""
    receipt_form = models.CharField(max_length=20, blank=True)
    """Mẫu số."""
    receipt_series = models.CharField(max_length=20, blank=True)
    """Ký hiệu."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to__isnull=True), name="collecting_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(bank="", number="") | (~Q(bank="") & ~Q(number="") & ~Q(holder="")),
                name="collecting_account_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="collecting_period",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.bank} {self.number}"
