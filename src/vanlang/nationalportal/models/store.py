from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id


class StoreLook(models.Model):
    """That the national store was asked for a person's results, once, for one dossier or what is to become one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.UUIDField()
    """The id that the dossier has or will have: a draft's own, or that of the page at a counter."""
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    """Whose results."""
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """At whose counter it was asked; null: by the citizen."""
    case = models.ForeignKey("catalogue.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=300)
    kinds = models.JSONField()
    """The codes that were asked for."""
    asked_at = models.DateTimeField()
    failure = models.CharField(max_length=80, blank=True)
    """Why there is no answer: a code of the portal or of the line."""

    class Meta:
        indexes = [models.Index(fields=["matter", "-asked_at"], name="store_look_by_matter")]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="store_look_has_a_purpose")]

    @override
    def __str__(self) -> str:
        return f"{self.matter} {self.asked_at}"


class StoreResult(models.Model):
    """
    A result that the store named, for one paper of the case; with its file once it was used.

    A row with a file is the evidence that a paper comes from the national store, and there is no other. It is written when the file
    was fetched from the portal and its signature found valid, and outlives the file: what was fetched is history.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    look = models.ForeignKey(StoreLook, on_delete=models.PROTECT, related_name="results")
    position = models.PositiveSmallIntegerField()
    matter = models.UUIDField(db_index=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The look's again: row-level security compares columns of this row."""
    required_document = models.ForeignKey(
        "catalogue.RequiredDocument", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The paper that it stands for."""
    kind = models.CharField(max_length=80)
    """MaKetQua."""
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80)
    issuer = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=300)
    address = models.CharField(max_length=500)
    refusal = models.CharField(max_length=80, blank=True)
    """Why its file was not taken, the last time it was tried."""
    file_id = models.UUIDField(null=True, unique=True)
    """The file in the dossier. A plain id, as in the log: a draft lets its files go, what was fetched stays written."""
    sha256 = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True)
    """When its signature was found valid."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["look", "position"], name="store_result_once"),
            models.CheckConstraint(
                condition=Q(file_id__isnull=True, verified_at__isnull=True, sha256="")
                | Q(file_id__isnull=False, verified_at__isnull=False, refusal="") & ~Q(sha256=""),
                name="store_result_kept_is_verified",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
