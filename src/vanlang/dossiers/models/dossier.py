from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.dossiers.models.choices import code_field
from vanlang.dossiers.models.parties import PARTIES_ARE_WHOLE, Parties
from vanlang.dossiers.rules.states import FINAL, PAUSED, Party, State
from vanlang.dossiers.types import Channel
from vanlang.kernel.ids import new_id

BEFORE_RECEIPT = [State.SUBMITTED, State.AWAITING_COMPLETION, State.REFUSED]
MAYBE_RECEIVED = [*BEFORE_RECEIPT, State.WITHDRAWN]


def _agency() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Dossier(Parties):
    """
    One request of one applicant under one version of one procedure.

    The row says where it is now; how it came there is in `Movement`. Who must act next and where it lies are
    columns written from the table of states, so that lists and the proof of ownership need no second opinion.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 - unique: several have none yet
    state = code_field(State)
    version = models.PositiveIntegerField(default=1)
    """Counts the acts; a command that expects another number came too late."""

    # what
    procedure_version = models.ForeignKey(
        "catalogue.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        "catalogue.Case", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    procedure_code = models.CharField(max_length=40)
    procedure_name = models.CharField(max_length=1500)
    request = models.CharField(max_length=500, blank=True)
    channel = code_field(Channel)
    answers = models.JSONField(default=dict)
    process = models.JSONField(default=list)
    """The steps that hold for this dossier, copied at receipt: a later version does not move it."""
    position = models.PositiveSmallIntegerField(default=0)

    # where: three different facts, and the agency that was asked for an opinion
    intake_agency = _agency()
    competent_agency = _agency()
    return_agency = _agency()
    opinion_agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """At which of the agencies that were asked it lies: the one whose opinion is due first."""
    advisers = ArrayField(models.IntegerField(), default=list)
    """Other agencies whose opinion is awaited."""
    advising_units = ArrayField(models.IntegerField(), default=list)
    """Units of the competent agency whose opinion is awaited."""

    # who must act next
    waits_for = code_field(Party, blank=True)
    lies_at = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holder = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holder_unit = models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    specialist = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who works on it, also while it lies before the leader or waits for the citizen."""

    # until when
    submitted_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    """By when the counter must answer the filing."""
    received_at = models.DateTimeField(null=True)
    limit_amount = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=12, blank=True)
    due_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    due_is_forecast = models.BooleanField(default=False)
    """The count crossed a day that no decree has settled yet: shown as "dự kiến"."""
    calendar_version = models.PositiveIntegerField(default=0)
    """Edition of the calendar that the due date was counted with."""
    step_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    """When the agency's duty ended: released, refused, stopped or withdrawn. Decides on time or late."""
    released_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()

    # a correction has a clock of its own; how the first issue stood to its appointment is kept for ever
    corrections = models.PositiveSmallIntegerField(default=0)
    reopened_at = models.DateTimeField(null=True)
    """Since when an issued outcome is being corrected; null when none is."""
    first_finished_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)

    # the outcome, as far as lists and the table of transitions ask
    on_paper = models.BooleanField(default=False)
    outcome_revoked = models.BooleanField(default=False)
    supplement_proposed = models.BooleanField(default=False)
    """A second request for supplements lies before the leader."""
    apology_drafted = models.BooleanField(default=False)
    """The house drafted an apology that nobody has sent or dropped."""
    supplements = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    receipt_token = models.CharField(max_length=40, unique=True)
    """Random: what the code printed on the receipt leads to."""
    search_key = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "-submitted_at"], name="dossier_by_applicant"),
            models.Index(
                fields=["applicant_entity", "-submitted_at"],
                name="dossier_by_entity",
                condition=Q(applicant_entity__isnull=False),
            ),
            models.Index(
                fields=["operator", "-submitted_at"],
                name="dossier_by_operator",
                condition=Q(operator__isnull=False),
            ),
            models.Index(fields=["subject", "-submitted_at"], name="dossier_by_subject"),
            models.Index(
                fields=["received_at"], name="dossier_by_receipt", condition=Q(received_at__isnull=False)
            ),
            models.Index(fields=["id"], name="dossier_unfinished", condition=Q(finished_at__isnull=True)),
            models.Index(
                fields=["competent_agency", "moved_at"],
                name="dossier_asked_again",
                condition=Q(supplement_proposed=True),
            ),
        ]
        constraints = [
            *PARTIES_ARE_WHOLE,
            models.CheckConstraint(
                condition=Q(
                    code__isnull=True,
                    received_at__isnull=True,
                    due_at__isnull=True,
                    original_due_at__isnull=True,
                )
                | Q(
                    code__isnull=False,
                    received_at__isnull=False,
                    due_at__isnull=False,
                    original_due_at__isnull=False,
                ),
                name="dossier_receipt_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MAYBE_RECEIVED) | Q(code__isnull=False),
                name="dossier_in_work_was_received",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BEFORE_RECEIPT) | Q(code__isnull=True),
                name="dossier_code_only_by_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINAL), waits_for="", lies_at__isnull=True)
                | (~Q(state__in=sorted(FINAL)) & ~Q(waits_for="") & Q(lies_at__isnull=False)),
                name="dossier_open_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.IN_PROGRESS) | Q(holder__isnull=False),
                name="dossier_in_progress_is_held",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(PAUSED), paused_at__isnull=False)
                | (~Q(state__in=sorted(PAUSED)) & Q(paused_at__isnull=True)),
                name="dossier_pauses_only_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted({*FINAL, State.RELEASED}), finished_at__isnull=False)
                | (~Q(state__in=sorted({*FINAL, State.RELEASED})) & Q(finished_at__isnull=True)),
                name="dossier_finished_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(received_at__gte=F("submitted_at")), name="dossier_received_after_filing"
            ),
            models.CheckConstraint(
                condition=Q(corrections=0, first_finished_at__isnull=True, first_due_at__isnull=True)
                | Q(corrections__gt=0, first_finished_at__isnull=False, first_due_at__isnull=False),
                name="dossier_first_issue_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(corrections__gt=0),
                name="dossier_reopened_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(state=State.AWAITING_OPINION, opinion_agency__isnull=False)
                | (~Q(state=State.AWAITING_OPINION) & Q(opinion_agency__isnull=True, advisers=[])),
                name="dossier_awaits_who_was_asked",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.code or str(self.pk)


class Seat(models.Model):
    """
    The place of one agency at one dossier: who may see it, and the columns its lists need.

    Written by the database alone, from the dossier's row (migration 0002): a list cannot disagree with its
    dossier, and no agency can seat itself.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="seats", db_index=False)
    agency = _agency()
    intakes = models.BooleanField()
    decides = models.BooleanField()
    advises = models.BooleanField()
    returns = models.BooleanField()
    here = models.BooleanField()
    """It lies at this agency: the next act is theirs (or awaited here)."""

    state = code_field(State)
    waits_for = code_field(Party, blank=True)
    channel = code_field(Channel)
    code = models.CharField(max_length=40, null=True)  # noqa: DJ001 - a copy of Dossier.code
    procedure_name = models.CharField(max_length=1500)
    procedure_code = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=300)
    applicant_is_entity = models.BooleanField(db_default=False)
    subject_name = models.CharField(max_length=300, db_default="")
    """Whose matter it is; empty when it is the applicant's own."""
    holder_id = models.BigIntegerField(null=True)
    holder_unit_id = models.IntegerField(null=True)
    submitted_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    """Receipt; before it, the filing."""
    due_at = models.DateTimeField()
    """The appointment; before receipt, by when the counter must answer."""
    due_is_forecast = models.BooleanField()
    paused = models.BooleanField()
    """Nothing counts against this agency. One that was asked for its opinion has its own clock, which runs."""
    advising_units = ArrayField(models.IntegerField(), default=list)
    """Units of this agency whose opinion is awaited."""
    finished_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    search_key = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "agency"], name="seat_once_per_agency")]
        indexes = [
            models.Index(
                fields=["agency", "due_at", "dossier"], name="seat_open", condition=~Q(waits_for="")
            ),
            models.Index(
                fields=["agency", "due_at", "dossier"], name="seat_closed_by_due", condition=Q(waits_for="")
            ),
            models.Index(
                fields=["holder_id", "due_at", "dossier"],
                name="seat_held",
                condition=Q(holder_id__isnull=False),
            ),
            models.Index(fields=["agency", "state", "due_at", "dossier"], name="seat_by_state"),
            models.Index(fields=["agency", "-moved_at", "dossier"], name="seat_by_move"),
            models.Index(fields=["agency", "-arrived_at", "dossier"], name="seat_by_arrival"),
            models.Index(
                fields=["agency", "arrived_at", "dossier"],
                name="seat_open_by_arrival",
                condition=~Q(waits_for=""),
            ),
            models.Index(
                fields=["agency", "moved_at", "dossier"], name="seat_open_by_move", condition=~Q(waits_for="")
            ),
            models.Index(
                fields=["agency", "arrived_at"],
                include=["intakes", "decides", "state", "due_at", "finished_at", "paused"],
                name="seat_register",  # a year is counted without opening a row of it
                condition=Q(code__isnull=False),
            ),
            models.Index(
                fields=["agency", "due_at", "dossier"], name="seat_waiting", condition=Q(paused=True)
            ),
            models.Index(
                fields=["agency", "waits_for", "due_at", "dossier"],
                name="seat_tray",
                condition=Q(holder_id__isnull=True) & ~Q(waits_for=""),
            ),
            models.Index(
                fields=["agency", "holder_unit_id", "due_at", "dossier"],
                name="seat_of_unit",
                condition=Q(here=True) & ~Q(waits_for=""),
            ),
            models.Index(fields=["agency"], name="seat_asked", condition=~Q(advising_units=[])),
            models.Index(fields=["agency", "channel", "due_at", "dossier"], name="seat_by_channel"),
            models.Index(
                fields=["agency", "procedure_code", "-moved_at", "dossier"], name="seat_by_procedure"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id} @ {self.dossier_id}"
