from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.petitions.models import columns
from vanlang.petitions.rules.flow import ANSWERED, FINAL
from vanlang.petitions.types import (
    NOT_OURS,
    PetitionGround,
    PetitionKind,
    PetitionSource,
    PetitionState,
    RepeatGround,
)

_S = PetitionState
_FINAL = sorted(FINAL)
_ANSWERED = sorted(ANSWERED)
_UNDECIDED = sorted([_S.FILED, _S.CLASSIFIED])
_ELSEWHERE = sorted(NOT_OURS)


class Petition(models.Model):
    """What somebody brought. What they wrote, and who they are, is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    source = columns.word(PetitionSource)
    external_id = models.CharField(max_length=100, blank=True)
    once = models.UUIDField(null=True)
    """What the page of a form carries: pressed twice, it is one petition. Whoever files holds it (`kernel.locks`)."""
    version = models.PositiveIntegerField(default=1)
    state = columns.word(PetitionState)
    kind = columns.word(PetitionKind, blank=True)
    ground = columns.word(PetitionGround, blank=True)

    words = SealedField()
    """{"title", "text"}."""
    contact = SealedField()
    """{"name", "phone", "email", "address", "personal_id"}; each may be empty."""
    secret_mark = models.CharField(max_length=64, blank=True)
    """Keyed hash of the secret on the receipt; empty when there is none."""
    person = columns.person()
    """The sender, signed in."""
    told = columns.person()
    """Who is told: the sender, or the contact that a stranger left."""
    sender_marks = ArrayField(models.CharField(max_length=64), default=list)
    """Keyed hashes of telephone, e-mail address and person: by which the same sender is found."""
    sketch = ArrayField(models.IntegerField(), default=list)
    """Keyed hashes of shingles, 31 bits each: by which the same words are found. (Django cuts larger numbers in an overlap.)"""

    agency = columns.agency()
    """Who holds it."""
    taken_in_by = columns.agency()
    """Where it arrived first."""
    unit = columns.unit()
    holder = columns.appointment()
    leader = columns.appointment()
    """Before whom the answer lies, or lay."""
    about = columns.appointment()
    """The officer complained of, as the classifier named them: they see and handle none of it."""
    about_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Whose appointment that is: another one of theirs sees no more."""
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dossier_code = models.CharField(max_length=60, blank=True)
    """As the sender wrote it; the link is beside it when there is such a dossier."""
    repeats = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repeated_by", db_index=False
    )
    repeat_ground = columns.word(RepeatGround, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )

    filed_at = models.DateTimeField()
    """When the sender sent it."""
    arrived_at = models.DateTimeField()
    """When it came to the agency that holds it."""
    decided_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """When the sender was asked for more, the first time."""
    paused_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    """When publishing was decided, either way, the first time."""
    closed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    decide_due_at = models.DateTimeField()
    ask_due_at = models.DateTimeField()
    handle_due_at = models.DateTimeField(null=True)
    """None while the clock stands still, and once it will never be handled here."""
    publish_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    """The clock that runs now."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="petition_once", condition=~Q(external_id="")
            ),
            models.CheckConstraint(
                condition=~Q(source=PetitionSource.NATIONAL) | ~Q(external_id=""),
                name="petition_national_has_its_code",
            ),
            models.CheckConstraint(condition=Q(state=_S.FILED) | ~Q(kind=""), name="petition_is_classified"),
            models.CheckConstraint(
                condition=~Q(kind__in=_ELSEWHERE) | Q(state__in=sorted([_S.CLASSIFIED, _S.REFERRED])),
                name="petition_elsewhere_is_not_handled",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.REFERRED) | Q(kind__in=_ELSEWHERE),
                name="petition_referred_is_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_UNDECIDED, decided_at__isnull=True)
                | (~Q(state__in=_UNDECIDED) & Q(decided_at__isnull=False)),
                name="petition_decision_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ANSWERED, handled_at__isnull=False, publish_due_at__isnull=False)
                | (~Q(state__in=_ANSWERED) & Q(handled_at__isnull=True, publish_due_at__isnull=True)),
                name="petition_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_FINAL, closed_at__isnull=False)
                | (~Q(state__in=_FINAL) & Q(closed_at__isnull=True)),
                name="petition_end_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.AWAITING_SENDER, paused_at__isnull=False, asked_at__isnull=False)
                | (~Q(state=_S.AWAITING_SENDER) & Q(paused_at__isnull=True)),
                name="petition_pause_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted([*_FINAL, _S.AWAITING_SENDER]), due_at__isnull=True)
                | (~Q(state__in=sorted([*_FINAL, _S.AWAITING_SENDER])) & Q(due_at__isnull=False)),
                name="petition_open_has_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted([_S.REFUSED, _S.RETURNED])) & ~Q(ground="")
                | ~Q(state__in=sorted([_S.REFUSED, _S.RETURNED])) & Q(ground=""),
                name="petition_refusal_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.MERGED, merged_into__isnull=False)
                | (~Q(state=_S.MERGED) & Q(merged_into__isnull=True)),
                name="petition_merged_into_another",
            ),
            models.CheckConstraint(
                condition=(Q(repeats__isnull=True) & Q(repeat_ground=""))
                | (Q(repeats__isnull=False) & ~Q(repeat_ground="")),
                name="petition_repeat_has_a_ground",
            ),
            models.CheckConstraint(
                condition=(Q(repeats__isnull=True) | ~Q(repeats=F("id")))
                & (Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))),
                name="petition_repeats_another",
            ),
            models.CheckConstraint(
                condition=Q(about__isnull=True, about_account__isnull=True)
                | (
                    Q(about__isnull=False, about_account__isnull=False)
                    & (Q(holder__isnull=True) | ~Q(holder=F("about")))
                    & (Q(leader__isnull=True) | ~Q(leader=F("about")))
                ),
                name="petition_not_with_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=~Q(source__in=sorted([PetitionSource.PORTAL, PetitionSource.COUNTER]))
                | ~Q(secret_mark=""),
                name="petition_taken_here_has_a_secret",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_at", "id"], name="petition_inbox"),
            models.Index(fields=["agency", "filed_at"], name="petition_by_day"),
            models.Index(fields=["person", "-filed_at"], name="petition_by_person", condition=Q(person__isnull=False)),
            models.Index(fields=["dossier"], name="petition_by_dossier", condition=Q(dossier__isnull=False)),
            models.Index(fields=["due_at"], name="petition_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["repeats"], name="petition_repeats", condition=Q(repeats__isnull=False)),
            GinIndex(fields=["sender_marks"], name="petition_senders", fastupdate=False),
            models.Index(fields=["once"], name="petition_by_form", condition=Q(once__isnull=False)),
            GinIndex(fields=["sketch"], name="petition_words", fastupdate=False),
        ]  # fmt: skip

    @override
    def __str__(self) -> str:
        return self.code


class PetitionCounter(models.Model):
    """How many petitions a day had: the number of the next is taken under its lock."""

    on = models.DateField(primary_key=True)
    taken = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(taken__gte=1), name="petition_counter_counts")]

    @override
    def __str__(self) -> str:
        return f"{self.on}: {self.taken}"
