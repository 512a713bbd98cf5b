"""
An officer's lists: driven from seats, so that one indexed comparison says whose rows they are.

A list shows masked cards and is no read of personal data. The number of queries does not depend on its length.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import OrderBy

from vanlang.dossiers import labels
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.cards import Listing, Page, SeatCard
from vanlang.dossiers.models import Seat
from vanlang.dossiers.queries.access import seats_visible_to
from vanlang.dossiers.queries.words import saying
from vanlang.dossiers.rules import access, lateness, masking
from vanlang.dossiers.rules.access import Viewer
from vanlang.dossiers.rules.cursors import cursor_of, read_cursor
from vanlang.dossiers.rules.states import Hat, Party, State
from vanlang.dossiers.types import Channel, InboxFilter, InboxSort
from vanlang.identity.api import Actor, AppointmentCard, get_appointments
from vanlang.organizations.api import UnitCard, list_units

PAGE_SIZE = 50
COUNTED_TO = 1_000
"""How far a list counts itself: beyond, "more than" is said. Counting a hundred thousand lines takes longer than reading fifty."""
_SORTED_BY = {InboxSort.DUE: "due_at", InboxSort.ARRIVED: "arrived_at", InboxSort.MOVED: "moved_at"}
COUNTED = tuple(kind for kind in InboxFilter if kind is not InboxFilter.ALL)
"""`ALL` is not counted: it only grows."""
_OPEN = ~Q(waits_for="")
_OWED = _OPEN & Q(finished_at__isnull=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxQuery:
    """What a list asks for. Every part narrows; None and empty leave open."""

    filter: InboxFilter = InboxFilter.ALL
    text: str = ""
    channel: Channel | None = None
    procedure_codes: frozenset[str] | None = None
    """Some procedures: one, or those of a field."""
    unit_id: int | None = None
    holder_id: int | None = None
    state: State | None = None
    due_in_days: int | None = None
    """Owed, and due before the end of so many days from today; late ones too."""
    only: frozenset[uuid.UUID] | None = None
    """Among these dossiers alone."""
    sort: InboxSort = InboxSort.DUE
    last_first: bool = False
    """The latest instant first."""


def list_inbox(
    actor: Actor,
    *,
    filter: InboxFilter,
    at: dt.datetime,
    text: str = "",
    page: int = 1,
    channel: Channel | None = None,
    procedure_codes: Collection[str] | None = None,
) -> Page:
    """
    Return a page of the dossiers at which the actor's agency sits, the most pressing first.

    `text` is matched without diacritics against code, applicant, procedure and request; every word must occur.
    `procedure_codes` narrows to some procedures (of one field, say); None to all.
    """
    viewer = viewer_of(actor)
    rows = saying(_filtered(viewer, filter, at), access.sight_of(viewer), text)
    if channel is not None:
        rows = rows.filter(channel=channel)
    if procedure_codes is not None:
        rows = rows.filter(dossier__procedure_code__in=sorted(procedure_codes))
    order = ("-moved_at", "dossier_id") if filter is InboxFilter.ALL else ("due_at", "dossier_id")
    start = (max(page, 1) - 1) * PAGE_SIZE
    found = list(rows.order_by(*order)[start : start + PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    names = _holders(shown, at)
    return Page(
        cards=tuple(_card(seat, viewer, names, at) for seat in shown),
        number=max(page, 1),
        has_next=len(found) > PAGE_SIZE,
        total=min(rows.values("pk")[: COUNTED_TO + 1].count(), COUNTED_TO),
        filter=filter,
        text=text,
    )


def list_in_states(
    actor: Actor,
    *,
    states: Collection[State],
    at: dt.datetime,
    hat: Hat | None = None,
    applicant_id: uuid.UUID | None = None,
    only: Collection[uuid.UUID] | None = None,
) -> tuple[SeatCard, ...]:
    """
    Return the dossiers in some states at which the actor's agency sits, those moved first first: a pile in its order.

    `hat` asks for those at which it wears one hat, `applicant_id` for those of one person, `only` for those that a
    list of the caller's names. All of them, however many there are. Masked; no read.
    """
    viewer = viewer_of(actor)
    rows = seats_visible_to(access.sight_of(viewer)).filter(state__in=sorted(states))
    if hat is not None:
        rows = rows.filter(**{_COLUMN_OF[hat]: True})
    if applicant_id is not None:
        rows = rows.filter(dossier__applicant_id=applicant_id)
    if only is not None:
        rows = rows.filter(dossier_id__in=list(only))
    found = list(rows.order_by("moved_at", "dossier_id"))
    names = _holders(found, at)
    return tuple(_card(seat, viewer, names, at) for seat in found)


_COLUMN_OF = {Hat.INTAKE: "intakes", Hat.COMPETENT: "decides", Hat.OPINION: "advises", Hat.RETURN: "returns"}


def search_inbox(actor: Actor, query: InboxQuery, *, at: dt.datetime, after: str = "") -> Listing:
    """
    Return a stretch of what `query` asks for, from the line after `after` on: masked, no read of personal data.

    One query for the lines, whatever the roles; keys instead of page numbers, so the thousandth line costs as much as the first.
    """
    viewer = viewer_of(actor)
    found_by_words = saying(_filtered(viewer, query.filter, at), access.sight_of(viewer), query.text)
    rows = _narrowed(found_by_words, query, at)
    column = _SORTED_BY[query.sort]
    found = list(_lines(rows, column, query, after))
    shown = found[:PAGE_SIZE]
    names = _holders(shown, at)
    last = shown[-1] if len(found) > PAGE_SIZE else None
    counted = rows.values("pk")[: COUNTED_TO + 1].count()
    return Listing(
        cards=tuple(_card(seat, viewer, names, at) for seat in shown),
        after=cursor_of(getattr(last, column), last.dossier_id) if last else "",
        total=min(counted, COUNTED_TO),
        is_more=counted > COUNTED_TO,
    )


def list_seat_cards(
    actor: Actor, dossier_ids: Collection[uuid.UUID], *, at: dt.datetime
) -> dict[uuid.UUID, SeatCard]:
    """Return masked cards of those of some dossiers at which the actor's agency sits."""
    viewer = viewer_of(actor)
    rows = list(seats_visible_to(access.sight_of(viewer)).filter(dossier_id__in=set(dossier_ids)))
    names = _holders(rows, at)
    return {seat.dossier_id: _card(seat, viewer, names, at) for seat in rows}


