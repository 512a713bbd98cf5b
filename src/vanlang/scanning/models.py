from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id


class ScanBatch(models.Model):
    """What one officer is scanning for one dossier: kept over a reload, swept when nobody comes back to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account_id = models.BigIntegerField()
    other_name = models.CharField(max_length=300, blank=True)
    """Name of a paper that the procedure does not list."""
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "account_id"], name="scan_batch_once_for_each_officer")
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class ScanPage(models.Model):
    """One page: of a picture, or of a PDF. The pixels are never changed; it is turned when the paper is made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ScanBatch, on_delete=models.CASCADE, related_name="pages")
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    source_page = models.PositiveIntegerField(default=1)
    turn = models.PositiveSmallIntegerField(default=0)
    paper = models.CharField(max_length=20, blank=True)
    removed = models.BooleanField(default=False)
    dpi = models.PositiveIntegerField(null=True)
    """Null for a page of a PDF that is no picture."""
    warnings = ArrayField(models.CharField(max_length=12), default=list)
    examined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(turn__in=[0, 90, 180, 270]), name="scan_page_turned_by_quarters"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.batch_id} #{self.position}"
