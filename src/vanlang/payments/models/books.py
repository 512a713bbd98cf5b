from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.payments.models.fields import agency_field, code_field
from vanlang.payments.rules.ledger import CAME_IN
from vanlang.payments.types import LedgerAccount, Occasion


class Entry(models.Model):
    """
    One occasion in an agency's books.

    Only added to, and balanced when the transaction ends: the database sees to both (migration 0002). An occasion is
    booked once for a source, whoever says it how often.
    """

    agency = agency_field()
    occasion = code_field(Occasion)
    source = models.CharField(max_length=120)
    """What it was for: a line of a demand, "way:transaction" of money that came, a refund, a slip of the bank."""
    at = models.DateTimeField()
    demand = models.ForeignKey("payments.Demand", null=True, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey("payments.Payment", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion", "source"], name="entry_once_for_a_source"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(occasion__in=sorted(CAME_IN)), name="entry_money_comes_once"
            ),
        ]
        indexes = [models.Index(fields=["agency", "at"], name="entry_by_day")]

    @override
    def __str__(self) -> str:
        return f"{self.occasion} {self.source}"


class EntryLeg(models.Model):
    """One line of an entry: debit is positive, credit is negative."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="legs")
    agency = agency_field()
    account = code_field(LedgerAccount)
    vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="entry_leg_one_an_account"),
            models.CheckConstraint(condition=~Q(vnd=0), name="entry_leg_is_of_something"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.account} {self.vnd}"
