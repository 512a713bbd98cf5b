"""How an agency's queue is laid out: services, windows, the addresses of television and kiosk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from vanlang.audit.api import record_act
from vanlang.counter.errors import CounterInvalid, CounterNotFound
from vanlang.counter.models import QueuePlace, QueueService, Window
from vanlang.counter.models.queue import new_token
from vanlang.identity.api import Actor
from vanlang.kernel.vietnamese import normalise


def agency_of(actor: Actor) -> int:
    """Return the agency an officer works for. Raises: CounterNotFound for anybody else."""
    if actor.agency_id is None:
        raise CounterNotFound
    return actor.agency_id


def appointment_of(actor: Actor) -> int:
    """Return the appointment in which an officer works. Raises: CounterNotFound for anybody else."""
    if actor.appointment_id is None:
        raise CounterNotFound
    return actor.appointment_id


@transaction.atomic
def save_service(
    *,
    actor: Actor,
    at: dt.datetime,
    letter: str,
    name: str,
    about: str = "",
    procedure_codes: Sequence[str] = (),
    minutes: int = 10,
    is_open: bool = True,
    service_id: int | None = None,
) -> int:
    """
    Add a service of the queue, or change one; tickets that were printed keep their letter.

    Raises: CounterInvalid("counter.letter_taken"), CounterNotFound.
    """
    agency_id = agency_of(actor)
    QueuePlace.objects.get_or_create(agency_id=agency_id)
    row = _service(agency_id, service_id) if service_id else QueueService(agency_id=agency_id)
    row.letter, row.name, row.about = letter.upper(), normalise(name), normalise(about)
    row.procedure_codes, row.minutes, row.is_open = list(procedure_codes), minutes, is_open
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CounterInvalid("counter.letter_taken", letter=row.letter) from error
    _record("counter.save_service", "queue_service", row.pk, actor, at)
    return int(row.pk)


@transaction.atomic
def save_window(
    *,
    actor: Actor,
    at: dt.datetime,
    number: int,
    service_ids: Sequence[int],
    name: str = "",
    is_open: bool = True,
    window_id: int | None = None,
) -> int:
    """
    Add a window, or change one.

    Raises: CounterInvalid("counter.window_taken"), CounterNotFound.
    """
    agency_id = agency_of(actor)
    QueuePlace.objects.get_or_create(agency_id=agency_id)
    row = (
        Window.objects.filter(agency_id=agency_id, pk=window_id).first()
        if window_id
        else Window(agency_id=agency_id)
    )
    if row is None:
        raise CounterNotFound
    row.number, row.name, row.is_open = number, normalise(name), is_open
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CounterInvalid("counter.window_taken", number=number) from error
    row.services.set(QueueService.objects.filter(agency_id=agency_id, pk__in=list(service_ids)))
    _record("counter.save_window", "window", row.pk, actor, at)
    return int(row.pk)


@transaction.atomic
def renew_addresses(*, actor: Actor, at: dt.datetime) -> None:
    """Give television and kiosk new addresses: the old ones show nothing any more."""
    place, _ = QueuePlace.objects.select_for_update().get_or_create(agency_id=agency_of(actor))
    place.display_token, place.kiosk_token = new_token(), new_token()
    place.save(update_fields=["display_token", "kiosk_token"])
    _record("counter.renew_addresses", "queue_place", place.pk, actor, at)


@transaction.atomic
def say_at_foot(*, actor: Actor, at: dt.datetime, notice: str) -> None:
    """Write the line at the foot of the television."""
    place, _ = QueuePlace.objects.get_or_create(agency_id=agency_of(actor))
    place.notice = normalise(notice)[:200]
    place.save(update_fields=["notice"])
    _record("counter.say_at_foot", "queue_place", place.pk, actor, at)


def _service(agency_id: int, service_id: int) -> QueueService:
    row = QueueService.objects.filter(agency_id=agency_id, pk=service_id).first()
    if row is None:
        raise CounterNotFound
    return row


def _record(act: str, kind: str, key: object, actor: Actor, at: dt.datetime) -> None:
    record_act(act=act, actor=actor, object_type=kind, object_id=key, at=at)
