from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.sealing import SealedField
from vanlang.operations.types import UpkeepKind


class Upkeep(models.Model):
    """A backup, a drill or a restore, as the launcher reported it. Rows are added, never changed."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in UpkeepKind])
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    is_good = models.BooleanField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "-began_at"], name="upkeep_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("began_at")), name="upkeep_ends_after_it_began"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.began_at:%Y-%m-%d} {'good' if self.is_good else 'failed'}"


class Sample(models.Model):
    """
    Something invented that every backup carries: sealed with the installation's key, and a paper in the file store.

    A drill opens it with what the backup holds. A database whose secrets or files were lost cannot.
    """

    says = SealedField()
    says_sha256 = models.CharField(max_length=64)
    """Of the sentence before it was sealed: what must come out again."""
    paper = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    planted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(says_sha256__regex=r"^[0-9a-f]{64}$"), name="sample_hash_shape"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"sample {self.pk}"
