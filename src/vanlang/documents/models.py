from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.documents.types import OutcomeState
from vanlang.kernel.ids import new_id


class Book(models.Model):
    """One run of numbers: an agency's documents of one kind in one year."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    """Abbreviation as printed in symbols: "QĐ", "TLKS"; "CV" for official letters."""
    year = models.PositiveSmallIntegerField()
    agency_mark = models.CharField(max_length=20)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="book_once_a_year")]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind} {self.year}"


class RegisterEntry(models.Model):
    """One number and what it was given to. Written with the number; never deleted, at most declared void."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60)
    issued_on = models.DateField()
    taken_at = models.DateTimeField()
    title = models.CharField(max_length=500, blank=True)
    signer = models.CharField(max_length=150, blank=True)
    recipients = ArrayField(models.CharField(max_length=300), default=list)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="number_once_in_book"),
            models.CheckConstraint(condition=Q(number__gt=0), name="number_from_one"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="void_number_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "issued_on", "id"], name="register_by_day")]

    @override
    def __str__(self) -> str:
        return f"{self.symbol} #{self.pk}"


class OutcomeDocument(models.Model):
    """What a dossier ends with, from draft to release."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    book_kind = models.CharField(max_length=12)
    unit_mark = models.CharField(max_length=20, blank=True)
    template = models.CharField(max_length=150)
    title = models.CharField(max_length=500)
    data = models.JSONField()
    """The facts as the template reads them. Personal data."""
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in OutcomeState])
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    """Symbol and day as the register has them, for those who may not look into the register."""
    entry = models.OneToOneField(RegisterEntry, null=True, on_delete=models.PROTECT, related_name="outcome")
    file = models.OneToOneField("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    base_file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """The PDF that the paper is joined with: the scan that it certifies, the letter finished in Word."""
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=OutcomeState.DRAFT.value, entry__isnull=True, issued_on__isnull=True, symbol=""
                )
                | (
                    ~Q(state=OutcomeState.DRAFT.value)
                    & ~Q(symbol="")
                    & Q(entry__isnull=False, issued_on__isnull=False, file__isnull=False)
                ),
                name="outcome_has_number_and_file_or_is_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state=OutcomeState.RELEASED.value)
                | Q(signed_at__isnull=False, released_at__isnull=False),
                name="released_outcome_is_signed",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class WordTemplate(models.Model):
    """A version of a template that an agency wrote in Word. Added, never changed: drafts keep what they were made from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    case_title = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", db_index=False)
    fields = ArrayField(models.CharField(max_length=120), default=list)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure_code", "case_title", "name", "version"],
                name="word_template_version_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.procedure_code} {self.name} {self.version} @{self.agency_id}"
