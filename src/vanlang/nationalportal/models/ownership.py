"""Whose a dossier is: which system processes what, dossiers whose state another system owns, and claims on one of two."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.nationalportal.types import ClaimState, PortalState


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class Route(models.Model):
    """Which other system processes a procedure for an agency during a period. Without one, the province does."""

    procedure_version = models.ForeignKey(
        "catalogue.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=60)
    """As the portal names it: NguonCapNhat."""
    system_name = models.CharField(max_length=200)
    """As people know it."""
    address = models.URLField(max_length=300, blank=True)
    """Where whoever asks goes."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decision = models.CharField(max_length=300)
    """On what ground."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="route_period"
            ),
            models.CheckConstraint(condition=~Q(system="") & ~Q(decision=""), name="route_is_grounded"),
            ExclusionConstraint(
                name="one_route_a_day",
                expressions=[
                    ("procedure_version", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (_Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.procedure_version_id} @ {self.agency_id} → {self.system}"


class ForeignDossier(models.Model):
    """A dossier whose state another system owns: shown, counted once, never moved here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.CharField(max_length=60)
    external_code = models.CharField(max_length=80)
    procedure_code = models.CharField(max_length=40)
    procedure_name = models.CharField(max_length=1500)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose it is, where a personal id was told."""
    applicant_name = models.CharField(max_length=300)
    state = models.CharField(max_length=2, choices=[(one.value, one.value) for one in PortalState])
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    address = models.URLField(max_length=300, blank=True)
    heard_at = models.DateTimeField()
    """When its system last said so."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "external_code"], name="foreign_dossier_once"),
        ]
        indexes = [models.Index(fields=["agency", "-submitted_at"], name="foreign_by_agency")]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.external_code}"


class Claim(models.Model):
    """Another system says that a dossier is its own. Nothing changes until a person decided, with both sides before them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    external_code = models.CharField(max_length=80)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Ours; or else the reference below."""
    foreign = models.ForeignKey(
        ForeignDossier, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=60)
    """Who claims it."""
    theirs = models.JSONField()
    """State and days as the claimant says: codes and instants, no person."""
    ours = models.JSONField()
    """The same as it stood with its owner when the claim came."""
    claimed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ClaimState])
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_code", "system"], condition=Q(state="open"), name="claim_one_open"
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, foreign__isnull=True)
                | Q(dossier__isnull=True, foreign__isnull=False),
                name="claim_on_one_dossier",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="claim_decided_is_reasoned",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "claimed_at"], name="claim_open", condition=Q(state="open"))
        ]

    @override
    def __str__(self) -> str:
        return f"{self.system} on {self.external_code}"