def _narrowed(rows: QuerySet[Seat], query: InboxQuery, at: dt.datetime) -> QuerySet[Seat]:
    exact = {
        "channel": query.channel,
        "holder_unit_id": query.unit_id,
        "holder_id": query.holder_id,
        "state": query.state,
    }
    rows = rows.filter(**{column: value for column, value in exact.items() if value is not None})
    if query.procedure_codes is not None:
        rows = rows.filter(procedure_code__in=sorted(query.procedure_codes))
    if query.only is not None:
        rows = rows.filter(dossier_id__in=sorted(query.only))
    if query.due_in_days is not None:
        rows = rows.filter(_OWED, paused=False, due_at__lt=lateness.end_of_days(at, query.due_in_days))
    return rows


def _lines(rows: QuerySet[Seat], column: str, query: InboxQuery, after: str) -> QuerySet[Seat]:
    """Return the lines of one stretch, and one more if it goes on."""
    if query.filter is not InboxFilter.ALL or query.sort is not InboxSort.DUE:
        return _onward(rows, column, query, after)[: PAGE_SIZE + 1]
    # By due date, what is open and what is closed have an index each: the first lines of both, and of these the first.
    opened, closed = (
        _onward(rows.filter(half), column, query, after)[: PAGE_SIZE + 1] for half in (_OPEN, ~_OPEN)
    )
    return opened.union(closed, all=True).order_by(*_order(column, query))[: PAGE_SIZE + 1]


def _onward(rows: QuerySet[Seat], column: str, query: InboxQuery, after: str) -> QuerySet[Seat]:
    """Order, and leave out everything up to the line that `after` names."""
    begins = read_cursor(after)
    if begins is not None:
        value, dossier_id = begins
        onward = "lt" if query.last_first else "gt"
        beyond = Q(**{f"{column}__{onward}": value}) | Q(**{column: value, "dossier_id__gt": dossier_id})
        rows = rows.filter(Q(**{f"{column}__{onward}e": value}) & beyond)
    return rows.order_by(*_order(column, query))


def _order(column: str, query: InboxQuery) -> tuple[OrderBy, str]:
    """Return the order. What is mine is gathered by who holds it, then sorted: no index of the order leads to it."""
    if query.filter is not InboxFilter.MINE:
        return (OrderBy(F(column), descending=query.last_first), "dossier_id")
    gathered = ExpressionWrapper(F(column) + Value(dt.timedelta()), output_field=DateTimeField())
    return (OrderBy(gathered, descending=query.last_first), "dossier_id")


def count_inbox(
    actor: Actor, *, at: dt.datetime, only: Collection[InboxFilter] = COUNTED
) -> dict[InboxFilter, int]:
    """
    Return how many dossiers each filter shows, in one query; `COUNTED_TO` + 1 where there are more than `COUNTED_TO`.

    Each is counted through its own index and no further than that, so a large agency waits no longer than a small one.
    """
    viewer, wanted = viewer_of(actor), tuple(only)
    counted = [_filtered(viewer, kind, at).values("pk")[: COUNTED_TO + 1].query for kind in wanted]
    compiled = [query.sql_with_params() for query in counted]
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) counted)" for sql, _ in compiled)  # noqa: S608 - compiled by Django
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _, values in compiled for value in values])
        return dict(zip(wanted, cursor.fetchone() or (), strict=True))


def _filtered(viewer: Viewer, kind: InboxFilter, at: dt.datetime) -> QuerySet[Seat]:
    rows = seats_visible_to(access.sight_of(viewer))
    if kind is InboxFilter.ALL:
        return rows
    return rows.filter(_OPEN & _condition(viewer, kind, at))


