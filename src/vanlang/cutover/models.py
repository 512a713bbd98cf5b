from __future__ import annotations

from django.db import models
from typing_extensions import override

from vanlang.cutover.types import CutoverKind, CutoverState, Difference, LineStatus
from vanlang.kernel.ids import new_id


class SourceSystem(models.Model):
    """Another system from which dossiers come, and how its words become ours."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    columns = models.JSONField(default=dict)
    states = models.JSONField(default=dict)
    acts = models.JSONField(default=dict)

    @override
    def __str__(self) -> str:
        return self.code


class CutoverRun(models.Model):
    """One export of another system: dry run and take-over, or a day's comparison. Its file is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in CutoverKind])
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in CutoverState])
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=250)
    on = models.DateField()
    """The day whose state the export shows."""
    read_by = models.ForeignKey("identity.Appointment", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    totals = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.system_id} {self.kind} {self.on}"


class CutoverLine(models.Model):
    """One dossier of an export to take over: as it was said there, and what became of it here."""

    run = models.ForeignKey(CutoverRun, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    external_code = models.CharField(max_length=80)
    status = models.CharField(max_length=7, choices=[(one.value, one.value) for one in LineStatus])
    agency = models.CharField(max_length=35, blank=True)
    dossier_state = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    dossier = models.ForeignKey("dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="cutover_line_once")]
        indexes = [models.Index(fields=["run", "status", "number"], name="cutover_line_by_status")]

    @override
    def __str__(self) -> str:
        return f"{self.run_id} #{self.number}"


class FoundDifference(models.Model):
    """One dossier that stands otherwise in the other system on a day."""

    run = models.ForeignKey(CutoverRun, on_delete=models.PROTECT, related_name="differences", db_index=False)
    external_code = models.CharField(max_length=80)
    kind = models.CharField(max_length=13, choices=[(one.value, one.value) for one in Difference])
    agency = models.CharField(max_length=35, blank=True)
    theirs = models.CharField(max_length=60, blank=True)
    ours = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "external_code", "kind"], name="difference_once_a_run")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.external_code} {self.kind}"
