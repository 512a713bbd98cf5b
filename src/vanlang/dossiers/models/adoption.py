from __future__ import annotations

from django.db import models
from typing_extensions import override

from vanlang.dossiers.models.dossier import Dossier


class Adoption(models.Model):
    """Where a dossier came from that another system had begun: its key there, and what both systems count as due."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="adoption")
    system = models.CharField(max_length=60)
    external_code = models.CharField(max_length=80)
    their_due_at = models.DateTimeField(null=True)
    counted_due_at = models.DateTimeField(null=True)
    """What this house counts from the same receipt; shown beside theirs, never put in its place."""
    unknown = models.JSONField(default=list)
    """What the other system did not say: listed, not invented."""
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "external_code"], name="adopted_once")]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.external_code}"
