"""What follows a release: the paper of an electronic outcome, and what the citizen says of it all."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.dossier import Dossier
from vanlang.dossiers.rules.paper_copies import PaperState
from vanlang.dossiers.rules.rating import RatingWay


class PaperCopy(models.Model):
    """The paper of an electronic outcome: wanted or not, ready, and who took it."""

    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, related_name="paper_copy", primary_key=True
    )
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """At whose counter it waits."""
    state = code_field(PaperState)
    opened_at = models.DateTimeField()
    wanted_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    """When it was handed over or posted."""
    receiver = models.CharField(max_length=150, blank=True)
    authority = models.CharField(max_length=300, blank=True)
    """On what ground another than the recipient took it."""
    tracking = models.CharField(max_length=60, blank=True)
    left_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PaperState.NOT_WANTED, ready_at__isnull=True, left_at__isnull=True)
                | Q(
                    state=PaperState.WANTED,
                    wanted_at__isnull=False,
                    ready_at__isnull=True,
                    left_at__isnull=True,
                )
                | Q(state=PaperState.READY, ready_at__isnull=False, left_at__isnull=True)
                | Q(
                    state__in=sorted({PaperState.HANDED_OVER, PaperState.POSTED}),
                    ready_at__isnull=False,
                    left_at__isnull=False,
                    left_by__isnull=False,
                ),
                name="paper_copy_goes_its_road",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.HANDED_OVER) | ~Q(receiver=""), name="paper_copy_has_a_receiver"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "state", "wanted_at"],
                name="paper_copy_waiting",
                condition=Q(state__in=sorted({PaperState.WANTED, PaperState.READY})),
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.state}"


class Rating(models.Model):
    """What one citizen says of one dossier, once. Officers see no row of it, only figures of many (migration 0013)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="rating", primary_key=True)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    """Which agency answered."""
    person = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who rated, when signed in; None by a printed link."""
    way = code_field(RatingWay)
    marks = models.JSONField()
    """Question → 1 to 5."""
    overall = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.CharField(max_length=1000, blank=True)
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(overall__gte=1, overall__lte=5), name="rating_mark"),
            models.CheckConstraint(condition=Q(changed_at__gte=F("rated_at")), name="rating_changed_after"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.dossier_id)
