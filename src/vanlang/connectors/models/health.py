from __future__ import annotations

from django.db import models
from typing_extensions import override

from vanlang.kernel.circuit import CircuitState, Sign


class SystemHealth(models.Model):
    """How a system is: whether anything flows to it, and when it is asked again."""

    system = models.CharField(max_length=40, primary_key=True)
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in CircuitState])
    since_at = models.DateTimeField()
    probe_at = models.DateTimeField(null=True)
    waits = models.PositiveSmallIntegerField(default=0)
    proven = models.PositiveSmallIntegerField(default=0)
    last_code = models.CharField(max_length=80, blank=True)
    last_well_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.state}"


class Call(models.Model):
    """One call to a system: kept for a month, to say how it was."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    sign = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Sign])
    """The worst that it said of the other side's health."""

    class Meta:
        indexes = [models.Index(fields=["system", "-at"], name="call_by_system")]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.sign} {self.rows}"
