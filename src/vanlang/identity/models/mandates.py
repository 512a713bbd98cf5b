from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.identity.models.entities import LegalEntity
from vanlang.identity.models.people import Person
from vanlang.identity.types import MandateKind
from vanlang.kernel.ids import new_id


class Mandate(models.Model):
    """
    That one person may act for another, on what ground, for which procedures, from when to when.

    Names are kept as they were: the agent's connection may not read the principal's row, nor the other way round.
    The paper that shows it is evidence of the app above files (`intake.MandateEvidence`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in MandateKind])
    principal = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    principal_entity = models.ForeignKey(LegalEntity, null=True, on_delete=models.PROTECT, related_name="+")
    principal_name = models.CharField(max_length=300)
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agent_name = models.CharField(max_length=150)
    agent_personal_id = models.CharField(max_length=12, blank=True)
    procedure_codes = ArrayField(models.CharField(max_length=40), default=list)
    """Empty: for every procedure."""
    ground = models.CharField(max_length=300, blank=True)
    """The paper, in words: "Hợp đồng ủy quyền số 12/2026, Văn phòng công chứng Việt Trì"."""
    is_notarised = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The officer before whom it was shown or said; None when the principal gave it, signed in."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(principal__isnull=False, principal_entity__isnull=True)
                | Q(principal__isnull=True, principal_entity__isnull=False),
                name="mandate_has_one_principal",
            ),
            models.CheckConstraint(
                condition=Q(principal__isnull=True) | ~Q(principal=F("agent")),
                name="mandate_is_for_another",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="mandate_period"
            ),
            models.CheckConstraint(
                condition=Q(kind=MandateKind.ONLINE, recorded_by__isnull=True)
                | (~Q(kind=MandateKind.ONLINE) & Q(recorded_by__isnull=False)),
                name="mandate_was_given_or_shown",
            ),
            models.CheckConstraint(
                condition=Q(is_notarised=False) | Q(kind=MandateKind.WRITTEN),
                name="mandate_only_paper_is_notarised",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
