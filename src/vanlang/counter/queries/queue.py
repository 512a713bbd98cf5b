"""The queue as it stands: of a window, of a ticket, of the television, of the day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vanlang.counter import labels
from vanlang.counter.errors import CounterNotFound
from vanlang.counter.models import QueuePlace, QueueService, Ticket, TicketDossier, Window
from vanlang.counter.rules import queue as rules
from vanlang.counter.rules import waiting as times
from vanlang.counter.rules.queue import Waiting
from vanlang.counter.types import Priority, TicketState
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agency


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    id: int
    letter: str
    name: str
    about: str
    procedure_codes: tuple[str, ...]
    minutes: int
    is_open: bool
    waiting: int = 0
    each: int = 0
    """Minutes until somebody who comes now is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCard:
    id: int
    number: int
    name: str
    is_open: bool
    service_ids: tuple[int, ...]
    letters: str
    staffed_by_id: int | None
    """Of today; None when nobody sits there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCard:
    """A number. No personal data is in it."""

    id: uuid.UUID
    text: str
    """"A007"."""
    spoken: str
    service_id: int
    service: str
    priority: Priority
    priority_label: str
    state: TicketState
    state_label: str
    issued_at: dt.datetime
    called_at: dt.datetime | None
    calls: int
    window: int | None
    window_id: int | None
    estimated_minutes: int
    ahead: int | None = None
    """How many are called before it; None once it was called."""
    dossier_ids: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayCard:
    """What the television shows."""

    agency: str
    notice: str
    calls: tuple[TicketCard, ...]
    """At a window now, the last called first."""
    waiting: int
    next_up: tuple[str, ...]
    mark: str
    """Changes whenever somebody was called: an unchanged picture is not sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleCard:
    """What an officer at a window sees."""

    window: WindowCard | None
    current: TicketCard | None
    line: tuple[TicketCard, ...]
    """In the order in which the rule calls them."""
    absent: tuple[TicketCard, ...]
    served: int
    waiting_elsewhere: int


def day_of(at: dt.datetime) -> dt.date:
    return at.astimezone(VIETNAM).date()


def line_of(window: Window, at: dt.datetime) -> list[tuple[Waiting, Ticket]]:
    """Return who waits for a window: of its services, or sent on to it; in order of arrival."""
    served = set(window.services.values_list("id", flat=True))
    return _line(
        row
        for row in _tickets(window.agency_id, day_of(at), TicketState.WAITING)
        if row.window_id == window.pk or (row.window_id is None and row.service_id in served)
    )


def priority_in_a_row(window: Window, at: dt.datetime) -> int:
    """Return how many of the last called of this window's services had priority, without an ordinary one between."""
    return _in_a_row(window.agency_id, day_of(at), set(window.services.values_list("id", flat=True)))


def estimate_for(ticket: Ticket) -> int:
    """Return the minutes that a ticket that is about to be printed will wait."""
    ahead, each, windows = _outlook(ticket)
    return times.estimate(ahead=ahead, each=each, windows=windows)


def list_services(agency_id: int, *, at: dt.datetime, only_open: bool = True) -> list[ServiceCard]:
    """Return the services of an agency by letter, with how many wait and how long it takes now."""
    rows = QueueService.objects.filter(agency_id=agency_id).order_by("-is_open", "letter", "id")
    tickets = _tickets(agency_id, day_of(at), TicketState.WAITING)
    return [
        ServiceCard(
            id=row.pk,
            letter=row.letter,
            name=row.name,
            about=row.about,
            procedure_codes=tuple(row.procedure_codes),
            minutes=row.minutes,
            is_open=row.is_open,
            waiting=sum(ticket.service_id == row.pk for ticket in tickets),
            each=estimate_for(_next_of(row, at)) if row.is_open else 0,
        )
        for row in rows
        if row.is_open or not only_open
    ]


def list_windows(agency_id: int, *, at: dt.datetime, only_open: bool = True) -> list[WindowCard]:
    rows = (
        Window.objects.filter(agency_id=agency_id)
        .order_by("-is_open", "number", "id")
        .prefetch_related("services")
    )
    return [_window_card(row, day_of(at)) for row in rows if row.is_open or not only_open]


def find_place(agency_id: int) -> tuple[str, str, str] | None:
    """Return (display token, kiosk token, notice) of an agency's queue; None before it was laid out."""
    place = QueuePlace.objects.filter(pk=agency_id).first()
    return None if place is None else (place.display_token, place.kiosk_token, place.notice)


def agency_of_kiosk(token: str, *, on: dt.date) -> tuple[int, str]:
    """Return id and short name of the agency whose kiosk has this address. Raises: CounterNotFound."""
    with acting(Scope.system()):
        place = QueuePlace.objects.filter(kiosk_token=token).first()
        if place is None:
            raise CounterNotFound("counter.kiosk_unknown")
        return place.pk, get_agency(place.pk, on).name


def services_of_kiosk(token: str, *, at: dt.datetime) -> list[ServiceCard]:
    agency_id, _ = agency_of_kiosk(token, on=day_of(at))
    with acting(Scope.system()):
        return list_services(agency_id, at=at)


