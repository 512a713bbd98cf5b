from __future__ import annotations

from django.db import models
from typing_extensions import override


class PetitionCommonMark(models.Model):
    """A mark of a shingle that very many petitions share ("kính đề nghị lãnh đạo"): counted each night."""

    mark = models.IntegerField(primary_key=True)
    times = models.PositiveIntegerField()

    @override
    def __str__(self) -> str:
        return f"{self.mark}: {self.times}"
