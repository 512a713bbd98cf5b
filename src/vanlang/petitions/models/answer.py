from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.petitions.models import columns
from vanlang.petitions.models.petition import Petition
from vanlang.petitions.types import AnswerState, PetitionKind, SatisfactionWay


class PetitionAnswer(models.Model):
    """One version of an answer, with the version for everybody beside it."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="answers", db_index=False)
    number = models.PositiveSmallIntegerField()
    words = SealedField()
    """{"text", "public_title", "public_question", "public_answer"}."""
    state = columns.word(AnswerState)
    drafted_by = columns.appointment(null=False)
    drafted_at = models.DateTimeField()
    decided_by = columns.appointment()
    decided_at = models.DateTimeField(null=True)
    note = SealedField(null=True)
    """What the leader wants otherwise."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="petition_answer_in_order"),
            models.UniqueConstraint(
                fields=["petition"],
                name="petition_answer_one_stands",
                condition=~Q(state=AnswerState.SENT_BACK),
            ),
            models.CheckConstraint(
                condition=Q(state=AnswerState.PROPOSED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=AnswerState.PROPOSED) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="petition_answer_decision_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("drafted_by")),
                name="petition_answer_by_two",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.petition_id} {self.number}"


class PetitionPublication(models.Model):
    """A question and its answer for everybody: a person confirmed that it names nobody. Taken back, it stays with its reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    petition = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="publications", db_index=False
    )
    agency = columns.agency()
    kind = columns.word(PetitionKind)
    title = models.CharField(max_length=300)
    question = models.TextField()
    answer = models.TextField()
    search_key = models.TextField()
    confirmed_by = columns.appointment(null=False)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = columns.appointment()
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], name="petition_published_once", condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="petition_taken_back_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(question="") & ~Q(answer=""),
                name="petition_published_says_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="petition_public",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    @override
    def __str__(self) -> str:
        return self.title


class PetitionSatisfaction(models.Model):
    """What the sender says of the answer. Written in nobody's name but theirs: the database refuses an officer (migration 0002)."""

    petition = models.OneToOneField(
        Petition, primary_key=True, on_delete=models.PROTECT, related_name="satisfaction"
    )
    is_satisfied = models.BooleanField()
    why = SealedField(null=True)
    way = columns.word(SatisfactionWay)
    said_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_at__gte=models.F("said_at")), name="petition_satisfaction_in_order"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.petition_id}: {self.is_satisfied}"
