from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.signing.types import CredentialKind, CredentialState, Level


class Credential(models.Model):
    """A certificate with the handle of its key: an officer's own, or the seal of an agency."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in CredentialKind])
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in CredentialState])
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    holder = models.CharField(max_length=250)
    title = models.CharField(max_length=150, blank=True)
    agency_name = models.CharField(max_length=250)
    chain = models.TextField()
    """PEM, leaf first, without the root."""
    serial = models.CharField(max_length=40)
    """Hexadecimal."""
    subject = models.CharField(max_length=1000)
    """RFC 4514."""
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    key = models.BinaryField()
    """What the key store gave: a software key encrypted for this row, or the name of a key in a token."""
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serial"], name="credential_serial_once"),
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(state="active", kind="officer"),
                name="credential_one_active_of_appointment",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(state="active", kind="agency"),
                name="credential_one_active_seal_of_agency",
            ),
            models.CheckConstraint(
                condition=Q(kind="officer", appointment__isnull=False)
                | Q(kind="agency", appointment__isnull=True),
                name="credential_kind_matches_holder",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False)
                | Q(state="active", revoked_at__isnull=True),
                name="credential_revoked_at_an_instant",
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="credential_period"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.serial}"


class SignatureRecord(models.Model):
    """A signature that this platform made: what a jurist needs to answer for it years later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Whose hand it was: the leader, or the clerk who keeps the seal."""
    file_sha256 = models.CharField(max_length=64)
    """Of the file with this signature in it."""
    certificate_serial = models.CharField(max_length=40)
    signed_at = models.DateTimeField()
    role = models.CharField(max_length=30)
    """What the signature stands for in the caller's act: "approve", "seal", "copy" …"""
    field = models.CharField(max_length=100)
    level = models.CharField(max_length=3, choices=[(level.value, level.value) for level in Level])
    page = models.IntegerField(null=True)
    rectangle = ArrayField(models.IntegerField(), size=4, null=True)
    """Left, bottom, right, top in points from the lower left corner; null when nothing is visible."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file_sha256__regex=r"^[0-9a-f]{64}$"), name="signature_file_digest_shape"
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True, rectangle__isnull=True)
                | Q(page__isnull=False, rectangle__len=4),
                name="signature_place_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["file_sha256"], name="signature_by_file")]

    @override
    def __str__(self) -> str:
        return f"{self.role} {self.file_sha256[:12]} #{self.pk}"


class TrustRoot(models.Model):
    """A root certificate that the province decided to believe."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64, unique=True)
    pem = models.TextField()
    added_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"
