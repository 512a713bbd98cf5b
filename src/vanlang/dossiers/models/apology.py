from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.dossier import Dossier
from vanlang.dossiers.types import ApologyEnd
from vanlang.kernel.ids import new_id


class ApologyDraft(models.Model):
    """
    An apology (form 04) that the house drafted because an appointment will not be kept. One for each appointment.

    Whoever holds the dossier says why; the leader sends it (`extend`) or drops it with a reason. It never keeps an act back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    """The appointment that will not be kept."""
    drafted_at = models.DateTimeField()
    holder = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who held it by name when it was drafted."""
    step_name = models.CharField(max_length=200, blank=True)
    """The step of the process that it stood in."""
    more_days = models.PositiveSmallIntegerField()
    """Working days that the rest of the process needs, beyond the appointment."""
    new_due_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    """As whoever holds it says it; printed on the form."""
    explained_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    end = code_field(ApologyEnd, blank=True)
    dropped_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "due_at"], name="apology_once_an_appointment"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at__isnull=True), name="apology_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="apology_ends_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(end=ApologyEnd.DROPPED) | ~Q(dropped_why=""), name="apology_dropped_with_reason"
            ),
            models.CheckConstraint(condition=Q(more_days__gt=0), name="apology_gives_time"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} apology {self.due_at}"
