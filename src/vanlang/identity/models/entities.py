from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from vanlang.identity.models.people import Person
from vanlang.identity.types import EntityKind, RepresentationKind
from vanlang.kernel.ids import new_id


class LegalEntity(models.Model):
    """
    An enterprise or another organised body that asks in its own name: no natural person, no agency of ours.

    Its name, number and address are public (the registers of enterprises are); who speaks for it is in
    `Representation`, which is not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in EntityKind])
    number = models.CharField(max_length=40)
    """Enterprise code (10 digits, 13 for a branch), or number and symbol of the decision that founded the body."""
    name = models.CharField(max_length=300)
    search_name = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="legal_entity_once_by_number"),
            models.CheckConstraint(
                condition=~Q(kind=EntityKind.ENTERPRISE) | Q(number__regex=r"^\d{10}(\d{3})?$"),
                name="legal_entity_enterprise_code_shape",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="legal_entity_has_a_number"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Representation(models.Model):
    """Who speaks for a legal entity, as what, from when to when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="representations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in RepresentationKind])
    title = models.CharField(max_length=150, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    """The paper that was seen: "Giấy chứng nhận đăng ký doanh nghiệp", "Giấy giới thiệu số 12/GGT"."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    confirmed_by = models.ForeignKey(
        "identity.Appointment", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """The officer who saw the paper."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="representation_period",
            ),
            models.UniqueConstraint(
                fields=["entity", "person", "kind"],
                condition=Q(valid_to__isnull=True),
                name="representation_open_once",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.person_id} for {self.entity_id} #{self.pk}"
