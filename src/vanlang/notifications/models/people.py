from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.kernel.sealing import SealedField
from vanlang.notifications.models.fields import account_field, code_field, person_field, person_or_account
from vanlang.notifications.types import NoticeChannel, NoticeKind


class ChannelPreference(models.Model):
    """By which ways somebody wants one kind of message. No row: the house's defaults."""

    id = models.BigAutoField(primary_key=True)
    person = person_field(index=False)
    account = account_field(index=False)
    kind = code_field(NoticeKind)
    channels = ArrayField(models.CharField(max_length=20), default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(person__isnull=False),
                name="preference_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=Q(account__isnull=False),
                name="preference_once_per_account",
            ),
            models.CheckConstraint(condition=person_or_account(), name="preference_of_person_or_account"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class PushSubscription(models.Model):
    """A browser that its owner subscribed: where to post, and the keys that only it can open with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = person_field()
    account = account_field()
    subscription = SealedField()
    """{"endpoint": …, "keys": {"p256dh": …, "auth": …}} as the browser gave it."""
    endpoint_mark = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=person_or_account(), name="subscription_of_person_or_account")
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class BadAddress(models.Model):
    """An address at which nobody was found. Whoever has it is asked for another; a changed address is another mark."""

    address_mark = models.CharField(max_length=64, primary_key=True)
    channel = code_field(NoticeChannel)
    hint = models.CharField(max_length=120)
    code = models.CharField(max_length=60, blank=True)
    since_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.channel} {self.address_mark[:12]}"