def get_ticket(ticket_id: uuid.UUID, *, at: dt.datetime) -> tuple[TicketCard, str, str]:
    """
    Return a ticket as its holder sees it, with the agency's name and the kiosk's token; the id is its key.

    Raises: CounterNotFound also for a ticket of another day.
    """
    with acting(Scope.system()):
        row = Ticket.objects.filter(pk=ticket_id, day=day_of(at)).select_related("service", "window").first()
        if row is None:
            raise CounterNotFound("counter.ticket_unknown")
        ahead = _outlook(row)[0] if row.state == TicketState.WAITING else None
        place = QueuePlace.objects.get(pk=row.agency_id)
        return _card(row, ahead=ahead), get_agency(row.agency_id, day_of(at)).name, place.kiosk_token


def get_display(token: str, *, at: dt.datetime) -> DisplayCard:
    """Return what the television of an address shows. Raises: CounterNotFound when the address is old."""
    with acting(Scope.system()):
        place = QueuePlace.objects.filter(display_token=token).first()
        if place is None:
            raise CounterNotFound("counter.display_unknown")
        rows = _tickets(place.pk, day_of(at), TicketState.CALLED, TicketState.WAITING)
        called = sorted(
            (row for row in rows if row.state == TicketState.CALLED),
            key=lambda row: (row.called_at or row.issued_at, row.pk),
            reverse=True,
        )
        waiting = [row for row in rows if row.state == TicketState.WAITING]
        cards = tuple(_card(row) for row in called)
        ahead = _order(place.pk, waiting, at)[:6]
        return DisplayCard(
            agency=get_agency(place.pk, day_of(at)).name,
            notice=place.notice,
            calls=cards,
            waiting=len(waiting),
            next_up=tuple(_text(row) for row in ahead),
            mark=f"{len(waiting)}-" + "-".join(f"{card.text}.{card.calls}" for card in cards),
        )


