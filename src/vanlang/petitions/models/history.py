from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.petitions.models import columns
from vanlang.petitions.models.petition import Petition
from vanlang.petitions.types import PetitionAct, PetitionParty, PetitionState


class PetitionMovement(models.Model):
    """One act in the life of a petition. Added, never changed: the database refuses (migration 0002)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="movements", db_index=False)
    number = models.PositiveIntegerField()
    """The petition's version after the act: 1, 2, 3, …"""
    act = columns.word(PetitionAct)
    from_state = columns.word(PetitionState, blank=True)
    to_state = columns.word(PetitionState)
    at = models.DateTimeField()
    party = columns.word(PetitionParty)
    appointment = columns.appointment()
    agency = columns.agency(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    """An officer's name; empty for the sender."""
    actor_title = models.CharField(max_length=150, blank=True)
    note = SealedField(null=True)
    """The reason or remark, in the actor's words."""
    facts = models.JSONField(default=dict)
    """Codes and ids, never personal data."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="petition_movement_in_order")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.petition_id} {self.number}: {self.act}"


class PetitionSupplement(models.Model):
    """One question to the sender, and what came. While it is open the clock of handling stands still."""

    petition = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="supplements", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    question = SealedField()
    asked_at = models.DateTimeField()
    answer_by_at = models.DateTimeField()
    """From then on the agency may go on without an answer."""
    answer = SealedField(null=True)
    closed_at = models.DateTimeField(null=True)
    """When the sender answered, or the agency went on."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="petition_supplement_in_order"),
            models.UniqueConstraint(
                fields=["petition"], name="petition_supplement_one_open", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(closed_at__isnull=False),
                name="petition_supplement_answer_is_dated",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.petition_id} {self.number}"


class PetitionAttachment(models.Model):
    """A file that the sender sent, with the petition or with a supplement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    petition = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="attachments", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", db_index=False)
    supplement = models.ForeignKey(
        PetitionSupplement, null=True, on_delete=models.PROTECT, related_name="attachments", db_index=False
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="petition_attachment_in_order")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.petition_id} {self.number}"
