from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.configuration.types import ImportState, RowStatus
from vanlang.kernel.ids import new_id


class ImportRun(models.Model):
    """One table that somebody handed in: read, compared, decided on, written, perhaps undone. Its file is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ImportState])
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    """Where who proposed it works."""
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=250)
    proposed_by = models.ForeignKey("identity.Appointment", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    totals = models.JSONField(default=dict)
    ignored = models.JSONField(default=list)
    """Titles in the file that no column has."""
    choices = models.JSONField(default=dict)
    """What was chosen when it was decided: whether former names were accepted, what happens to running dossiers."""
    total_groups = models.PositiveIntegerField(default=0)
    done_groups = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-proposed_at"], name="import_newest")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} #{self.pk}"


class ImportRow(models.Model):
    """One line of an import: what was there, what the file says, what became of it. Unchanged lines are only counted."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows", db_index=False)
    place = models.PositiveIntegerField()
    """Position in the preview."""
    number = models.PositiveIntegerField()
    group = models.CharField(max_length=600)
    status = models.CharField(max_length=8, choices=[(one.value, one.value) for one in RowStatus])
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    proposals = models.JSONField(default=list)
    written_at = models.DateTimeField(null=True)
    refused = models.JSONField(null=True)
    """Why it was not written, or not undone: {"code": …, "facts": {…}}."""
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "status", "place"], name="import_row_by_status"),
            models.Index(
                fields=["run", "place"],
                name="import_row_waiting",
                condition=Q(written_at__isnull=True, refused__isnull=True)
                & ~Q(status__in=["faulty", "same"]),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.run_id} #{self.place} {self.status}"
