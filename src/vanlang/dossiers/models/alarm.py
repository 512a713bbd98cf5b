from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.dossier import Dossier
from vanlang.dossiers.rules.stuck import StuckReason
from vanlang.kernel.ids import new_id


class Alarm(models.Model):
    """
    One reason for which one dossier could lie still: found, after more than a working day raised, closed when it is over.

    Written by the house alone; read by the agency that must see to it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who must see to it: where it lies, or who continues that agency."""
    reason = code_field(StuckReason)
    since = models.DateTimeField()
    """When it was found first."""
    raised_at = models.DateTimeField(null=True)
    """Null: found, and not yet standing for more than a working day."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "reason"], condition=Q(closed_at__isnull=True), name="alarm_one_open"
            ),
            models.CheckConstraint(condition=Q(raised_at__gt=F("since")), name="alarm_raised_after_finding"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "since"], condition=Q(closed_at__isnull=True), name="alarm_open_of_agency"
            ),
            models.Index(fields=["dossier", "since"], name="alarm_by_dossier"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.reason} {self.since}"
