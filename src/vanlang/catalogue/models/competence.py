from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from typing_extensions import override

from vanlang.catalogue.models.procedures import Procedure, choices
from vanlang.catalogue.types import Level


class _Days(Func):
    function = "daterange"
    output_field = DateRangeField()


class _Communes(Func):
    """One commune as a range of ids; without one, every commune: the range without bounds."""

    function = "int4range"
    output_field = IntegerRangeField()


class Delegation(models.Model):
    """A decision that says who settles some procedures during a period: delegated, or taken back."""

    id = models.AutoField(primary_key=True)
    decision = models.CharField(max_length=100)
    """Number and symbol: "12/2026/QĐ-UBND"."""
    decided_on = models.DateField()
    abstract = models.CharField(max_length=500, blank=True)
    level = models.CharField(max_length=10, choices=choices(Level))
    """Who settles from then on: each commune its own, or the department of the province."""
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    """Set when one agency by name settles instead."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """As the decision says; the first day on which it no longer holds."""
    ended_on = models.DateField(null=True)
    """The first day on which it no longer holds because it was taken back before its time."""
    ended_by = models.CharField(max_length=100, blank=True)
    """The decision that took it back."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "level", "valid_from"], name="delegation_decision_once"
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="delegation_has_a_decision"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="delegation_period"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="")),
                name="delegation_taken_back_by_a_decision",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.decision} ({self.level}, {self.valid_from})"


class Competence(models.Model):
    """
    One line of a delegation: who settles one procedure, for one commune or for all, during a period.

    For one procedure, place and day there is one line at most: the database refuses another.
    """

    delegation = models.ForeignKey(
        Delegation, null=True, on_delete=models.PROTECT, related_name="competences"
    )
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="competences")
    level = models.CharField(max_length=10, choices=choices(Level))
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    """None at commune level: the commune itself; at province level: the department of the version."""
    commune = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    """For what is taken in at this commune; None: everywhere."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="competence_period"
            ),
            ExclusionConstraint(
                name="one_competence_a_place_and_day",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (_Communes("commune", "commune", Value("[]")), RangeOperators.OVERLAPS),
                    (_Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.procedure_id} → {self.agency_id or self.level}"