def get_console(actor: Actor, *, at: dt.datetime) -> ConsoleCard:
    """Return what the officer's window looks like now."""
    agency_id, day = actor.agency_id or 0, day_of(at)
    window = (
        Window.objects.filter(
            agency_id=agency_id, staffed_by_id=actor.appointment_id, staffed_on=day, is_open=True
        )
        .prefetch_related("services")
        .first()
    )
    rows = _tickets(agency_id, day)
    if window is None:
        waiting = sum(row.state == TicketState.WAITING for row in rows)
        return ConsoleCard(window=None, current=None, line=(), absent=(), served=0, waiting_elsewhere=waiting)
    line = [row for _, row in line_of(window, at)]
    current = next(
        (row for row in rows if row.state == TicketState.CALLED and row.window_id == window.pk), None
    )
    served = {service.pk for service in window.services.all()}
    absent = [row for row in rows if row.state == TicketState.NO_SHOW and row.service_id in served]
    return ConsoleCard(
        window=_window_card(window, day),
        current=_card(current, dossier_ids=_dossiers_of(current)) if current else None,
        line=tuple(_card(row) for row in _called_in_order(line, window, at)),
        absent=tuple(_card(row) for row in absent),
        served=sum(row.state == TicketState.DONE and row.officer_id == actor.appointment_id for row in rows),
        waiting_elsewhere=sum(row.state == TicketState.WAITING for row in rows) - len(line),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCard:
    """A day of the queue in figures."""

    on: dt.date
    total: times.DayFigures
    services: tuple[tuple[str, times.DayFigures], ...]
    hours: tuple[tuple[int, int, int], ...]
    """(hour, issued, served)."""
    priority: int


def get_day(agency_id: int, *, on: dt.date) -> DayCard:
    """Return the figures of a day: what was issued, served, passed over, and how long people waited."""
    rows = list(Ticket.objects.filter(agency_id=agency_id, day=on).select_related("service"))
    visits = [(row.service, _visit(row)) for row in rows]
    services = {service.pk: service for service, _ in visits}
    every = [visit for _, visit in visits]
    hours = sorted(
        {visit.issued_at.hour for visit in every}
        | {visit.finished_at.hour for visit in every if visit.finished_at}
    )
    span = range(hours[0], hours[-1] + 1) if hours else range(0)
    return DayCard(
        on=on,
        total=times.figures(every),
        services=tuple(
            (
                f"{service.letter} {service.name}",
                times.figures([visit for one, visit in visits if one.pk == key]),
            )
            for key, service in sorted(services.items(), key=lambda pair: pair[1].letter)
        ),
        hours=tuple(times.by_hour(every, span)),
        priority=sum(row.priority != Priority.NONE for row in rows),
    )


# ---- parts ----------------------------------------------------------------------------------------


def _tickets(agency_id: int, day: dt.date, *states: TicketState) -> list[Ticket]:
    rows = Ticket.objects.filter(agency_id=agency_id, day=day).select_related("service", "window")
    if states:
        rows = rows.filter(state__in=sorted(states))
    return list(rows.order_by("issued_at", "id"))


def _line(rows: Iterable[Ticket]) -> list[tuple[Waiting, Ticket]]:
    return [
        (
            Waiting(
                id=row.pk,
                order=order,
                has_priority=row.priority != Priority.NONE,
                is_sent_here=row.window_id is not None,
            ),
            row,
        )
        for order, row in enumerate(rows)
    ]


def _in_a_row(agency_id: int, day: dt.date, service_ids: set[int]) -> int:
    last = (
        Ticket.objects.filter(
            agency_id=agency_id, day=day, service_id__in=sorted(service_ids), first_called_at__isnull=False
        )
        .order_by("-first_called_at", "-id")
        .values_list("priority", flat=True)[: rules.IN_A_ROW]
    )
    count = 0
    for priority in last:
        if priority == Priority.NONE:
            break
        count += 1
    return count


def _called_in_order(rows: Sequence[Ticket], window: Window, at: dt.datetime) -> list[Ticket]:
    return _played(rows, priority_in_a_row(window, at))


def _order(agency_id: int, rows: Sequence[Ticket], at: dt.datetime) -> list[Ticket]:
    return _played(rows, _in_a_row(agency_id, day_of(at), {row.service_id for row in rows}))


def _played(rows: Sequence[Ticket], in_a_row: int) -> list[Ticket]:
    """Return tickets as the rule calls them when nobody else comes."""
    by_id = {row.pk: row for row in rows}
    line, order = [waiting for waiting, _ in _line(rows)], []
    while (called := rules.choose_next(line, priority_in_a_row=in_a_row)) is not None:
        in_a_row = rules.in_a_row_after(called, priority_in_a_row=in_a_row)
        line.remove(called)
        order.append(by_id[called.id])
    return order


def _next_of(service: QueueService, at: dt.datetime) -> Ticket:
    return Ticket(
        agency_id=service.agency_id, day=day_of(at), service=service, issued_at=at, priority=Priority.NONE
    )


def _outlook(ticket: Ticket) -> tuple[int, float, int]:
    """Return how many come before a ticket, minutes for each, and how many windows serve."""
    windows = list(
        Window.objects.filter(agency_id=ticket.agency_id, is_open=True, services=ticket.service_id)
    )
    beside = set(QueueService.objects.filter(windows__in=windows).values_list("id", flat=True)) | {
        ticket.service_id
    }
    rows = [
        row
        for row in _tickets(ticket.agency_id, ticket.day, TicketState.WAITING)
        if row.service_id in beside and row.pk != ticket.pk and row.window_id is None
    ]
    rows = sorted([*rows, ticket], key=lambda row: (row.issued_at, row.pk))
    ahead = rules.count_ahead(
        ticket.pk,
        [waiting for waiting, _ in _line(rows)],
        priority_in_a_row=_in_a_row(ticket.agency_id, ticket.day, beside),
    )
    served = Ticket.objects.filter(service_id=ticket.service_id, day=ticket.day, state=TicketState.DONE)
    took = [minutes for row in served if (minutes := _visit(row).took) is not None]
    staffed = sum(window.staffed_on == ticket.day for window in windows)
    return ahead, times.minutes_each(ticket.service.minutes, took), staffed


def _visit(row: Ticket) -> times.Visit:
    return times.Visit(
        issued_at=row.issued_at.astimezone(VIETNAM),
        called_at=row.first_called_at.astimezone(VIETNAM) if row.first_called_at else None,
        finished_at=row.finished_at.astimezone(VIETNAM) if row.finished_at else None,
        is_no_show=row.state == TicketState.NO_SHOW,
    )


def _dossiers_of(ticket: Ticket) -> tuple[uuid.UUID, ...]:
    return tuple(
        TicketDossier.objects.filter(ticket=ticket).order_by("at").values_list("dossier_id", flat=True)
    )


def _text(row: Ticket) -> str:
    return rules.number_of(row.letter, row.number)


def _window_card(row: Window, day: dt.date) -> WindowCard:
    services = sorted(row.services.all(), key=lambda service: service.letter)
    return WindowCard(
        id=row.pk,
        number=row.number,
        name=row.name,
        is_open=row.is_open,
        service_ids=tuple(service.pk for service in services),
        letters=", ".join(service.letter for service in services),
        staffed_by_id=row.staffed_by_id if row.staffed_on == day else None,
    )


def _card(row: Ticket, *, ahead: int | None = None, dossier_ids: tuple[uuid.UUID, ...] = ()) -> TicketCard:
    priority, state = Priority(row.priority), TicketState(row.state)
    return TicketCard(
        id=row.pk,
        text=_text(row),
        spoken=rules.spoken(row.letter, row.number),
        service_id=row.service_id,
        service=row.service.name,
        priority=priority,
        priority_label=labels.PRIORITIES[priority] if priority is not Priority.NONE else "",
        state=state,
        state_label=labels.TICKET_STATES[state],
        issued_at=row.issued_at,
        called_at=row.called_at,
        calls=row.calls,
        window=row.window.number if row.window else None,
        window_id=row.window_id,
        estimated_minutes=row.estimated_minutes,
        ahead=ahead,
        dossier_ids=dossier_ids,
    )
