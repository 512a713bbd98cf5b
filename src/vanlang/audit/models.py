from __future__ import annotations

from django.db import models
from typing_extensions import override


class RecordKind(models.TextChoices):
    ACT = "act", "Việc đã làm"
    READ = "read", "Lượt xem"


class Record(models.Model):
    """One act, or one reading of personal data. Rows are added, never changed: the database sees to it."""

    kind = models.CharField(max_length=4, choices=RecordKind.choices)
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    """What was done or read: "dossiers.receive", "dossiers.open"."""
    actor_kind = models.CharField(max_length=10)
    account_id = models.BigIntegerField(null=True)
    person_id = models.UUIDField(null=True)
    appointment_id = models.BigIntegerField(null=True)
    agency_id = models.IntegerField(null=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    """Why personal data was read; empty for acts."""
    facts = models.JSONField(default=dict)
    """Codes, states, dates and ids; never a name, a number of a person, or the content of a paper."""

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_by_object"),
            models.Index(fields=["agency_id", "at"], name="audit_by_agency"),
            models.Index(fields=["person_id", "at"], name="audit_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=RecordKind.ACT) | ~models.Q(purpose=""), name="audit_read_has_purpose"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.act} {self.object_type}:{self.object_id} #{self.pk}"
