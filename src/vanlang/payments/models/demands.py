from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.fields import agency_field, code_field, officer_field
from vanlang.payments.types import DemandPurpose, DemandState, FeeGap

_OVER = sorted({DemandState.PAID, DemandState.WAIVED, DemandState.CANCELLED})


class Demand(models.Model):
    """What is owed for one dossier and one purpose. Who pays is a fact of the dossier, and not copied."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    agency = agency_field()
    """Which agency takes the money, and has it in its books."""
    purpose = code_field(DemandPurpose)
    state = code_field(DemandState)
    amount_vnd = models.PositiveBigIntegerField()
    """What is owed: the sum of the lines after their exemptions."""
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """When nothing was owed any more: paid, waived or cancelled."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "purpose"],
                condition=~Q(state=DemandState.CANCELLED),
                name="demand_one_for_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(state=DemandState.OPEN, settled_at__isnull=True, amount_vnd__gt=0)
                | Q(state__in=_OVER, settled_at__isnull=False),
                name="demand_over_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.WAIVED) | Q(amount_vnd=0), name="demand_waived_is_nothing"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "raised_at", "id"],
                name="demand_unpaid",
                condition=Q(state=DemandState.OPEN),
            )
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class DemandLine(models.Model):
    """One fee or charge, as the catalogue had it when the demand was raised, and what is not asked of it."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    fee_id = models.BigIntegerField()
    """The row of the catalogue; not a foreign key, because a version that is corrected is written anew."""
    is_charge = models.BooleanField()
    """Lệ phí, as against phí."""
    name = models.CharField(max_length=250)
    per = models.CharField(max_length=60, blank=True)
    quantity = models.PositiveIntegerField()
    basis = models.CharField(max_length=500, blank=True)
    full_vnd = models.PositiveBigIntegerField()
    owed_vnd = models.PositiveBigIntegerField()
    exemption = models.CharField(max_length=40, blank=True)
    """Code of the reason in the table of exemptions."""
    exempted_by = officer_field()
    exempted_at = models.DateTimeField(null=True)
    changes = models.PositiveSmallIntegerField(default=0)
    """How often an exemption was given or taken back: each time is an entry of the books."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "position"], name="demand_line_position_once"),
            models.CheckConstraint(
                condition=Q(exemption="", owed_vnd=F("full_vnd"), exempted_at__isnull=True)
                | (Q(owed_vnd__lt=F("full_vnd"), exempted_at__isnull=False) & ~Q(exemption="")),
                name="demand_line_less_has_a_reason",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.demand_id} {self.position}"


class FeeQuestion(models.Model):
    """That no demand could be raised for a dossier: an officer says how many, or a department what it costs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    agency = agency_field()
    gap = code_field(FeeGap)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "asked_at"], name="fee_question_open", condition=Q(answered_at__isnull=True)
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.gap}"
