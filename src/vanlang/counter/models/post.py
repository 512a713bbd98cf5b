from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.counter.models.fields import agency_field, code_field, officer_field
from vanlang.counter.types import PostDirection, PostState
from vanlang.kernel.ids import new_id


class PostalItem(models.Model):
    """An envelope: with which number it travels, what lies in it, how far it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    direction = code_field(PostDirection)
    state = code_field(PostState)
    carrier = models.CharField(max_length=60, blank=True)
    tracking = models.CharField(max_length=13, blank=True)
    """S10 number; empty while the envelope has none yet."""
    name = models.CharField(max_length=150, blank=True)
    """Who sent it, or to whom it goes."""
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()
    registered_by = officer_field(null=True)
    """None: wished by the applicant."""
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "direction", "tracking"],
                condition=~Q(tracking=""),
                name="post_tracking_once",
            ),
            models.CheckConstraint(
                condition=Q(tracking="") | Q(tracking__regex="^[A-Z]{2}[0-9]{9}[A-Z]{2}$"),
                name="post_tracking_is_s10",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted([PostState.REGISTERED, PostState.ARRIVED]))
                | (~Q(tracking="") & Q(sent_at__isnull=False)),
                name="post_sent_with_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(direction=PostDirection.IN)
                | Q(state__in=sorted([PostState.REGISTERED, PostState.ARRIVED, PostState.DELIVERED])),
                name="post_in_is_not_sent",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-registered_at"], name="post_by_state")]

    @override
    def __str__(self) -> str:
        return self.tracking or str(self.pk)


class PostalPiece(models.Model):
    """A dossier whose papers, or whose result, lie in an envelope."""

    item = models.ForeignKey(PostalItem, on_delete=models.PROTECT, related_name="pieces")
    agency = agency_field()
    direction = code_field(PostDirection)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "dossier"], name="post_piece_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.item_id} {self.dossier_id}"
