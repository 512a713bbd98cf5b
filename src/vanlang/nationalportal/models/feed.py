from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.nationalportal.types import FeedChange, FeedRunState


class FeedRun(models.Model):
    """One reading of the portal's catalogue: every procedure of its list asked for, and compared with ours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in FeedRunState])
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Null: the night."""
    beat_at = models.DateTimeField()
    """When it last went on: one that lies still was left by a worker that died."""
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)
    """Procedures that could not be asked for; they stay as they were."""
    failure = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-asked_at"], name="feed_run_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="feed_run_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="feed_run_over_is_dated",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.state} {self.asked_at}"


class FeedItem(models.Model):
    """
    A procedure that the portal does not have as we do: what differs, who proposes to take it over, who decided.

    Nothing of ours is changed by it. Decided upon once, it comes back only when the portal says something else.
    """

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=1500)
    change = models.CharField(max_length=10, choices=[(one.value, one.value) for one in FeedChange])
    theirs = models.JSONField(null=True)
    """The row as the importer reads it; null for one that was withdrawn."""
    differences = models.JSONField(default=list)
    """[{path, before, after}]: ours, theirs."""
    digest = models.CharField(max_length=64)
    """Of what the portal says: what a decision is about."""
    problem = models.JSONField(null=True)
    """Why it cannot be read: {"code": …, "facts": {…}}."""
    since_at = models.DateTimeField()
    """When it was first seen so."""
    heard_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    """From which day it shall hold here, as proposed."""
    settled_digest = models.CharField(max_length=64, blank=True)
    """What was decided upon."""
    is_taken = models.BooleanField(default=False)
    """Whether that was taken over; else ours was kept, on purpose."""
    decided_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["change", "-since_at"], name="feed_item_by_change")]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True, proposed_at__isnull=True, valid_from__isnull=True)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False, valid_from__isnull=False),
                name="feed_item_proposal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(change="unreadable", problem__isnull=False)
                | (~Q(change="unreadable") & Q(problem__isnull=True)),
                name="feed_item_unreadable_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="feed_item_decided_by_another"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.change}"
