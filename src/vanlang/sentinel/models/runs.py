from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.sentinel.types import RunState, RunStep, Way

OVER = sorted({RunState.DONE, RunState.FAILED})


class SyncRun(models.Model):
    """One comparison with another system: what it covered, what it cost, what it found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Way])
    first_on = models.DateField()
    last_on = models.DateField()
    """Days of receipt, both included."""
    lens = models.JSONField(default=dict)
    """What was left out on both sides, because the other one cannot say it."""
    as_of_at = models.DateTimeField(null=True)
    """Of when an export is; null when the other side is asked itself."""
    asked_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Null for the nightly one."""
    asked_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in RunState])
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in RunStep])
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField()
    """When it was last known to be alive."""
    finished_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80, blank=True)
    """Why it failed: a code of our sentences."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    compared = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    under_way = models.PositiveIntegerField(default=0)
    """Differing, but a message about them still waits: no difference yet."""
    settled = models.PositiveIntegerField(default=0)
    """Differences of earlier runs that this one did not find any more."""
    given_remedy = models.PositiveIntegerField(default=0)
    riddles = models.PositiveIntegerField(default=0)
    """Branches whose digests differ while their records are the same."""
    held_back = models.BooleanField(default=False)
    """So much differed that nothing was healed by itself."""
    fetched = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    wire_bytes = models.BigIntegerField(default=0)
    full_bytes = models.BigIntegerField(default=0)
    """All records compared in canonical form: the least that a full transfer carries."""
    export = SealedField(null=True)
    """The records of an export, until it was compared."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system"], name="sync_run_one_at_a_time", condition=~Q(state__in=OVER)
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, finished_at__isnull=False, export__isnull=True)
                | (~Q(state__in=OVER) & Q(finished_at__isnull=True)),
                name="sync_run_over_is_dated_and_forgot",
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="sync_run_has_days"),
        ]
        indexes = [models.Index(fields=["system", "-asked_at"], name="sync_run_by_system")]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.first_on}–{self.last_on} {self.state}"
