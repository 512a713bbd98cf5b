from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.circuit import CircuitState
from vanlang.notifications.models.fields import agency_field, code_field


class ProviderHealth(models.Model):
    """How a provider is: whether parcels flow to it, and when it is asked again."""

    name = models.CharField(max_length=40, primary_key=True)
    state = code_field(CircuitState)
    since_at = models.DateTimeField()
    """Since when it is in this state; what was before does not count against it."""
    probe_at = models.DateTimeField(null=True)
    waits = models.PositiveSmallIntegerField(default=0)
    """How often in a row it was found ill; the wait doubles with each."""
    proven = models.PositiveSmallIntegerField(default=0)
    """Probes that went well, in a row."""
    last_code = models.CharField(max_length=60, blank=True)

    @override
    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class DailyCap(models.Model):
    """What may be spent in a day: by one agency, or (no agency) by the whole province."""

    id = models.BigAutoField(primary_key=True)
    agency = agency_field(null=True)
    daily_vnd = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency"], nulls_distinct=False, name="cap_once_per_agency")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id}: {self.daily_vnd}"


class Spending(models.Model):
    """What was spent on a day by an agency, or (no agency) by the province: one row, counted up before sending."""

    id = models.BigAutoField(primary_key=True)
    agency = agency_field(null=True)
    on = models.DateField()
    spent_vnd = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on", "agency"], nulls_distinct=False, name="spending_once_per_day"
            ),
            models.CheckConstraint(condition=Q(spent_vnd__gte=0), name="spending_is_not_negative"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id} {self.on}: {self.spent_vnd}"
