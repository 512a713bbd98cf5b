from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.intake.types import DraftStep, ReturnWay
from vanlang.kernel.ids import new_id


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in words]


class Draft(models.Model):
    """
    A dossier before it is one: what a citizen has written so far. Nobody but its writer sees it.

    It stays on the version of the procedure under which it was begun, until its writer carries it over to another.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    """Who writes, and so whose hand files: the operator."""
    procedure_version = models.ForeignKey(
        "catalogue.ProcedureVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey(
        "catalogue.Case", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    intake_agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    return_way = models.CharField(max_length=10, choices=_choices(ReturnWay), default=ReturnWay.INTAKE.value)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    other_applicant = models.JSONField(default=dict)
    """For whom it is filed, as typed; empty when the writer is the applicant."""
    mandate = models.ForeignKey(
        "identity.Mandate", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Under which mandate: its principal is the applicant."""
    entity = models.ForeignKey(
        "identity.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The legal entity in whose name it is written, begun while its writer acted for it."""
    request = models.CharField(max_length=500, blank=True)
    answers = models.JSONField(default=dict)
    """Answers of the electronic form by field key."""
    step = models.CharField(max_length=10, choices=_choices(DraftStep), default=DraftStep.PLACE.value)
    """The furthest step that was reached: where "continue" leads."""
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    dossier = models.OneToOneField("dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+")
    """What it became: one draft, one dossier, however often the button is pressed."""
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-updated_at"], name="draft_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=True, submitted_at__isnull=True)
                | Q(dossier__isnull=False, submitted_at__isnull=False),
                name="draft_submitted_is_a_dossier",
            )
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class DraftPaper(models.Model):
    """A file laid into a draft, for one of the papers that its case asks for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="papers")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    """The draft's writer again: row-level security compares one column of this row."""
    required_document = models.ForeignKey(
        "catalogue.RequiredDocument", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.draft_id} #{self.pk}"


class MandateEvidence(models.Model):
    """A scanned paper that shows a mandate of `identity`: seen by who may see the mandate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey("identity.Mandate", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.mandate_id} #{self.pk}"


class DraftReuse(models.Model):
    """A result of a register that the writer of a draft wants to hand in instead of a paper, or into the form."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="reuses")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    """The draft's writer again: row-level security compares one column of this row."""
    entry = models.ForeignKey("registers.Entry", on_delete=models.PROTECT, related_name="+", db_index=False)
    required_document = models.ForeignKey(
        "catalogue.RequiredDocument", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The paper that it stands for; None when it only filled the form."""
    filled = models.JSONField(default=dict)
    """Question → what was laid into it: an answer that differs was changed by hand."""
    consented_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "entry", "required_document"],
                nulls_distinct=False,
                name="reuse_once_a_paper",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.draft_id} ← {self.entry_id}"
