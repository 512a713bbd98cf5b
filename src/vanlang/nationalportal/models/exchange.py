from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override


class PortalFiling(models.Model):
    """A dossier that was filed at the portal: its code there is the key of everything that we tell of it."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    external_code = models.CharField(max_length=80, unique=True)
    """MaHoSo."""
    portal_account = models.CharField(max_length=80, blank=True)
    """MaDoiTuong: the portal's own id of the account."""
    arrival = models.ForeignKey("connectors.Incoming", on_delete=models.PROTECT, related_name="+")
    """The message that brought it."""
    filed_at = models.DateTimeField()
    """When it was filed there, as the portal says."""
    taken_in_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.external_code} = {self.dossier_id}"


class Told(models.Model):
    """What the portal holds of a dossier of ours: from then on it is told as an update."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    rest = models.BinaryField(max_length=32, null=True)
    """SHA-256 of what it holds beside state and days (`rules.standing`); None: not known, and told whole the next time."""
    days = models.CharField(max_length=80, db_default="")
    """Which days it holds, separated by commas."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="told_last_after_first")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.dossier_id} {self.last_at}"


class Push(models.Model):
    """A message that the portal pushed, by its own id: the same id with other words is not the same message."""

    message_id = models.CharField(primary_key=True, max_length=80)
    service = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    """SHA-256 of what it said."""
    arrival = models.ForeignKey("connectors.Incoming", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.service} {self.message_id}"


class PortalPaper(models.Model):
    """A paper that a message of the portal names: fetched from there and kept, or why not yet."""

    arrival = models.ForeignKey("connectors.Incoming", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    """In its TaiLieuNop."""
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    refusal = models.CharField(max_length=80, blank=True)
    """Why our checks did not take it; it is fetched anew when somebody tries again."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival", "position"], name="portal_paper_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, refusal="") | (Q(file__isnull=True) & ~Q(refusal="")),
                name="portal_paper_is_kept_or_refused",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.arrival_id} #{self.position}"
