from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.teamwork.models import columns
from vanlang.teamwork.types import LineState, SourceKind, TransferState


class Transfer(models.Model):
    """An order to move the open work of an officer, a unit or an agency, and how far its job is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = columns.agency()
    """Whose officer ordered it."""
    appointment = columns.appointment()
    ordered_by_name = models.CharField(max_length=150)
    ordered_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    decision = models.CharField(max_length=100, blank=True)
    source_kind = columns.word(SourceKind)
    source_id = models.BigIntegerField()
    source_words = models.CharField(max_length=300)
    """As it was called when it was ordered: the officer, unit or agency may be gone."""
    to_agency = columns.agency()
    to_unit = models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_officer = columns.appointment(null=True)
    to_leader = columns.appointment(null=True)
    to_words = models.CharField(max_length=300)
    state = columns.word(TransferState)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TransferState.DONE, finished_at__isnull=False)
                | (~Q(state=TransferState.DONE) & Q(finished_at__isnull=True)),
                name="transfer_done_is_dated",
            )
        ]
        indexes = [models.Index(fields=["agency", "-ordered_at"], name="transfer_by_agency")]

    @override
    def __str__(self) -> str:
        return f"{self.source_words} → {self.to_words} #{self.pk}"


class TransferLine(models.Model):
    """One dossier of a transfer: waiting, moved, or left where it was with the reason."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    dossier = columns.dossier()
    code = models.CharField(max_length=40, blank=True)
    line = columns.word(LineState)
    version = models.PositiveIntegerField()
    """The dossier's version that was looked at; after it moved, the version that moving left."""
    before = models.JSONField(default=dict)
    """Where it lay: what the way back needs."""
    why = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "dossier"], name="transfer_line_once"),
            models.CheckConstraint(
                condition=~Q(line=LineState.REFUSED) | ~Q(why=""), name="transfer_refused_says_why"
            ),
        ]
        indexes = [models.Index(fields=["transfer", "line", "position"], name="transfer_line_next")]

    @override
    def __str__(self) -> str:
        return f"{self.transfer_id} {self.position}"
