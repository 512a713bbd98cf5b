from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.teamwork.models import columns
from vanlang.teamwork.types import BatchState, Choice, LineState


class Batch(models.Model):
    """Proposals that a leader leafs through, marks one by one, and has carried out together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = columns.agency()
    appointment = columns.appointment()
    state = columns.word(BatchState)
    opened_at = models.DateTimeField()
    signs = models.BooleanField(default=False)
    """Approved ones are signed at once; asked together with the second factor."""
    factor_at = models.DateTimeField(null=True)
    """When the second factor was shown for this batch."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=~Q(state=BatchState.DONE), name="batch_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(signs=False) | Q(factor_at__isnull=False), name="batch_signs_with_a_second_factor"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} {self.opened_at} #{self.pk}"


class BatchLine(models.Model):
    """One proposal: when it was looked at, in which version, what the leader chose, and what came of it."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    dossier = columns.dossier()
    code = models.CharField(max_length=40, blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_version = models.PositiveIntegerField(null=True)
    choice = columns.word(Choice, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    line = columns.word(LineState)
    approved = models.BooleanField(default=False)
    signed = models.BooleanField(default=False)
    why = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "dossier"], name="batch_line_once"),
            models.CheckConstraint(
                condition=~Q(choice=Choice.APPROVE)
                | Q(looked_at__isnull=False, looked_version__isnull=False),
                name="batch_approves_what_was_looked_at",
            ),
            models.CheckConstraint(
                condition=~Q(choice=Choice.RETURN) | ~Q(reason=""), name="batch_returns_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(line=LineState.REFUSED) | ~Q(why=""), name="batch_refused_says_why"
            ),
        ]
        indexes = [models.Index(fields=["batch", "position"], name="batch_line_order")]

    @override
    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"
