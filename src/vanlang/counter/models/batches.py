from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.counter.models.fields import agency_field, code_field, officer_field
from vanlang.counter.types import BatchKind, BatchLineState
from vanlang.kernel.ids import new_id


class Batch(models.Model):
    """A pile that is taken in line by line; what was received stays received, the rest can be gone on with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    kind = code_field(BatchKind)
    officer = officer_field()
    begun_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    """The person, or the procedure."""

    class Meta:
        indexes = [models.Index(fields=["agency", "-begun_at"], name="batch_by_time")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class BatchLine(models.Model):
    """One dossier of a pile, as it was typed or pasted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    """Becomes the dossier's id: received twice, it is received once."""
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines", db_index=False)
    agency = agency_field()
    number = models.PositiveIntegerField()
    procedure_code = models.CharField(max_length=40)
    case_id = models.IntegerField(null=True)
    personal_id = models.CharField(max_length=20, blank=True)
    full_name = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    request = models.CharField(max_length=500, blank=True)
    state = code_field(BatchLineState)
    error = models.CharField(max_length=300, blank=True)
    """Why it was not received when it was tried last."""
    dossier = models.ForeignKey("dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_line_number_once"),
            models.CheckConstraint(
                condition=Q(state=BatchLineState.RECEIVED, dossier__isnull=False, error="")
                | (~Q(state=BatchLineState.RECEIVED) & Q(dossier__isnull=True)),
                name="batch_line_received_has_its_dossier",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
