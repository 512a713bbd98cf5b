from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.counter.models.fields import agency_field, code_field, officer_field
from vanlang.counter.types import TrayItemState, TrayKind
from vanlang.kernel.ids import new_id


class Tray(models.Model):
    """A list that goes from hand to hand with what it names; who gives and who takes both stand on it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    to_agency = agency_field()
    kind = code_field(TrayKind)
    day = models.DateField()
    number = models.PositiveIntegerField()
    """Counts the agency's trays of a day."""
    unit = models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The receiving unit; None: the counter."""
    given_by = officer_field()
    given_at = models.DateTimeField()
    taken_by = officer_field(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day", "number"], name="tray_number_once_a_day"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="tray_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=TrayKind.RESULTS, unit__isnull=True)
                | Q(kind=TrayKind.TO_UNIT, unit__isnull=False),
                name="tray_has_its_receiver",
            ),
        ]
        indexes = [models.Index(fields=["to_agency", "-given_at"], name="tray_by_receiver")]

    @override
    def __str__(self) -> str:
        return f"tray {self.day} {self.number}"


class TrayItem(models.Model):
    """One dossier, or one result, on a tray."""

    tray = models.ForeignKey(Tray, on_delete=models.PROTECT, related_name="items")
    agency = agency_field()
    to_agency = agency_field()
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    kind = code_field(TrayKind)
    position = models.PositiveSmallIntegerField()
    state = code_field(TrayItemState)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tray", "position"], name="tray_position_once"),
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(state=TrayItemState.ON_THE_WAY),
                name="tray_item_on_one_tray",
            ),
            models.CheckConstraint(
                condition=Q(state=TrayItemState.REJECTED) & ~Q(reason="")
                | ~Q(state=TrayItemState.REJECTED) & Q(reason=""),
                name="tray_item_rejected_with_reason",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.tray_id} {self.position}"
