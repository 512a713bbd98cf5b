from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.teamwork.models import columns


class DigestChoice(models.Model):
    """At which hour an officer wants the day's digest, or that it is not sent at all: the page shows it anyway."""

    agency = columns.agency()
    appointment = models.OneToOneField("identity.Appointment", on_delete=models.PROTECT, related_name="+")
    hour = models.PositiveSmallIntegerField(default=7)
    is_sent = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__gte=5, hour__lte=20), name="digest_hour_of_day")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} {self.hour}"


class Digest(models.Model):
    """The digest of an officer for a day was told: once, whatever runs twice."""

    agency = columns.agency()
    appointment = columns.appointment()
    day = models.DateField()
    told_at = models.DateTimeField()
    figures = models.JSONField(default=dict)
    """How many lines each part had; no more is kept."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "day"], name="digest_once_a_day")]

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} {self.day}"
