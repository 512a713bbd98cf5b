from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from typing_extensions import override

from vanlang.catalogue.types import Audience, Level, OnlineLevel, Origin, VersionState


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the members of an enum as Django's choices; their Vietnamese names are in labels.py."""
    return [(member.value, member.value) for member in words]


class _Validity(Func):
    function = "daterange"
    output_field = DateRangeField()


class CatalogueEdition(models.Model):
    """The one row that every change of the catalogue raises: what caches look at, and what imports queue on."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    edition = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_edition_is_one_row")]

    @override
    def __str__(self) -> str:
        return str(self.edition)


class Field(models.Model):
    """A field of administration (lĩnh vực): "Hộ tịch"."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=35, blank=True)
    """National code; the published catalogue prints names only."""
    name = models.CharField(max_length=250, unique=True)

    @override
    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure: its code is for ever, everything else is dated."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=20, unique=True)
    popularity = models.PositiveSmallIntegerField(default=0)
    """0–100, how often it is asked for; breaks ties in search."""
    is_frequent = models.BooleanField(default=False)
    """One of the counter's daily procedures: offered first to the officer."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]\.[0-9]{6}$"), name="procedure_code_shape")
        ]

    @override
    def __str__(self) -> str:
        return self.code


class SourceRecord(models.Model):
    """What the national catalogue last said of a procedure: evidence, and what the next import is compared with."""

    procedure = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, related_name="source", primary_key=True
    )
    content = models.TextField()
    """Canonical JSON of the row: what `content_hash` is of. Text: it is read only where it changed."""
    content_hash = models.CharField(max_length=64)
    reading_edition = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=250)
    imported_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.procedure_id} ({self.file_name})"


class ProcedureVersion(models.Model):
    """
    What a procedure is, during one period. A running dossier keeps the version it was received under.

    `state` follows the validity: a version with a successor is retired. Only a draft may still change freely; a
    published one changes in place only where a department answers a question (`revision` counts those answers).
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=choices(VersionState))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    name = models.CharField(max_length=1500)
    name_key = models.CharField(max_length=1500)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    levels = ArrayField(models.CharField(max_length=10, choices=choices(Level)), default=list)
    audience = ArrayField(models.CharField(max_length=30, choices=choices(Audience)), default=list)
    online_level = models.CharField(max_length=12, choices=choices(OnlineLevel))
    kind = models.CharField(max_length=100, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    """Decision of publication: "1106/QĐ-NHNN"."""
    authority = models.CharField(max_length=2000, blank=True)
    receiving_place = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    conditions = models.TextField(blank=True)

    origin = models.CharField(max_length=10, choices=choices(Origin))
    source = models.CharField(max_length=300)
    """Where it was taken from, with its date."""
    source_url = models.CharField(max_length=300, blank=True)
    content_hash = models.CharField(max_length=64)
    """Of the draft that it was made from."""
    department_code = models.CharField(max_length=35)
    """Agency that answers the questions about it."""

    is_ready = models.BooleanField()
    lacks = ArrayField(models.CharField(max_length=30), default=list)
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "identity.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="version_period"
            ),
            models.CheckConstraint(
                condition=Q(is_ready=True, lacks=[]) | (Q(is_ready=False) & ~Q(lacks=[])),
                name="version_ready_lacks_nothing",
            ),
            ExclusionConstraint(
                name="one_version_in_force_a_day",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (_Validity("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=VersionState.DRAFT),
            ),
        ]
        indexes = [models.Index(fields=["field"], name="version_by_field")]

    @override
    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"
