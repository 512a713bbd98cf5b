from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.fields import agency_field, code_field, officer_field
from vanlang.payments.types import PaymentWay


class HeldStatement(models.Model):
    """
    A statement of which some rows could not be read: kept to be looked at, and counted for nothing until a person decides.

    A whole one that comes for the same day, however it comes, settles it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    way = code_field(PaymentWay)
    on = models.DateField()
    lines = models.JSONField()
    """What could be read: [transaction, amount, day, reference]."""
    unread = models.JSONField()
    """What could not: [number of the row, field, what stands there, transaction]."""
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = officer_field()
    """Who took what could be read; nobody when a whole one came."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "way", "on"],
                condition=Q(settled_at__isnull=True),
                name="statement_held_one_a_day",
            ),
            models.CheckConstraint(condition=~Q(unread=[]), name="statement_held_for_a_row"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.way} {self.on}"
