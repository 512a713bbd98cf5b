from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.files.types import ScanState
from vanlang.kernel.ids import new_id


class StoredFile(models.Model):
    """One handing-in of a file. Its content lies on disk under its hash, once for all rows that hold the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    pages = models.PositiveSmallIntegerField(null=True)
    scan_state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in ScanState])
    created_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("identity.Account", null=True, on_delete=models.PROTECT, related_name="+")
    retain_until = models.DateField(null=True)
    """The day before which it may not be removed; None: as long as something refers to it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_shape"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="file_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="file_by_content"),
            models.Index(
                fields=["id"], condition=Q(scan_state=ScanState.UNSCANNED.value), name="file_waiting_for_scan"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
