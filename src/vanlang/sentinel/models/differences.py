from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.sentinel.models.runs import SyncRun
from vanlang.sentinel.types import DifferenceState, Remedy, StateOwner


class SyncDifference(models.Model):
    """
    One record about which the two sides differ. Found again it is the same row; gone, it is settled and another may come.

    It keeps what is compared and no more: code, agency, state, days, numbers of results. No name, no identity, no text.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Whose record it is here, else whose they say it is; null for one that nobody here knows."""
    first_on = models.DateField()
    last_on = models.DateField()
    """The days of receipt under which it stands on either side: a run that covers both can settle it."""
    kinds = ArrayField(models.CharField(max_length=10))
    owner = models.CharField(max_length=5, choices=[(one.value, one.value) for one in StateOwner])
    remedy = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Remedy])
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in DifferenceState])
    versions = SealedField()
    """Every version of both sides, as lists of the fields that are compared."""
    digest = models.BinaryField(max_length=32)
    """SHA-256 over the versions: whether it is still the same difference."""
    remedies_given = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField(null=True)

    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    found_in = models.ForeignKey(SyncRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    seen_in = models.ForeignKey(SyncRun, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_in = models.ForeignKey(SyncRun, null=True, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"], name="sync_difference_once", condition=~Q(state="settled")
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False, settled_in__isnull=False)
                | (~Q(state="settled") & Q(settled_at__isnull=True, settled_in__isnull=True)),
                name="sync_difference_settled_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="explained")
                | (Q(explained_at__isnull=False, explained_by__isnull=False) & ~Q(why="")),
                name="sync_difference_explained_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="healing") | Q(given_at__isnull=False, remedies_given__gt=0),
                name="sync_difference_heals_by_a_remedy",
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="sync_difference_has_days"),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-found_at"], name="sync_difference_by_agency"),
            models.Index(fields=["state", "-found_at"], name="sync_difference_by_state"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.code} {self.state}"


class ComparedDay(models.Model):
    """How the records received on one day stand on both sides, by the last comparison that covered it."""

    system = models.CharField(max_length=40)
    on = models.DateField()
    here = models.PositiveIntegerField()
    there = models.PositiveIntegerField()
    is_equal = models.BooleanField()
    differing = models.PositiveIntegerField()
    """Records that differ and are not under way."""
    digest = models.BinaryField(max_length=16)
    """Of our side; theirs is the same where the day is equal."""
    run = models.ForeignKey(SyncRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    compared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "on"], name="compared_day_once")]

    @override
    def __str__(self) -> str:
        return f"{self.system} {self.on} {'=' if self.is_equal else '≠'}"
