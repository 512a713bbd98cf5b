"""The queue at work: a ticket is taken, called, called again, passed over, sent on, finished."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, connection, transaction

from vanlang.counter.errors import CounterConflict, CounterNotFound
from vanlang.counter.models import QueuePlace, QueueService, Ticket, TicketDossier, Window
from vanlang.counter.queries.queue import estimate_for, line_of, priority_in_a_row
from vanlang.counter.rules import queue as rules
from vanlang.counter.services.places import agency_of
from vanlang.counter.types import Priority, TicketAct, TicketState
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting

# One statement that both reads and raises: it waits for whoever took the number before, until they commit or roll back.
_NEXT_NUMBER = """
    INSERT INTO counter_ticketcounter AS counter (service_id, agency_id, day, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (service_id, day) DO UPDATE SET last = counter.last + 1
    RETURNING last
"""


def take_ticket(*, kiosk_token: str, service_id: int, priority: Priority, at: dt.datetime) -> uuid.UUID:
    """
    Print a number: whoever stands at the kiosk needs no account, its address is the key.

    Raises: CounterNotFound when the kiosk's address is old, CounterConflict("counter.service_closed").
    """
    with acting(Scope.system()), transaction.atomic():
        place = QueuePlace.objects.filter(kiosk_token=kiosk_token).first()
        if place is None:
            raise CounterNotFound("counter.kiosk_unknown")
        service = QueueService.objects.filter(pk=service_id, agency_id=place.pk).first()
        if service is None or not service.is_open:
            raise CounterConflict("counter.service_closed")
        return issue(service, priority=priority, at=at).pk


def issue(service: QueueService, *, priority: Priority, at: dt.datetime) -> Ticket:
    """Write the next ticket of a service, in the caller's transaction and scope."""
    day = at.astimezone(VIETNAM).date()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER, [service.pk, service.agency_id, day])
        (number,) = cursor.fetchone() or (0,)
    ticket = Ticket(
        agency_id=service.agency_id,
        day=day,
        service=service,
        letter=service.letter,
        number=number,
        priority=priority,
        issued_at=at,
        estimated_minutes=0,
    )
    ticket.estimated_minutes = estimate_for(ticket)
    ticket.save(force_insert=True)
    return ticket


@transaction.atomic
def take_seat(*, window_id: int, actor: Actor, at: dt.datetime) -> None:
    """
    Sit down at a window for today; whoever sat elsewhere gets up there.

    Raises: CounterConflict("counter.window_staffed") when a colleague sits there today.
    """
    day, agency_id = at.astimezone(VIETNAM).date(), _hold(actor)
    window = Window.objects.filter(agency_id=agency_id, pk=window_id, is_open=True).first()
    if window is None:
        raise CounterNotFound
    if window.staffed_on == day and window.staffed_by_id not in {None, actor.appointment_id}:
        raise CounterConflict("counter.window_staffed", number=window.number)
    leave_seat(actor=actor, at=at)
    Window.objects.filter(pk=window.pk).update(staffed_by_id=actor.appointment_id, staffed_on=day)


@transaction.atomic
def leave_seat(*, actor: Actor, at: dt.datetime) -> None:
    """Get up; whoever is still at the window was served."""
    mine = Window.objects.filter(agency_id=agency_of(actor), staffed_by_id=actor.appointment_id)
    for window in mine:
        _finish_open_of(window, at)
    mine.update(staffed_by=None, staffed_on=None)


@transaction.atomic
def call_next(*, actor: Actor, at: dt.datetime) -> uuid.UUID | None:
    """
    Finish who is at my window and call the next by the rule; None when nobody waits for it.

    Raises: CounterConflict("counter.no_seat").
    """
    _hold(actor)
    window = seat_of(actor, at)
    _finish_open_of(window, at)
    line = line_of(window, at)
    chosen = rules.choose_next(
        [waiting for waiting, _ in line], priority_in_a_row=priority_in_a_row(window, at)
    )
    if chosen is None:
        return None
    ticket = next(row for waiting, row in line if waiting.id == chosen.id)
    return _call(ticket, TicketAct.CALL, window, actor, at)


