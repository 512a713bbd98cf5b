from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.teamwork.models import columns


class SavedView(models.Model):
    """
    A list of the inbox under a name: the part of its address after the question mark.

    One's own, or shared with a unit; then everybody of the unit sees it and only its owner changes it.
    """

    agency = columns.agency()
    appointment = columns.appointment()
    unit = models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The unit that it is shared with; None: the owner's alone."""
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=1000, blank=True)
    is_default = models.BooleanField(default=False)
    """What the owner's inbox opens with."""
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(unit__isnull=False), name="saved_view_shared")]

    @override
    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
