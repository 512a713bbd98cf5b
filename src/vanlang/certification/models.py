from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id


class CertificationRequest(models.Model):
    """One person's visit to the counter with originals to be copied and certified."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    requester = models.CharField(max_length=150)
    """The name as it stood that day: what the book prints."""
    personal_id = models.CharField(max_length=12, blank=True)
    specialist = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taken_in_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taken_in_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "-taken_in_at", "id"], name="certification_by_day")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class CertificationEntry(models.Model):
    """
    One original of a visit; with a number, one line of the book.

    Never deleted. Once it has a number, the database lets nothing happen to it but being cancelled, once (migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(CertificationRequest, on_delete=models.PROTECT, related_name="entries")
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    document_number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField()
    electronic = models.BooleanField(default=False)
    scan = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The scanned original: the first pages of an electronic copy."""
    fee_vnd = models.PositiveIntegerField(null=True)
    """Null: the catalogue had no confirmed fee."""
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    """The originals on paper of a visit share one; an electronic copy has its own, since it is an outcome of its own."""
    register_entry = models.BigIntegerField(null=True)
    """The number's line in the register of `documents`, for copies on paper."""
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    certified_on = models.DateField(null=True)
    signer = models.CharField(max_length=150, blank=True)
    signer_appointment = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cancel_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="certification_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, year__isnull=True, certified_on__isnull=True, signer="")
                | (Q(number__isnull=False, year__isnull=False, certified_on__isnull=False) & ~Q(signer="")),
                name="certification_number_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancel_note="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_note="")),
                name="certification_cancelled_with_note",
            ),
            models.CheckConstraint(condition=Q(copies__gt=0, pages__gt=0), name="certification_has_copies"),
            models.CheckConstraint(
                condition=Q(electronic=False) | Q(scan__isnull=False),
                name="certification_electronic_has_scan",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.request_id} #{self.position}"
