from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.catalogue.models.procedures import ProcedureVersion, choices
from vanlang.catalogue.types import Aspect, Reason, ToDoState


class ToDo(models.Model):
    """A question to a department about what the source leaves open ("cần xác nhận")."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="todos")
    department_code = models.CharField(max_length=35)
    aspect = models.CharField(max_length=6, choices=choices(Aspect), blank=True)
    """What it keeps from being ready; empty when it stops nothing."""
    reason = models.CharField(max_length=30, choices=choices(Reason))
    path = models.TextField()
    raw = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=choices(ToDoState), default=ToDoState.OPEN)
    answer = models.JSONField(null=True)
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey("identity.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ToDoState.OPEN, answered_at__isnull=True)
                | (~Q(state=ToDoState.OPEN) & Q(answered_at__isnull=False)),
                name="todo_is_answered_or_open",
            )
        ]
        indexes = [
            models.Index(
                fields=["department_code", "id"],
                condition=Q(state=ToDoState.OPEN),
                name="todo_open_by_department",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.reason} {self.path[:60]}"
