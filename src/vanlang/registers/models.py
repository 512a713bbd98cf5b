from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.registers.types import Ending, EntryChangeKind


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in words]


class Register(models.Model):
    """A register of results: "Sổ đăng ký khai sinh". What its entries say is in its schema."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    paper = models.CharField(max_length=200)
    readers = ArrayField(models.CharField(max_length=20))
    """Roles that may search it at their own agency."""

    @override
    def __str__(self) -> str:
        return self.code


class RegisterSchema(models.Model):
    """
    One version of what a register's entries say. Written once: the database refuses to change it (migration 0002), so an entry of
    last year is read with the schema of last year.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="schemas")
    number = models.PositiveSmallIntegerField()
    schema = models.JSONField()
    """JSON Schema 2020-12."""
    key_fields = ArrayField(models.CharField(max_length=60), default=list)
    valid_months = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="register_schema_once")]

    @override
    def __str__(self) -> str:
        return f"{self.register_id} v{self.number}"


class Entry(models.Model):
    """
    One result in a register: whose, proved by what, from when until when.

    What it says is in its editions. Only its ending is ever written into it, once; the database refuses all else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(max_length=60)
    """Number and symbol of the document that proves it: "15/GKS-UBND"."""
    title = models.CharField(max_length=300)
    issued_on = models.DateField()
    holder = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT, related_name="+")
    """Who else may use it: the applicant, where the holder is another person."""
    holder_name = models.CharField(max_length=300)
    organisation_code = models.CharField(max_length=20, blank=True)
    organisation_name = models.CharField(max_length=300, blank=True)
    search_key = models.TextField()
    valid_from = models.DateField()
    expires_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_as = models.CharField(max_length=10, choices=_choices(Ending), blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    source_dossier_id = models.UUIDField()
    """The dossier that it came from: an id that only the floor above can open."""
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sha256 = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=40, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "source_dossier_id"],
                condition=Q(ended_as=""),
                name="entry_one_standing_a_dossier",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("valid_from")), name="entry_term"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_as="", ended_reason="")
                | (
                    Q(ended_on__isnull=False, ended_as__in=sorted(Ending))
                    & ~Q(ended_reason="")
                    & Q(ended_on__gte=F("valid_from"))
                ),
                name="entry_ending_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, sha256="") | (Q(file__isnull=False) & ~Q(sha256="")),
                name="entry_file_has_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(keeper__isnull=True) | ~Q(keeper=F("holder")), name="entry_keeper_is_another"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "register", "-registered_at", "id"], name="entry_by_register"),
            models.Index(fields=["source_dossier_id"], name="entry_by_dossier"),
            models.Index(fields=["token"], name="entry_by_token", condition=~Q(token="")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.register_id} {self.number}"


class EntryEdition(models.Model):
    """What an entry said from one instant to another. Added to; the one before is closed, never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    schema = models.ForeignKey(RegisterSchema, on_delete=models.PROTECT, related_name="+", db_index=False)
    facts = models.JSONField()
    missing = ArrayField(models.CharField(max_length=60), default=list)
    key = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(superseded_at__isnull=True), name="edition_one_current"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gt=F("recorded_at")),
                name="edition_period",
            ),
        ]
        indexes = [
            models.Index(
                fields=["key"],
                name="edition_by_key",
                condition=Q(superseded_at__isnull=True) & ~Q(key=""),
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"


class EntryChange(models.Model):
    """What happened to an entry, when, by whom. Only added to."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=_choices(EntryChangeKind))
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    appointment = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=150, blank=True)
    dossier_id = models.UUIDField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"


class EntryUse(models.Model):
    """An entry that its holder let a dossier use instead of a paper: the consent, to whom, for what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="uses")
    dossier_id = models.UUIDField()
    required_document_id = models.BigIntegerField()
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who may read it for the dossier."""
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    """Who consented."""
    purpose = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the document at the time of consent."""
    consented_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "required_document_id", "entry"], name="use_once_a_paper"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.entry_id} → {self.dossier_id}"


class VerificationKey(models.Model):
    """A key that signs verification codes. The private half is encrypted; the public half is published for ever."""

    kid = models.CharField(max_length=16, primary_key=True)
    public = models.BinaryField()
    """Ed25519, 32 bytes."""
    private = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(retired_at__isnull=True), name="verification_key_one_current"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.kid
