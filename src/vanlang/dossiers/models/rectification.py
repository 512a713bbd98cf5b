from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.dossiers.models.dossier import Dossier
from vanlang.kernel.ids import new_id


class Rectification(models.Model):
    """One time that an issued outcome was worked on again because the agency had erred. With a clock of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    """What the agency got wrong."""
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    limit_days = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    """By when the corrected outcome must be issued, as it stood when the correction began."""
    ended_at = models.DateTimeField(null=True)
    outcome = models.ForeignKey(
        "dossiers.Outcome", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """What it yielded; null while it runs, or when the issued outcome was kept."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="correction_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_is_reasoned"),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="correction_has_time"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} correction {self.number}"
