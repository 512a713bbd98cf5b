from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from typing_extensions import override


class FormDefinitionRow(models.Model):
    """One version of a form, as its author wrote it. Never changed: dossiers rest on it."""

    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    """The definition document; `rules.definitions` reads it."""
    valid = DateRangeField()
    """Days on which it may be filled in, half-open."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="form_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="form_version_from_one"),
            models.CheckConstraint(condition=models.Q(valid__isempty=False), name="form_valid_some_day"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
