from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.fields import agency_field, code_field, officer_field
from vanlang.payments.types import Clearing, PaymentWay


class CarriedDifference(models.Model):
    """
    What a closed day left between a provider and us: on the account of differences, until it is cleared.

    Only its clearing is ever written to it: the database sees to that (migration 0006).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    way = code_field(PaymentWay)
    on = models.DateField()
    """The day that was closed."""
    transaction = models.CharField(max_length=60)
    reference = models.CharField(max_length=60, blank=True)
    vnd = models.BigIntegerField()
    """Positive: owed to us. Negative: they have given too much."""
    explanation = models.CharField(max_length=500, blank=True)
    carried_at = models.DateTimeField()
    clearing = code_field(Clearing, blank=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = officer_field()
    document = models.CharField(max_length=200, blank=True)
    """The slip of the bank, or the decision, by which it was cleared."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "way", "on", "transaction"], name="difference_carried_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(vnd=0), name="difference_carried_is_something"),
            models.CheckConstraint(
                condition=Q(clearing="", cleared_at__isnull=True, cleared_by__isnull=True, document="")
                | Q(clearing=Clearing.EVENED, cleared_at__isnull=False)
                | (
                    Q(clearing__in=sorted({Clearing.BANK, Clearing.COST}), cleared_at__isnull=False)
                    & Q(cleared_by__isnull=False)
                    & ~Q(document="")
                ),
                name="difference_cleared_with_proof",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "on"], name="difference_carried_open", condition=Q(cleared_at__isnull=True)
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.transaction} {self.vnd}"
