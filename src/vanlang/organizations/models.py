from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from typing_extensions import override

from vanlang.organizations.types import AgencyKind, ChangeKind, UnitKind


class _Period(Func):
    function = "daterange"
    output_field = DateRangeField()


def _choices(kinds: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kinds]  # type: ignore[attr-defined] # an enum class


class Agency(models.Model):
    """An agency: its code is for ever, its names are dated."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=35, unique=True)
    kind = models.CharField(max_length=12, choices=_choices(AgencyKind))
    stat_code = models.CharField(max_length=10, blank=True)
    """Code of the statistics office for the commune's area; two sources disagree on a few, so it is no key."""

    @override
    def __str__(self) -> str:
        return self.code


class AgencyVersion(models.Model):
    """What an agency is called, and where it sits, during one period."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=150)
    search_name = models.CharField(max_length=250)
    address = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agency_version_period",
            ),
            ExclusionConstraint(
                name="agency_has_one_name_a_day",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    (_Period("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from}–{self.valid_to or ''}) #{self.pk}"


class Unit(models.Model):
    """A part of an agency in which officers work."""

    id = models.AutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=_choices(UnitKind))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once_in_agency")]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id}: {self.name}"


class AgencyChange(models.Model):
    """A reorganisation, by a decision, from a day on."""

    kind = models.CharField(max_length=8, choices=_choices(ChangeKind))
    effective_on = models.DateField()
    decision = models.CharField(max_length=300)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on} #{self.pk}"


class AgencyChangePart(models.Model):
    """One agency's part in a reorganisation: it is continued by others, or continues them."""

    change = models.ForeignKey(AgencyChange, on_delete=models.PROTECT, related_name="parts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    continues = models.BooleanField()
    """False: was there before. True: is there after."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "agency", "continues"], name="agency_once_in_change_side"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.change_id}/{self.agency_id}/{self.continues}"
