from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.connectors.types import IncomingState, OutgoingState
from vanlang.kernel.sealing import SealedField

OUTGOING_OVER = sorted({OutgoingState.SENT, OutgoingState.SUPERSEDED, OutgoingState.DROPPED})
OUTGOING_DUE = sorted({OutgoingState.WAITING, OutgoingState.SENDING})
INCOMING_OVER = sorted({IncomingState.APPLIED, IncomingState.DROPPED})


class Outgoing(models.Model):
    """That another system must be told of something. What is said is composed when it is sent."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    stream = models.CharField(max_length=80)
    """What it is about: nothing overtakes within a stream."""
    number = models.PositiveIntegerField()
    """Which movement of it."""
    round = models.PositiveSmallIntegerField(default=0)
    """0 the first time; more when it is told again on request."""
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in OutgoingState])
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    """When its turn comes; while it is being sent, when the claim runs out."""
    told_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80, blank=True)
    """The other side's code, or the code of our own sentence."""
    digest = models.BinaryField(max_length=32, null=True)
    """SHA-256 of what was sent."""
    was_begun: bool = False
    """Not a column: it was claimed before, and whoever claimed it never said what became of it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "stream", "kind", "number", "round"], name="outgoing_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OUTGOING_DUE, next_at__isnull=False)
                | (~Q(state__in=OUTGOING_DUE) & Q(next_at__isnull=True)),
                name="outgoing_due_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OUTGOING_OVER, settled_at__isnull=False)
                | (~Q(state__in=OUTGOING_OVER) & Q(settled_at__isnull=True)),
                name="outgoing_over_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["system", "next_at", "id"], name="outgoing_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["system", "stream", "id"],
                name="outgoing_unsettled",
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(fields=["state", "id"], name="outgoing_dead", condition=Q(state="dead")),
            models.Index(fields=["system", "settled_at"], name="outgoing_settled"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.stream}/{self.number} {self.state}"


class Incoming(models.Model):
    """A message that another system gave us: kept before it is answered, applied once."""

    id = models.BigAutoField(primary_key=True)
    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    external_id = models.CharField(max_length=120)
    """What it is about, as the other system calls it; also the stream in whose order it is applied."""
    digest = models.BinaryField(max_length=32)
    """SHA-256 of its content in canonical form."""
    content = SealedField(null=True)
    """Word for word; null once it is forgotten."""
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in IncomingState])
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "kind", "external_id", "digest"], name="incoming_once"),
            models.CheckConstraint(
                condition=Q(state="arrived", next_at__isnull=False)
                | (~Q(state="arrived") & Q(next_at__isnull=True)),
                name="incoming_due_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=INCOMING_OVER, settled_at__isnull=False)
                | (~Q(state__in=INCOMING_OVER) & Q(settled_at__isnull=True)),
                name="incoming_over_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="incoming_due", condition=Q(next_at__isnull=False)),
            models.Index(
                fields=["system", "external_id", "id"],
                name="incoming_unsettled",
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(
                fields=["settled_at"], name="incoming_to_forget", condition=Q(content__isnull=False)
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.external_id} {self.state}"
