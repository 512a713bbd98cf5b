from __future__ import annotations

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.counter.models.fields import agency_field, code_field, officer_field
from vanlang.counter.types import Priority, TicketState
from vanlang.kernel.ids import new_id


def new_token() -> str:
    """Return an address nobody can guess."""
    return secrets.token_urlsafe(18)


class QueuePlace(models.Model):
    """The queue of an agency: what its television and its kiosk are reached by."""

    agency = models.OneToOneField(
        "organizations.Agency", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    display_token = models.CharField(max_length=40, unique=True, default=new_token)
    kiosk_token = models.CharField(max_length=40, unique=True, default=new_token)
    notice = models.CharField(max_length=200, blank=True)
    """A line at the foot of the television."""

    @override
    def __str__(self) -> str:
        return f"queue of {self.agency_id}"


class QueueService(models.Model):
    """What people come for, as the kiosk asks it: a group of procedures with a letter."""

    agency = agency_field()
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    """Examples under the name: "Khai sinh, kết hôn, trích lục"."""
    procedure_codes = ArrayField(models.CharField(max_length=40), default=list)
    """Which procedures the console offers for a ticket of this service."""
    minutes = models.PositiveSmallIntegerField(default=10)
    """How long one visitor takes, until the day itself says so."""
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "letter"], condition=Q(is_open=True), name="service_letter_once"
            ),
            models.CheckConstraint(condition=Q(letter__regex="^[A-Z]$"), name="service_letter_is_one"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=120), name="service_minutes"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class Window(models.Model):
    """Where people are served: "Quầy 1". Who sits there is said each day anew."""

    agency = agency_field()
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)
    services = models.ManyToManyField(QueueService, related_name="windows")
    is_open = models.BooleanField(default=True)
    staffed_by = officer_field(null=True)
    staffed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=Q(is_open=True), name="window_number_once"
            ),
            models.UniqueConstraint(
                fields=["staffed_by", "staffed_on"],
                condition=Q(staffed_by__isnull=False),
                name="window_one_seat_each",
            ),
            models.CheckConstraint(
                condition=Q(staffed_by__isnull=True, staffed_on__isnull=True)
                | Q(staffed_by__isnull=False, staffed_on__isnull=False),
                name="window_seat_is_dated",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"window {self.number} of {self.agency_id}"


class TicketCounter(models.Model):
    """
    The last number of a service on a day, and the order of arrival over all services.

    Taken in the caller's transaction: the row stays locked until the ticket is committed, so there is neither gap
    nor repeat, and an officer who calls holds the same lock.
    """

    service = models.ForeignKey(QueueService, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = agency_field()
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "day"], name="ticket_counter_once_a_day")]

    @override
    def __str__(self) -> str:
        return f"{self.service_id} {self.day} {self.last}"


class Ticket(models.Model):
    """A number in the queue. It knows no person: what it led to is in `TicketDossier`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = agency_field()
    day = models.DateField()
    service = models.ForeignKey(QueueService, on_delete=models.PROTECT, related_name="+", db_index=False)
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    priority = code_field(Priority)
    state = code_field(TicketState)
    issued_at = models.DateTimeField()
    estimated_minutes = models.PositiveSmallIntegerField()
    """What the ticket promised when it was printed."""
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    """Last called."""
    calls = models.PositiveSmallIntegerField(default=0)
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Where it was called to; while it waits, the window it was sent on to."""
    officer = officer_field(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(state=TicketState.CALLED),
                name="ticket_one_at_a_window",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.WAITING)
                | Q(
                    called_at__isnull=False, first_called_at__isnull=False, window__isnull=False, calls__gte=1
                ),
                name="ticket_called_to_a_window",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=sorted([TicketState.DONE, TicketState.NO_SHOW]), finished_at__isnull=False
                )
                | Q(state__in=sorted([TicketState.CALLED, TicketState.WAITING]), finished_at__isnull=True),
                name="ticket_finished_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["agency", "day", "state"], name="ticket_of_the_day")]

    @override
    def __str__(self) -> str:
        return f"{self.letter}{self.number:03d}"


class TicketDossier(models.Model):
    """What was taken in while a ticket was at a window."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="dossiers")
    agency = agency_field()
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "dossier"], name="ticket_dossier_once")]

    @override
    def __str__(self) -> str:
        return f"{self.ticket_id} {self.dossier_id}"
