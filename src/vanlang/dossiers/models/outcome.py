from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.dossier import Dossier
from vanlang.dossiers.types import Medium, OutcomeKind
from vanlang.kernel.ids import new_id


class Outcome(models.Model):
    """What the agency answers. Drafted by the specialist, agreed and signed by the leader, issued by the clerk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="outcomes", db_index=False)
    edition = models.PositiveSmallIntegerField(default=1)
    """1 for the first; every correction yields another one."""
    kind = code_field(OutcomeKind)
    medium = code_field(Medium)
    title = models.CharField(max_length=300)
    summary = models.JSONField(default=dict)
    """What the leader reads at a glance: label → value."""
    book_kind = models.CharField(max_length=12, blank=True)
    document = models.ForeignKey(
        "documents.OutcomeDocument", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The signed file; for an outcome on paper its scan."""
    number = models.CharField(max_length=60, blank=True)
    """Number and symbol: "15/TLKS-UBND"."""
    proposed_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=40, unique=True)
    """Random: what the code printed on the outcome leads to."""
    expires_on = models.DateField(null=True)
    """The first day on which it is no longer in force; null when it does not expire."""
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The corrected outcome that stands in its place."""
    revoked_on = models.DateField(null=True)
    """From which day it is out of force, by the decision below."""
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    revoked_why = models.TextField(blank=True)
    revocation_number = models.CharField(max_length=60, blank=True)
    """Number and symbol of the decision that revokes it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "edition"], name="outcome_edition_once"),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True, replaced_by__isnull=True)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False, released_at__isnull=False),
                name="outcome_replaced_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(
                    revoked_on__isnull=True, revoked_at__isnull=True, revocation_number="", revoked_why=""
                )
                | (
                    Q(revoked_on__isnull=False, revoked_at__isnull=False, released_at__isnull=False)
                    & ~Q(revocation_number="")
                    & ~Q(revoked_why="")
                ),
                name="outcome_revoked_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(approved_at__isnull=False),
                name="outcome_signed_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(medium=Medium.PAPER)
                | Q(signed_at__isnull=False, file__isnull=False),
                name="outcome_electronic_is_signed",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
