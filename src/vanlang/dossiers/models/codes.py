from __future__ import annotations

from django.db import models
from typing_extensions import override


class CodeCounter(models.Model):
    """
    The last number given by an agency on a day.

    Taken in the caller's transaction: the row stays locked until the receipt is committed, so a rollback gives the
    number back and there is neither gap nor repeat.
    """

    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="counter_once_a_day")]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.last}"
