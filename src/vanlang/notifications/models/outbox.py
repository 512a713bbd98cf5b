from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.notifications.models.fields import (
    account_field,
    agency_field,
    code_field,
    person_field,
    person_or_account,
)
from vanlang.notifications.types import (
    OVER,
    DeliveryState,
    NoticeChannel,
    NoticeKind,
    ProviderVerdict,
)

DUE = sorted(set(DeliveryState) - OVER - {DeliveryState.SENT})
"""States with something still to do: they have a next instant."""


class Message(models.Model):
    """One event told to one recipient. The same event told twice is one message."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.CharField(max_length=80)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    occurrence = models.CharField(max_length=40, blank=True)
    """Which time, where the same thing can happen to an object more than once."""
    person = person_field(index=False)
    account = account_field(index=False)
    agency = agency_field()
    """Who sends, and who pays."""
    template = models.CharField(max_length=60)
    kind = code_field(NoticeKind)
    urgent = models.BooleanField(default=False)
    letter = SealedField(null=True)
    """What is said, word for word; null once it is forgotten."""
    given = SealedField(null=True)
    """The addresses that the matter gave: [telephone, e-mail]; null once they are forgotten."""
    link = models.CharField(max_length=300, blank=True)
    """Path on our own pages."""
    token = models.CharField(max_length=22, unique=True)
    """Random: the short address in a text message."""
    told_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "event", "occurrence", "person"],
                condition=Q(person__isnull=False),
                name="message_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["object_type", "object_id", "event", "occurrence", "account"],
                condition=Q(account__isnull=False),
                name="message_once_per_account",
            ),
            models.CheckConstraint(condition=person_or_account(), name="message_to_person_or_account"),
        ]
        indexes = [
            models.Index(fields=["person", "-told_at"], name="message_by_person"),
            models.Index(fields=["account", "-told_at"], name="message_by_account"),
            models.Index(fields=["told_at"], name="message_to_forget", condition=Q(letter__isnull=False)),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.event} #{self.pk}"


class Delivery(models.Model):
    """One message by one way: a row of the outbox, written with the event and kept until it is through."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    agency = agency_field()
    channel = code_field(NoticeChannel)
    state = code_field(DeliveryState)
    address = SealedField(null=True)
    """Snapshot: where this message goes, whatever the person changes later; null once it is forgotten."""
    address_mark = models.CharField(max_length=64)
    hint = models.CharField(max_length=120)
    """The address, masked."""
    parts = models.PositiveSmallIntegerField(default=1)
    cost_vnd = models.PositiveIntegerField(default=0)
    """What it costs to send; spent when it was accepted."""
    provider = models.CharField(max_length=40, blank=True)
    provider_ref = models.CharField(max_length=100, blank=True)
    """The provider's id of it."""
    tries = models.PositiveSmallIntegerField(default=0)
    """How often a provider answered and did not take it. A provider that is down uses up none."""
    reason = models.CharField(max_length=60, blank=True)
    next_at = models.DateTimeField(null=True)
    """When to look at it again; while it is being sent, when the claim runs out."""
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(state__in=DUE, next_at__isnull=False)
                | (~Q(state__in=DUE) & Q(next_at__isnull=True)),
                name="delivery_due_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OVER), finished_at__isnull=False)
                | (~Q(state__in=sorted(OVER)) & Q(finished_at__isnull=True)),
                name="delivery_over_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_at", "id"], name="delivery_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["provider", "provider_ref"],
                name="delivery_by_reference",
                condition=~Q(provider_ref=""),
            ),
            models.Index(fields=["agency", "-queued_at"], name="delivery_by_agency"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.channel} {self.state} #{self.pk}"


class Attempt(models.Model):
    """One try of one delivery at one provider. Added, never changed: the database refuses (migration 0002)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    agency = agency_field()
    at = models.DateTimeField()
    provider = models.CharField(max_length=40)
    verdict = code_field(ProviderVerdict)
    code = models.CharField(max_length=60, blank=True)
    """The provider's own code: "550", "0x00000058", "410"; never its text, which may name the address."""
    provider_ref = models.CharField(max_length=100, blank=True)
    cost_vnd = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["provider", "-at"], name="attempt_by_provider")]

    @override
    def __str__(self) -> str:
        return f"{self.provider} {self.verdict} #{self.pk}"


class Receipt(models.Model):
    """What a provider said later of something that it accepted. Said twice, kept once. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=40)
    provider_ref = models.CharField(max_length=100)
    arrived = models.BooleanField()
    code = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_ref", "arrived"], name="receipt_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.provider} {self.provider_ref}"
