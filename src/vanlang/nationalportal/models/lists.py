from __future__ import annotations

from django.db import models
from typing_extensions import override

from vanlang.nationalportal.types import ListChange, ListKind


class ListDifference(models.Model):
    """A code that the portal's list and ours do not have alike, as last compared."""

    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ListKind])
    code = models.CharField(max_length=80)
    change = models.CharField(max_length=8, choices=[(one.value, one.value) for one in ListChange])
    theirs = models.CharField(max_length=1500, blank=True)
    ours = models.CharField(max_length=1500, blank=True)
    since_at = models.DateTimeField()
    """When it was first seen to differ so."""
    compared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="list_difference_once")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.change}"