def _condition(viewer: Viewer, kind: InboxFilter, at: dt.datetime) -> Q:
    match kind:
        case InboxFilter.MINE:
            return _mine(viewer)
        case InboxFilter.UNIT:
            return Q(here=True, holder_unit_id=viewer.unit_id)
        case InboxFilter.NEW:
            return Q(state=State.SUBMITTED, intakes=True)
        case InboxFilter.DUE_SOON:
            bounds = Q(due_at__gte=lateness.overdue_before(at), due_at__lt=lateness.due_soon_before(at))
            return _OWED & Q(paused=False) & bounds
        case InboxFilter.LATE:
            return _OWED & Q(paused=False, due_at__lt=lateness.overdue_before(at))
        case InboxFilter.WAITING:
            return Q(paused=True)
        case InboxFilter.TO_DELIVER:
            return Q(state=State.RELEASED, returns=True)
        case InboxFilter.OPEN | InboxFilter.ALL:
            return Q()


def _mine(viewer: Viewer) -> Q:
    """What waits for the viewer: held by name, or, held by nobody, in the tray of their unit or role at this agency."""
    by_name = _held_by(viewer)
    units = [one.unit_id for one in viewer.stands_for]
    if viewer.unit_id is not None:
        units.append(viewer.unit_id)
    my_tray = Q(holder_unit_id__isnull=True) | Q(holder_unit_id__in=units)
    for_my_role = Q(here=True, holder_id__isnull=True, waits_for__in=sorted(viewer.parties)) & my_tray
    asked = Q(advising_units__overlap=units) & ~Q(advising_units=[])  # the second part has an index
    return Q(paused=False) & (by_name | for_my_role) | asked


def _held_by(viewer: Viewer) -> Q:
    """What the viewer holds by name, and what colleagues on leave hold, as far as their work passed to the viewer."""
    held = Q(holder_id=viewer.appointment_id) if viewer.appointment_id is not None else Q(pk__in=[])
    for absent in viewer.stands_for:
        held |= Q(holder_id=absent.appointment_id, waits_for__in=sorted(absent.parties))
    return held


def _holders(
    seats: Iterable[Seat], at: dt.datetime
) -> tuple[dict[int, AppointmentCard], dict[int, UnitCard]]:
    """Return who and which units hold these dossiers: two queries whatever the length."""
    seats = list(seats)
    officers = get_appointments(seat.holder_id for seat in seats if seat.holder_id is not None)
    agencies = {seat.agency_id for seat in seats if seat.holder_unit_id is not None}
    on = at.date()
    units = {unit.id: unit for agency_id in sorted(agencies) for unit in list_units(agency_id, on)}
    return officers, {int(key): unit for key, unit in units.items()}


def _card(
    seat: Seat, viewer: Viewer, names: tuple[dict[int, AppointmentCard], dict[int, UnitCard]], at: dt.datetime
) -> SeatCard:
    state = State(seat.state)
    how = lateness.timeliness(due_at=seat.due_at, finished_at=seat.finished_at, at=at, paused=seat.paused)
    return SeatCard(
        dossier_id=seat.dossier_id,
        code=seat.code,
        procedure_name=seat.procedure_name,
        applicant=seat.applicant_name if seat.applicant_is_entity else masking.mask_name(seat.applicant_name),
        subject=masking.mask_name(seat.subject_name) if seat.subject_name else "",
        channel=Channel(seat.channel),
        state=state,
        state_label=labels.STATES[state],
        waits_for=Party(seat.waits_for) if seat.waits_for else None,
        is_here=seat.here,
        is_mine=seat.holder_id is not None and seat.holder_id == viewer.appointment_id,
        holder=_holder(seat, names),
        unit=_unit(seat, names),
        arrived_at=seat.arrived_at,
        submitted_at=seat.submitted_at,
        due_at=seat.due_at,
        due_is_forecast=seat.due_is_forecast,
        timeliness=how,
        timeliness_label=labels.TIMELINESS[how],
        moved_at=seat.moved_at,
    )


def _holder(seat: Seat, names: tuple[dict[int, AppointmentCard], dict[int, UnitCard]]) -> str:
    officers, units = names
    if seat.holder_id is not None and (officer := officers.get(seat.holder_id)) is not None:
        return officer.name
    if seat.holder_unit_id is not None and (unit := units.get(seat.holder_unit_id)) is not None:
        return unit.name
    return labels.PARTIES[Party(seat.waits_for)] if seat.waits_for else ""


def _unit(seat: Seat, names: tuple[dict[int, AppointmentCard], dict[int, UnitCard]]) -> str:
    officers, units = names
    if seat.holder_unit_id is not None and (unit := units.get(seat.holder_unit_id)) is not None:
        return unit.name
    if seat.holder_id is not None and (officer := officers.get(seat.holder_id)) is not None:
        return officer.unit_name
    return ""
