from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.payments.models.demands import Demand
from vanlang.payments.models.fields import agency_field, code_field, officer_field
from vanlang.payments.types import PaymentState, PaymentWay, RefundState, StrayReason, StrayState

_CAME = sorted({PaymentState.BOOKED, PaymentState.REFUNDING, PaymentState.REFUNDED})
_COVERS = sorted({PaymentState.BOOKED, PaymentState.REFUNDING})


class Payment(models.Model):
    """One attempt to settle a demand by one way."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="payments")
    agency = agency_field()
    way = code_field(PaymentWay)
    state = code_field(PaymentState)
    amount_vnd = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=20, unique=True)
    """Ours: what the platform and banks carry back."""
    transaction = models.CharField(max_length=60, blank=True)
    """Theirs, once money came; of cash, the entry of the drawer's book."""
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    booked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it failed or expired; money may still come later."""
    reason = models.CharField(max_length=80, blank=True)
    """The way's own code for why it failed."""
    pay_address = models.CharField(max_length=1000, blank=True)
    """Where the payer is sent, when the way has a page of its own and has answered."""
    taken_by = officer_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["way", "transaction"], condition=~Q(transaction=""), name="payment_transaction_once"
            ),
            models.UniqueConstraint(
                fields=["demand"], condition=Q(state__in=_COVERS), name="payment_one_covers_a_demand"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_CAME, booked_at__isnull=False) & ~Q(transaction=""))
                | (~Q(state__in=_CAME) & Q(booked_at__isnull=True, transaction="")),
                name="payment_booked_has_its_transaction",
            ),
            models.CheckConstraint(
                condition=Q(way=PaymentWay.CASH, taken_by__isnull=False)
                | (~Q(way=PaymentWay.CASH) & Q(taken_by__isnull=True)),
                name="payment_cash_has_its_taker",
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="payment_is_of_something"),
        ]
        indexes = [
            models.Index(fields=["agency", "booked_at"], name="payment_by_day"),
            models.Index(
                fields=["expires_at"], name="payment_to_expire", condition=Q(state=PaymentState.BEGUN)
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.reference


class Stray(models.Model):
    """Money that came and fits nothing: in suspense, and somebody's task."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    way = code_field(PaymentWay)
    transaction = models.CharField(max_length=60)
    reference = models.CharField(max_length=60, blank=True)
    """As it was told, whatever it says."""
    amount_vnd = models.PositiveBigIntegerField()
    reason = code_field(StrayReason)
    state = code_field(StrayState)
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="strays", db_index=False
    )
    """The attempt to pay that its reference names, if it names one."""
    came_at = models.DateTimeField()
    matched_to = models.OneToOneField(Payment, null=True, on_delete=models.PROTECT, related_name="matched")
    settled_at = models.DateTimeField(null=True)
    settled_by = officer_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "transaction"], name="stray_transaction_once"),
            models.CheckConstraint(
                condition=Q(state=StrayState.MATCHED, matched_to__isnull=False)
                | (~Q(state=StrayState.MATCHED) & Q(matched_to__isnull=True)),
                name="stray_matched_to_a_payment",
            ),
            models.CheckConstraint(
                condition=~Q(way=PaymentWay.CASH) & Q(amount_vnd__gt=0) & ~Q(transaction=""),
                name="stray_is_of_something",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "came_at"], name="stray_open", condition=Q(state=StrayState.OPEN))
        ]

    @override
    def __str__(self) -> str:
        return f"{self.way} {self.transaction}"


class Refund(models.Model):
    """Money that goes back to its payer, all that a payment or a stray brought."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="refunds")
    stray = models.ForeignKey(Stray, null=True, on_delete=models.PROTECT, related_name="refunds")
    way = code_field(PaymentWay)
    amount_vnd = models.PositiveBigIntegerField()
    state = code_field(RefundState)
    reference = models.CharField(max_length=20, unique=True)
    transaction = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300)
    answer = models.CharField(max_length=80, blank=True)
    """Why the way declined."""
    proposed_at = models.DateTimeField()
    asked_by = officer_field()
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=False, stray__isnull=True)
                | Q(payment__isnull=True, stray__isnull=False),
                name="refund_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=~Q(state=RefundState.DECLINED),
                name="refund_of_a_payment_once",
            ),
            models.UniqueConstraint(
                fields=["stray"], condition=~Q(state=RefundState.DECLINED), name="refund_of_a_stray_once"
            ),
            models.UniqueConstraint(
                fields=["way", "transaction"], condition=~Q(transaction=""), name="refund_transaction_once"
            ),
            models.CheckConstraint(
                condition=Q(state=RefundState.PROPOSED, asked_at__isnull=True)
                | (~Q(state=RefundState.PROPOSED) & Q(asked_at__isnull=False, asked_by__isnull=False)),
                name="refund_asked_by_somebody",
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="refund_is_of_something"),
        ]
        indexes = [models.Index(fields=["agency", "proposed_at"], name="refund_by_day")]

    @override
    def __str__(self) -> str:
        return self.reference
