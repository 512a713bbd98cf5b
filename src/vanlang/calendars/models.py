from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from typing_extensions import override

from vanlang.calendars.types import DayKind, DayStatus


class _Period(Func):
    function = "daterange"
    output_field = DateRangeField()


_KINDS = [(kind.value, kind.value) for kind in DayKind]
_STATUSES = [(status.value, status.value) for status in DayStatus]


class Edition(models.Model):
    """One change of the calendar; the newest id is its version. Ids come from a sequence, so none is used twice."""

    at = models.DateTimeField()
    cause = models.CharField(max_length=200)

    @override
    def __str__(self) -> str:
        return f"#{self.pk} {self.cause}"


class YearRow(models.Model):
    """Whether the list of days off of a year has been published."""

    year = models.SmallIntegerField(primary_key=True)
    status = models.CharField(max_length=8, choices=_STATUSES)
    source = models.CharField(max_length=300)
    by_hand = models.BooleanField(default=False)
    """Written by an officer: loading the reference file does not touch it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=list(DayStatus)), name="calendar_year_status"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.year} {self.status}"


class DayRow(models.Model):
    """A day off or a make-up day."""

    on = models.DateField(unique=True)
    kind = models.CharField(max_length=13, choices=_KINDS)
    name = models.CharField(max_length=150)
    status = models.CharField(max_length=8, choices=_STATUSES)
    source = models.CharField(max_length=300)
    make_up_for = models.DateField(null=True, blank=True)
    by_hand = models.BooleanField(default=False)
    """Written by an officer: loading the reference file does not touch it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(DayKind)), name="calendar_day_kind"),
            models.CheckConstraint(condition=Q(status__in=list(DayStatus)), name="calendar_day_status"),
            models.CheckConstraint(
                condition=Q(kind=DayKind.MAKE_UP, make_up_for__isnull=False)
                | (~Q(kind=DayKind.MAKE_UP) & Q(make_up_for__isnull=True)),
                name="calendar_make_up_names_the_day_it_replaces",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class OfficeHoursRow(models.Model):
    """Office hours of one weekday of one agency (or of all, without agency) during one period."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+", null=True)
    weekday = models.SmallIntegerField()
    """0 = Monday."""
    morning_opens = models.TimeField(null=True)
    morning_closes = models.TimeField(null=True)
    afternoon_opens = models.TimeField(null=True)
    afternoon_closes = models.TimeField(null=True)
    same_day_until = models.TimeField()
    """The last minute at which a same-day procedure is received for today."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """First day on which they no longer hold."""
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="office_hours_weekday"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="office_hours_period",
            ),
            models.CheckConstraint(
                condition=Q(morning_opens__isnull=True, morning_closes__isnull=True)
                | Q(morning_opens__lt=F("morning_closes")),
                name="office_hours_morning",
            ),
            models.CheckConstraint(
                condition=Q(afternoon_opens__isnull=True, afternoon_closes__isnull=True)
                | Q(afternoon_opens__lt=F("afternoon_closes")),
                name="office_hours_afternoon",
            ),
            models.CheckConstraint(
                condition=Q(morning_opens__isnull=False) | Q(afternoon_opens__isnull=False),
                name="office_hours_some",
            ),
            models.CheckConstraint(
                condition=Q(morning_closes__isnull=True)
                | Q(afternoon_opens__isnull=True)
                | Q(afternoon_opens__gte=F("morning_closes")),
                name="office_hours_in_order",
            ),
            ExclusionConstraint(
                name="office_hours_once_a_weekday",
                expressions=[
                    (Coalesce("agency", 0), RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (_Period("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id or '*'} {self.weekday} {self.valid_from}–{self.valid_to or ''}"
