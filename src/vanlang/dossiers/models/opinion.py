from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.dossiers.models.dossier import Dossier
from vanlang.kernel.ids import new_id

_CLOSED = Q(answered_at__isnull=False) | Q(forgone_at__isnull=False)


class Opinion(models.Model):
    """
    One opinion that was asked for: of another agency, or of a unit of the same one. It has a time limit of its own.

    It ends by its answer, or by being gone on without; both are kept, late or not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions", db_index=False)
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who was asked."""
    unit = models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Set for a unit of the competent agency; such an opinion never pauses the time limit."""
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    limit_days = models.PositiveSmallIntegerField()
    """Working days of who was asked."""
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who answered, or wrote down what came on paper."""
    forgone_at = models.DateTimeField(null=True)
    forgone_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    forgone_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "agency", "unit"],
                condition=~_CLOSED,
                nulls_distinct=False,
                name="opinion_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(forgone_at__isnull=True),
                name="opinion_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="opinion_says_something"
            ),
            models.CheckConstraint(
                condition=Q(forgone_at__isnull=True) | ~Q(forgone_why=""), name="opinion_forgone_with_reason"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="opinion_due_after_asking"),
        ]
        indexes = [
            models.Index(fields=["agency", "due_at"], condition=~_CLOSED, name="opinion_open_of_agency"),
            models.Index(fields=["dossier", "asked_at"], name="opinion_by_dossier"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} ? {self.agency_id}/{self.unit_id}"
