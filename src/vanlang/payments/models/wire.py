from __future__ import annotations

from django.db import models
from typing_extensions import override

from vanlang.payments.models.money import Payment


class Inquiry(models.Model):
    """That the platform is asked what became of a payment, in case it never calls back."""

    payment = models.OneToOneField(
        Payment, primary_key=True, on_delete=models.PROTECT, related_name="inquiry"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    """None: it is known, or nobody asks any more."""

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="inquiry_due", condition=models.Q(next_at__isnull=False))
        ]

    @override
    def __str__(self) -> str:
        return str(self.payment_id)


class FalseSeal(models.Model):
    """How many messages of a day came without the platform's seal. Nothing of them is kept."""

    on = models.DateField(primary_key=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.on} {self.count}"
