from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.counter.models.fields import agency_field, code_field, officer_field
from vanlang.counter.types import CashKind
from vanlang.kernel.ids import new_id


class CashDrawer(models.Model):
    """
    The cash of one officer and one day, from opening to the treasurer's hand.

    What must be in it is the opening amount and its entries, summed by the database when it is closed; a closed
    drawer changes in nothing but who took it over (migration 0004). Units: đồng.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    day = models.DateField()
    officer = officer_field()
    opening = models.PositiveBigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    counted = models.JSONField(default=dict)
    """Denomination in đồng → how many notes."""
    counted_sum = models.PositiveBigIntegerField(null=True)
    expected_sum = models.PositiveBigIntegerField(null=True)
    explanation = models.CharField(max_length=500, blank=True)
    treasurer = models.CharField(max_length=150, blank=True)
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=Q(closed_at__isnull=True), name="cash_one_open_drawer"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, counted_sum__isnull=True, expected_sum__isnull=True)
                | Q(closed_at__isnull=False, counted_sum__isnull=False, expected_sum__isnull=False),
                name="cash_closed_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(counted_sum=F("expected_sum")) | ~Q(explanation=""),
                name="cash_difference_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True, treasurer="")
                | (Q(handed_at__isnull=False, closed_at__isnull=False) & ~Q(treasurer="")),
                name="cash_handed_over_closed",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-day"], name="cash_by_day")]

    @override
    def __str__(self) -> str:
        return f"drawer {self.day} {self.officer_id}"


class CashEntry(models.Model):
    """A line of the cash book: only added to, numbered without gap, corrected by its counter-entry. Units: đồng."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    drawer = models.ForeignKey(CashDrawer, on_delete=models.PROTECT, related_name="entries", db_index=False)
    agency = agency_field()
    number = models.PositiveIntegerField()
    kind = code_field(CashKind)
    amount = models.BigIntegerField()
    what_for = models.CharField(max_length=200)
    dossier = models.ForeignKey("dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drawer", "number"], name="cash_entry_number_once"),
            models.CheckConstraint(
                condition=Q(kind=CashKind.TAKEN, amount__gt=0, corrects__isnull=True)
                | Q(kind=CashKind.COUNTER_ENTRY, amount__lt=0, corrects__isnull=False),
                name="cash_entry_has_its_sign",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.drawer_id} {self.number}"
