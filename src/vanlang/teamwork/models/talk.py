from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.teamwork.models import columns


class Follow(models.Model):
    """An officer follows a dossier: it is starred, and its movements are told."""

    dossier = columns.dossier()
    agency = columns.agency()
    appointment = columns.appointment()
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "dossier"], name="follow_once"),
        ]
        indexes = [models.Index(fields=["dossier"], name="follow_by_dossier")]

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} → {self.dossier_id}"


class Note(models.Model):
    """
    An officer's note on a dossier, seen by the officers who see the dossier and by nobody else.

    Its words change for a few minutes (rules/notes.py); after that it is only struck out, and what was said stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = columns.dossier()
    agency = columns.agency()
    """The author's."""
    appointment = columns.appointment()
    author_name = models.CharField(max_length=150)
    text = models.TextField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = columns.appointment(null=True)
    struck_by_name = models.CharField(max_length=150, blank=True)
    struck_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_why="")),
                name="note_struck_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "written_at"], name="note_by_dossier")]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.written_at}"


class Mention(models.Model):
    """A colleague was named in a note: a task in their list until they tick it off."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="mentions")
    dossier = columns.dossier()
    agency = columns.agency()
    """Of the one mentioned."""
    appointment = columns.appointment()
    by = columns.appointment()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "appointment"], name="mention_once")]
        indexes = [
            models.Index(
                fields=["appointment", "-at"], condition=Q(done_at__isnull=True), name="mention_open"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.appointment_id} in {self.note_id}"
