from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.dossier import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.supplement import AgainGround, ItemKind
from vanlang.kernel.ids import new_id


class SupplementRequest(models.Model):
    """Everything that was found missing at one time. One is open at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="supplement_requests", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    """1 for the first; every later one is counted against the agency."""
    stage = code_field([State.SUBMITTED, State.IN_PROGRESS])
    """Where it was asked: before receipt, or during processing."""
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answer_by_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    again_ground = code_field(AgainGround, blank=True)
    """Why this could not be asked the first time; empty for the first request."""
    again_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="supplement_in_order"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="supplement_one_open"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (~Q(again_ground="") & ~Q(again_reason="")),
                name="supplement_again_is_reasoned",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} supplement {self.number}"


class SupplementItem(models.Model):
    """One missing thing, and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        SupplementRequest, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = code_field(ItemKind)
    key = models.CharField(max_length=200)
    label = models.CharField(max_length=300)
    reason = models.TextField()
    before = models.JSONField(null=True)
    """The value of the field that was found wrong."""
    answer = models.JSONField(null=True)
    attachment = models.ForeignKey(
        "dossiers.Attachment", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "key"], name="supplement_item_once"),
            models.UniqueConstraint(fields=["request", "position"], name="supplement_item_order"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}:{self.key}"


class SupplementProposal(models.Model):
    """A second request for supplements as it lies before the leader. It goes out only when the leader agrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    items = models.JSONField()
    """What is to be asked: kind, key, label, reason of each."""
    note = models.TextField(blank=True)
    answer_by_on = models.DateField(null=True)
    again_ground = code_field(AgainGround)
    again_reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved = models.BooleanField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(decided_at__isnull=True), name="supplement_proposal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, approved__isnull=True)
                | Q(decided_at__isnull=False, approved__isnull=False),
                name="supplement_proposal_decided_whole",
            ),
            models.CheckConstraint(condition=~Q(again_reason=""), name="supplement_proposal_is_reasoned"),
        ]
        indexes = [models.Index(fields=["dossier", "proposed_at"], name="supplement_proposal_by_dossier")]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} proposal {self.proposed_at}"
