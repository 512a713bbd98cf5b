from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.dossier import Dossier
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.types import AttachmentKind, DueChangeKind
from vanlang.kernel.ids import new_id


class Movement(models.Model):
    """One act in the life of a dossier. Added, never changed: the database refuses (migration 0002)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="movements", db_index=False)
    number = models.PositiveIntegerField()
    """The dossier's version after the act: 1, 2, 3, …"""
    act = code_field(Act)
    from_state = code_field(State, blank=True)
    to_state = code_field(State)
    at = models.DateTimeField()
    party = code_field(Party)
    """In which capacity the actor acted."""
    account_id = models.BigIntegerField(null=True)
    appointment = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=150, blank=True)
    """An officer's name as printed on the control slip; empty for citizens."""
    actor_title = models.CharField(max_length=150, blank=True)
    receiver = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """To whom the act gave the dossier by name."""
    receiver_unit = models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    note = models.TextField(blank=True)
    """The reason or remark, in the actor's words; printed on the forms."""
    facts = models.JSONField(default=dict)
    """What else a printed form needs: legal ground, guidance, how it was delivered."""
    step_name = models.CharField(max_length=200, blank=True)
    """The step of the process that this act ended."""
    step_due_at = models.DateTimeField(null=True)
    """By when that step was planned to end."""
    due_at = models.DateTimeField(null=True)
    """The appointment as it stood after the act."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="movement_in_order")]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} #{self.number} {self.act}"


class DueChange(models.Model):
    """One move of a due date, with its reason, its approver and what it was computed from. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="due_changes")
    kind = code_field(DueChangeKind)
    at = models.DateTimeField()
    from_due_at = models.DateTimeField()
    to_due_at = models.DateTimeField()
    reason = models.TextField()
    approver = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    paused_from_at = models.DateTimeField(null=True)
    paused_to_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=20, blank=True)
    more_amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    more_unit = models.CharField(max_length=12, blank=True)
    calendar_version = models.PositiveIntegerField(null=True)
    """Edition of the calendar that moved it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=DueChangeKind.RESUMED, paused_from_at__isnull=False, paused_to_at__isnull=False
                )
                | Q(kind=DueChangeKind.EXTENDED, more_amount__isnull=False, approver__isnull=False)
                | Q(kind=DueChangeKind.CALENDAR, calendar_version__isnull=False),
                name="due_change_has_its_ground",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind} {self.to_due_at}"


class Attachment(models.Model):
    """A paper of a dossier, scanned or in hand. Replaced by adding another, never taken away."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="attachments")
    kind = code_field(AttachmentKind)
    required_document = models.ForeignKey(
        "catalogue.RequiredDocument", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """Null for a paper that was handed over the counter and not scanned."""
    name = models.CharField(max_length=300)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(originals__gt=0) | Q(copies__gt=0),
                name="attachment_is_a_file_or_paper",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.name} #{self.pk}"
