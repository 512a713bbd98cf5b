from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.fields import agency_field, code_field, officer_field
from vanlang.payments.types import DifferenceState, Match, PaymentWay, StatementSource

_FITTING = sorted({Match.EQUAL, Match.DAY})


class StatementImport(models.Model):
    """What a provider says of one agency's day, by one way. A later one for the same day counts instead."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    way = code_field(PaymentWay)
    on = models.DateField()
    source = code_field(StatementSource)
    name = models.CharField(max_length=200, blank=True)
    """Of the file."""
    digest = models.CharField(max_length=64)
    """SHA-256 of its lines: the same said again is the same statement."""
    lines = models.PositiveIntegerField()
    total_vnd = models.BigIntegerField()
    imported_at = models.DateTimeField()
    imported_by = officer_field()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "way", "on"],
                condition=Q(superseded_at__isnull=True),
                name="statement_one_counts",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.way} {self.on}"


class StatementRow(models.Model):
    """One line of a statement."""

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(StatementImport, on_delete=models.PROTECT, related_name="rows")
    agency = agency_field()
    position = models.PositiveIntegerField()
    transaction = models.CharField(max_length=60)
    vnd = models.BigIntegerField()
    """Negative for money that went back."""
    on = models.DateField()
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="statement_row_once"),
            models.CheckConstraint(
                condition=~Q(vnd=0) & ~Q(transaction=""), name="statement_row_is_of_something"
            ),
        ]
        indexes = [models.Index(fields=["transaction"], name="statement_row_by_name")]

    @override
    def __str__(self) -> str:
        return self.transaction


class MoneyDifference(models.Model):
    """A transaction in which our books and a statement do not fit, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    way = code_field(PaymentWay)
    on = models.DateField()
    """The day at whose comparison it was found."""
    transaction = models.CharField(max_length=60)
    reference = models.CharField(max_length=60, blank=True)
    match = code_field(Match)
    ours_vnd = models.BigIntegerField(null=True)
    theirs_vnd = models.BigIntegerField(null=True)
    state = code_field(DifferenceState)
    found_at = models.DateTimeField()
    explanation = models.CharField(max_length=500, blank=True)
    explained_by = officer_field()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "way", "on", "transaction"], name="difference_once_for_a_day"
            ),
            models.CheckConstraint(condition=~Q(match__in=_FITTING), name="difference_does_not_fit"),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.EXPLAINED)
                | (~Q(explanation="") & Q(explained_by__isnull=False)),
                name="difference_explained_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ours_vnd__isnull=False) | Q(theirs_vnd__isnull=False),
                name="difference_has_a_side",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.match} {self.transaction}"


class DayClose(models.Model):
    """That a person closed a day of one way: nothing of it was unexplained, and nothing is booked into it any more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    way = code_field(PaymentWay)
    on = models.DateField()
    statement = models.ForeignKey(StatementImport, on_delete=models.PROTECT, related_name="+", db_index=False)
    ours_vnd = models.BigIntegerField()
    theirs_vnd = models.BigIntegerField()
    explained = models.PositiveIntegerField()
    """How many differences were explained, not healed."""
    closed_at = models.DateTimeField()
    closed_by = officer_field(null=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "way", "on"], name="day_closed_once")]

    @override
    def __str__(self) -> str:
        return f"{self.way} {self.on}"


class MonthClose(models.Model):
    """That a person closed a month of an agency: each of its days with money was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    month = models.DateField()
    """Its first day."""
    closed_at = models.DateTimeField()
    closed_by = officer_field(null=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "month"], name="month_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"
