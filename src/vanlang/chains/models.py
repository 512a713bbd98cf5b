from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.chains.types import ENDED, RUNNING, ChainState, LegState
from vanlang.kernel.ids import new_id


def _states(words: type[StrEnum]) -> models.CharField[str, str]:
    longest = max(len(word.value) for word in words)
    return models.CharField(max_length=longest, choices=[(word.value, word.value) for word in words])


class PlanRow(models.Model):
    """One edition of a chain's definition. Never changed: running chains rest on it."""

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="chain_plan_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="chain_plan_one_is_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="chain_plan_period",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.code} #{self.number}"


class Chain(models.Model):
    """One request for several interlinked procedures: taken in once, one date, one page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(PlanRow, on_delete=models.PROTECT, related_name="+")
    intake_agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT, related_name="+")
    """The applicant, who sees it; empty when an organisation asks."""
    applicant_name = models.CharField(max_length=250)
    filing = models.JSONField()
    """What is filed with every leg: applicant and channel, as they were when it was opened."""
    answers = models.JSONField(default=dict)
    """Of the joined form."""
    state = _states(ChainState)
    token = models.CharField(max_length=40, unique=True)
    """Random: what the code on the appointment slip leads to."""
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_is_forecast = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)
    needs_person = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ChainState.OPEN, finished_at__isnull=True)
                | (~Q(state=ChainState.OPEN) & Q(finished_at__isnull=False)),
                name="chain_finished_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, due_at__isnull=True) | Q(received_at__isnull=False),
                name="chain_dated_by_receipt",
            ),
        ]
        indexes = [models.Index(fields=["intake_agency", "state", "due_at", "id"], name="chain_by_agency")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Leg(models.Model):
    """One leg of a chain: a dossier of this house, or an errand to an agency outside."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="legs")
    intake_agency_id = models.IntegerField()
    """The chain's, again: row-level security compares columns of this row."""
    key = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    state = _states(LegState)
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who settles it, once known."""
    dossier = models.OneToOneField("dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+")
    former_dossiers = ArrayField(models.UUIDField(), default=list)
    """Dossiers that failed, before the leg was started again."""
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=60, blank=True)
    """Error code: why it is blocked or failed."""
    trouble_facts = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    """What a person wrote: number of the letter outside, why it was given up."""
    evidence = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Of a leg outside: what came back."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "key"], name="leg_once"),
            models.CheckConstraint(
                condition=~Q(state=LegState.OPEN) | Q(dossier__isnull=False, opened_at__isnull=False),
                name="leg_open_is_a_dossier",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(RUNNING)) | Q(opened_at__isnull=False),
                name="leg_running_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED), finished_at__isnull=False)
                | (~Q(state__in=sorted(ENDED)) & Q(finished_at__isnull=True)),
                name="leg_ended_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted([LegState.BLOCKED, LegState.FAILED])) | ~Q(trouble=""),
                name="leg_in_trouble_says_why",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.chain_id} {self.key}"


class ChainPaper(models.Model):
    """A paper that was handed in with the chain, kept until the leg that asks for it is filed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="papers")
    intake_agency_id = models.IntegerField()
    name = models.CharField(max_length=300)
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    legs = ArrayField(models.CharField(max_length=30))
    """Legs that it goes into."""
    documents = models.JSONField(default=dict)
    """Leg → id of the required document that it answers."""

    @override
    def __str__(self) -> str:
        return f"{self.chain_id} #{self.pk}"