@transaction.atomic
def call_again(*, ticket_id: uuid.UUID, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """Call once more who is at my window, or who did not come and is here now."""
    _hold(actor)
    window, ticket = seat_of(actor, at), _ticket(ticket_id, actor, at)
    if ticket.state == TicketState.NO_SHOW:
        _finish_open_of(window, at)
    return _call(ticket, TicketAct.CALL_AGAIN, window, actor, at)


@transaction.atomic
def skip(*, ticket_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Pass over who was called and did not come."""
    _end(_ticket(ticket_id, actor, at), TicketAct.SKIP, at)


@transaction.atomic
def finish(
    *, ticket_id: uuid.UUID, actor: Actor, at: dt.datetime, dossier_id: uuid.UUID | None = None
) -> None:
    """End a visit; finished twice is finished once."""
    ticket = _ticket(ticket_id, actor, at)
    if dossier_id is not None:
        link_dossier(ticket, dossier_id=dossier_id, at=at)
    if ticket.state != TicketState.DONE:
        _end(ticket, TicketAct.FINISH, at)


@transaction.atomic
def transfer(*, ticket_id: uuid.UUID, window_id: int, actor: Actor, at: dt.datetime) -> None:
    """Send a visitor on to another window: they are the next to be called there."""
    ticket = _ticket(ticket_id, actor, at)
    refuse_if(rules.may(TicketAct.TRANSFER, TicketState(ticket.state)), CounterConflict)
    window = Window.objects.filter(agency_id=ticket.agency_id, pk=window_id, is_open=True).first()
    if window is None or window.pk == ticket.window_id:
        raise CounterConflict("counter.window_not_other")
    ticket.state, ticket.window = TicketState.WAITING, window
    ticket.save(update_fields=["state", "window"])


def link_dossier(ticket: Ticket, *, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    """Remember what was taken in during a visit; told twice, remembered once."""
    TicketDossier.objects.get_or_create(
        ticket=ticket, dossier_id=dossier_id, defaults={"agency_id": ticket.agency_id, "at": at}
    )


def seat_of(actor: Actor, at: dt.datetime) -> Window:
    """Return the window at which the officer sits today. Raises: CounterConflict("counter.no_seat")."""
    window = Window.objects.filter(
        agency_id=agency_of(actor),
        staffed_by_id=actor.appointment_id,
        staffed_on=at.astimezone(VIETNAM).date(),
        is_open=True,
    ).first()
    if window is None:
        raise CounterConflict("counter.no_seat")
    return window


def _hold(actor: Actor) -> int:
    """Lock the queue of the agency until commit: two windows never call the same ticket."""
    agency_id = agency_of(actor)
    if QueuePlace.objects.select_for_update().filter(pk=agency_id).first() is None:
        raise CounterNotFound("counter.no_queue")
    return agency_id


def _ticket(ticket_id: uuid.UUID, actor: Actor, at: dt.datetime) -> Ticket:
    row = (
        Ticket.objects.select_for_update(of=("self",))
        .filter(pk=ticket_id, agency_id=agency_of(actor), day=at.astimezone(VIETNAM).date())
        .first()
    )
    if row is None:
        raise CounterNotFound("counter.ticket_unknown")
    return row


def _call(ticket: Ticket, act: TicketAct, window: Window, actor: Actor, at: dt.datetime) -> uuid.UUID:
    refuse_if(rules.may(act, TicketState(ticket.state)), CounterConflict)
    ticket.state, ticket.window, ticket.officer_id = TicketState.CALLED, window, actor.appointment_id
    ticket.first_called_at = ticket.first_called_at or at
    ticket.called_at, ticket.finished_at = at, None
    ticket.calls += 1
    try:
        with transaction.atomic():
            ticket.save()
    except IntegrityError as error:
        raise CounterConflict("counter.window_busy") from error
    return ticket.pk


def _finish_open_of(window: Window, at: dt.datetime) -> None:
    for ticket in Ticket.objects.select_for_update().filter(window=window, state=TicketState.CALLED):
        _end(ticket, TicketAct.FINISH, at)


def _end(ticket: Ticket, act: TicketAct, at: dt.datetime) -> None:
    state = TicketState(ticket.state)
    refuse_if(rules.may(act, state), CounterConflict)
    ticket.state, ticket.finished_at = rules.LINES[state, act], at
    ticket.save(update_fields=["state", "finished_at"])
