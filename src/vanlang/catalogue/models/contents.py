from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.catalogue.models.procedures import ProcedureVersion, choices
from vanlang.catalogue.types import Channel, FeeKind, LimitUnit, Origin, PaperKind, StepRole


class Case(models.Model):
    """A case (trường hợp) of a version, with papers of its own."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="cases")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500, blank=True)
    """Empty when the procedure has one case only."""
    form_code = models.CharField(max_length=60, blank=True)
    """Code of the electronic form that is filled in for it."""
    yields = models.JSONField(null=True)
    """The register that a granted outcome is written into; see `rules.content.YieldContent`."""
    takes = models.JSONField(default=list)
    """Results of registers that it takes; see `rules.content.TakeContent`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="case_position_once")]

    @override
    def __str__(self) -> str:
        return f"{self.version_id}/{self.position}"


class RequiredDocument(models.Model):
    """A line of "thành phần hồ sơ": a paper to hand in or to show, a note, or a line nobody has judged yet."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=8, choices=choices(PaperKind))
    form_files = ArrayField(models.CharField(max_length=250), default=list)
    originals = models.PositiveSmallIntegerField(null=True)
    copies = models.PositiveSmallIntegerField(null=True)
    is_required = models.BooleanField()
    """False for a paper that only some applicants need; `condition` says who."""
    section = models.CharField(max_length=500, blank=True)
    condition = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="document_position_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=[PaperKind.NOTE, PaperKind.UNCLEAR])
                | Q(originals__isnull=True, copies__isnull=True),
                name="only_papers_are_counted",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name[:80]


class TimeLimit(models.Model):
    """A confirmed time limit of one channel. What is not confirmed has no row: it is a question."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="limits")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    """None: for every case."""
    channel = models.CharField(max_length=6, choices=choices(Channel))
    amount = models.DecimalField(max_digits=5, decimal_places=1)
    unit = models.CharField(max_length=11, choices=choices(LimitUnit))
    origin = models.CharField(max_length=10, choices=choices(Origin))
    source = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "case", "channel"], nulls_distinct=False, name="one_limit_a_channel"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, unit=LimitUnit.WORKING_DAY),
                name="limit_can_be_counted",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


class Fee(models.Model):
    """A confirmed fee. 0 is free of charge. What is not confirmed has no row: it is a question."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="fees")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=6, choices=choices(Channel), blank=True)
    """Empty: for every channel."""
    name = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=8, choices=choices(FeeKind))
    amount_vnd = models.PositiveBigIntegerField()
    per = models.CharField(max_length=60, blank=True)
    first_units = models.PositiveSmallIntegerField(null=True)
    then_vnd = models.PositiveBigIntegerField(null=True)
    most_vnd = models.PositiveBigIntegerField(null=True)
    basis = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=choices(Origin))
    source = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_units__isnull=True, then_vnd__isnull=True)
                | Q(first_units__isnull=False, then_vnd__isnull=False),
                name="fee_tier_is_whole",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.amount_vnd} VNĐ"


class OutcomeKind(models.Model):
    """A kind of outcome (kết quả) of procedures: "Giấy khai sinh"."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=30, blank=True)
    """National code "KQ.G15.000033"; empty when the source gives none."""
    name = models.CharField(max_length=1000)
    template = models.CharField(max_length=60, blank=True)
    """Name of the template that prints it; empty: a free document."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="outcome_kind_once")]

    @override
    def __str__(self) -> str:
        return self.name[:80]


class VersionOutcome(models.Model):
    """What a version may yield."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="outcomes")
    outcome_kind = models.ForeignKey(OutcomeKind, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="outcome_position_once")]

    @override
    def __str__(self) -> str:
        return f"{self.version_id}/{self.position}"


class LegalBasis(models.Model):
    """A legal document that procedures rest on."""

    id = models.AutoField(primary_key=True)
    number = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=500, blank=True)

    @override
    def __str__(self) -> str:
        return self.number


class VersionLegalBasis(models.Model):
    """What a version rests on."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="legal_basis")
    legal_basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="legal_basis_position_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.version_id}/{self.position}"


class ProcessStep(models.Model):
    """A step of the internal process. It orders the work inside processing; states belong to dossiers."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="process")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=choices(StepRole))
    share = models.PositiveSmallIntegerField()
    """Its part of the time limit, out of the sum of all shares. Never replaces the legal due date."""
    phase = models.PositiveSmallIntegerField(default=1)
    """Which phase it belongs to; between two phases the citizen fulfils an obligation."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "case", "position"], nulls_distinct=False, name="step_position_once"
            ),
            models.CheckConstraint(condition=Q(phase__gte=1), name="step_phase_from_one"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
