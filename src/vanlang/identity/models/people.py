from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from typing_extensions import override

from vanlang.identity.types import Role, Standing
from vanlang.kernel.ids import new_id


class Person(models.Model):
    """A natural person as the state knows them. Read for a purpose; the reader writes the read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personal_id = models.CharField(max_length=12, blank=True)
    full_name = models.CharField(max_length=150)
    search_name = models.CharField(max_length=150)
    born_on = models.DateField(null=True)
    gender = models.CharField(max_length=6, blank=True, choices=[("male", "Nam"), ("female", "Nữ")])
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["personal_id"], condition=~Q(personal_id=""), name="person_once_by_personal_id"
            ),
            models.CheckConstraint(
                condition=Q(personal_id="") | Q(personal_id__regex=r"^\d{12}$"),
                name="person_personal_id_shape",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> Account:
        account = self.model(username=username.strip().lower(), **fields)
        if password is None:
            account.set_unusable_password()
        else:
            account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """What one signs in with. A citizen's hangs on the personal id, an officer's on its appointments."""

    username = models.CharField(max_length=150, unique=True)
    email = models.CharField(max_length=254, blank=True)
    full_name = models.CharField(max_length=150, blank=True)
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    standing: Standing | None = None
    """The appointments that the account was loaded with, so that a request asks for both at once. Not a column."""

    @override
    def __str__(self) -> str:
        return self.username


class Appointment(models.Model):
    """An officer's place in an agency, for a period, with roles. One account may hold several."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    roles = ArrayField(models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role]))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="appointment_period",
            ),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="appointment_has_a_role"),
        ]
        indexes = [models.Index(fields=["agency", "unit"], name="appointment_by_place")]

    @override
    def __str__(self) -> str:
        return f"{self.account_id} @ {self.agency_id}/{self.unit_id} #{self.pk}"


class _Period(Func):
    function = "daterange"
    output_field = DateRangeField()


class Substitution(models.Model):
    """
    An officer stands in for a colleague on leave: dated, so that it ends by itself.

    The database refuses two substitutes for the same days, standing in for oneself, and chains: nobody who is away
    stands in for another on those days (migration 0004).
    """

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    absent = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role]))
    """What passes to the substitute; decided when it was set (rules/substitution.py)."""
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    set_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    """Taken back before it began. One that has begun is ended by its last day instead."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="substitution_period"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="substitution_of_another"),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="substitution_of_a_role"),
            models.CheckConstraint(
                condition=~Q(roles__contains=[Role.LEADER.value])
                | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="substitution_of_a_leader_by_decision",
            ),
            ExclusionConstraint(
                name="substitution_one_a_day",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (_Period("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["substitute", "valid_to"], name="substitution_by_substitute")]

    @override
    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id} #{self.pk}"


class Allowance(models.Model):
    """How much of a limit is used up: when the key may try as often as at first again. See services/throttle.py."""

    key = models.BinaryField(primary_key=True, max_length=32)
    full_at = models.DateTimeField(db_index=True)

    @override
    def __str__(self) -> str:
        return bytes(self.key).hex()


class Activation(models.Model):
    """A link by which the owner of an account sets a password, once. Only a hash of its token is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="activations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.account_id} until {self.expires_at:%d/%m/%Y}"
