"""Trays, post, cash and piles as their pages show them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, QuerySet

from vanlang.audit.api import record_read
from vanlang.catalogue.api import get_procedures
from vanlang.counter import labels
from vanlang.counter.errors import CounterNotFound
from vanlang.counter.models import Batch, BatchLine, CashDrawer, PostalItem, PostalPiece, Tray, TrayItem
from vanlang.counter.rules import cash as cash_rules
from vanlang.counter.rules.sheet import PersonLine
from vanlang.counter.rules.trays import may_take
from vanlang.counter.types import (
    BatchKind,
    BatchLineState,
    CashKind,
    PostDirection,
    PostState,
    TrayItemState,
    TrayKind,
)
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Hat, SeatCard, State
from vanlang.identity.api import Actor, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.lists import Drawn
from vanlang.kernel.vietnamese import search_key

# ---- trays ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayLine:
    """A line of a tray. Masked."""

    dossier_id: uuid.UUID
    position: int
    card: SeatCard | None
    """None when the dossier is not to be seen any more by the reader's agency."""
    state: TrayItemState
    state_label: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayCard:
    id: uuid.UUID
    number: int
    kind: TrayKind
    kind_label: str
    given_at: dt.datetime
    giver: str
    receiver: str
    taker: str
    taken_at: dt.datetime | None
    count: int
    rejected: int
    is_mine_to_take: bool
    lines: tuple[TrayLine, ...] = ()


def tray_row(tray_id: uuid.UUID, actor: Actor) -> Tray:
    """Return a tray of the actor's agency. Raises: CounterNotFound."""
    mine = Q(agency_id=actor.agency_id or 0) | Q(to_agency_id=actor.agency_id or 0)
    row = Tray.objects.filter(mine, pk=tray_id).select_related("unit").first()
    if row is None:
        raise CounterNotFound
    return row


def list_trays(actor: Actor) -> Drawn[Tray, TrayCard]:
    """Return the agency's trays: those that wait for somebody first, the longest waiting on top, then the latest taken."""
    rows = (
        Tray.objects.filter(Q(agency_id=actor.agency_id or 0) | Q(to_agency_id=actor.agency_id or 0))
        .select_related("unit")
        .annotate(lines=Count("items"), back=Count("items", filter=Q(items__state=TrayItemState.REJECTED)))
        .order_by(F("taken_at").desc(nulls_first=True), "given_at", "id")
    )
    return Drawn(rows, lambda found: _tray_cards(found, actor))


def get_tray(tray_id: uuid.UUID, actor: Actor, *, at: dt.datetime) -> TrayCard:
    """Return a tray with its lines, masked. Raises: CounterNotFound."""
    row = tray_row(tray_id, actor)
    items = list(row.items.order_by("position"))
    row.lines, row.back = len(items), sum(item.state == TrayItemState.REJECTED for item in items)  # type: ignore[attr-defined] # as the list annotates
    seen = {
        card.dossier_id: card
        for card in dossiers.list_in_states(
            actor, states=set(State), at=at, only=[item.dossier_id for item in items]
        )
    }
    lines = tuple(
        TrayLine(
            dossier_id=item.dossier_id,
            position=item.position,
            card=seen.get(item.dossier_id),
            state=TrayItemState(item.state),
            state_label=labels.TRAY_ITEM_STATES[TrayItemState(item.state)],
            reason=item.reason,
        )
        for item in items
    )
    return _tray_cards([row], actor, lines=lines)[0]


def _tray_cards(rows: Sequence[Tray], actor: Actor, *, lines: tuple[TrayLine, ...] = ()) -> list[TrayCard]:
    keys = {key for row in rows for key in (row.given_by_id, row.taken_by_id) if key}
    officers = get_appointments(keys)
    waiting = _with_open_lines(rows)
    return [
        TrayCard(
            id=row.pk,
            number=row.number,
            kind=TrayKind(row.kind),
            kind_label=labels.TRAY_KINDS[TrayKind(row.kind)],
            given_at=row.given_at,
            giver=officers[row.given_by_id].name,
            receiver=row.unit.name if row.unit else "Bộ phận Một cửa",
            taker=officers[row.taken_by_id].name if row.taken_by_id else "",
            taken_at=row.taken_at,
            count=row.lines,  # type: ignore[attr-defined] # annotated
            rejected=row.back,  # type: ignore[attr-defined] # annotated
            is_mine_to_take=row.pk in waiting
            and may_take(TrayKind(row.kind), row.unit_id, roles=actor.roles, my_unit_id=actor.unit_id),
            lines=lines,
        )
        for row in rows
    ]


def _with_open_lines(rows: Sequence[Tray]) -> set[uuid.UUID]:
    """Return the trays of which a line is still on its way: not taken yet, or the taking was cut off."""
    items = TrayItem.objects.filter(tray__in=[row.pk for row in rows], state=TrayItemState.ON_THE_WAY)
    return set(items.values_list("tray_id", flat=True))


def list_giveable(kind: TrayKind, *, actor: Actor, at: dt.datetime, text: str = "") -> list[SeatCard]:
    """Return everything that can be put on a tray now: it lies here, and on no other tray; `text` narrows it. Masked; no read."""
    state, hat = (State.RECEIVED, Hat.INTAKE) if kind is TrayKind.TO_UNIT else (State.RELEASED, Hat.COMPETENT)
    cards = dossiers.list_in_states(actor, states={state}, at=at, hat=hat)
    carried = TrayItem.objects.filter(kind=kind, dossier_id__in=[card.dossier_id for card in cards]).exclude(
        state=TrayItemState.REJECTED
    )
    elsewhere = set(carried.values_list("dossier_id", flat=True))
    words = search_key(text).split()
    return [card for card in cards if card.dossier_id not in elsewhere and _has(card, words)]


def _has(card: SeatCard, words: Sequence[str]) -> bool:
    told = search_key(f"{card.code} {card.procedure_name}")
    return all(word in told for word in words)


# ---- post -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """An envelope. In a list its name is masked and its address left out; opened, the read was written first."""

    id: uuid.UUID
    direction: PostDirection
    state: PostState
    state_label: str
    tracking: str
    carrier: str
    name: str
    address: str
    phone: str
    note: str
    registered_at: dt.datetime
    sent_at: dt.datetime | None
    ended_at: dt.datetime | None
    dossiers: tuple[tuple[uuid.UUID, str], ...]
    """(id, code) of what lies in it."""
    is_ready: bool
    """Every result that belongs into it lies here, released."""


def list_post(actor: Actor, *, at: dt.datetime, which: str = "cho-gui") -> Drawn[PostalItem, PostCard]:
    """Return envelopes by the list they are on: to be sent, on the way, arrived, ended. Masked; no read."""
    rows = PostalItem.objects.filter(agency_id=actor.agency_id or 0)
    chosen: dict[str, QuerySet[PostalItem]] = {
        "cho-gui": rows.filter(direction=PostDirection.OUT, state=PostState.REGISTERED).order_by(
            "registered_at", "id"
        ),
        "dang-chuyen": rows.filter(state=PostState.SENT).order_by("sent_at", "id"),
        "den": rows.filter(state=PostState.ARRIVED).order_by("registered_at", "id"),
        "da-xong": rows.filter(state__in=sorted([PostState.DELIVERED, PostState.RETURNED])).order_by(
            "-ended_at", "id"
        ),
    }
    found = chosen.get(which, chosen["cho-gui"])
    return Drawn(found, lambda rows: [_masked(card) for card in _post_cards(rows, actor, at)])


def _masked(card: PostCard) -> PostCard:
    return replace(card, name=dossiers.mask_name(card.name), address="", phone="")


def get_post(item_id: uuid.UUID, actor: Actor, *, at: dt.datetime) -> PostCard:
    """
    Return an envelope, its address filled in from the dossier where it has none yet; the read is written first.

    Raises: CounterNotFound.
    """
    row = PostalItem.objects.filter(agency_id=actor.agency_id or 0, pk=item_id).first()
    if row is None:
        raise CounterNotFound("counter.post_unknown")
    record_read(
        act="counter.open_post", actor=actor, object_type="postal_item", object_id=row.pk, purpose=labels.PURPOSE, at=at
    )  # fmt: skip
    first = row.pieces.order_by("id").first()
    if first is not None and not row.address and row.direction == PostDirection.OUT:
        page = dossiers.get_dossier_page(first.dossier_id, actor=actor, purpose=labels.PURPOSE, at=at)
        row.name, row.address, row.phone = (
            page.applicant.full_name,
            page.applicant.address,
            page.applicant.phone,
        )
    return _post_cards([row], actor, at)[0]


def _post_cards(rows: Sequence[PostalItem], actor: Actor, at: dt.datetime) -> list[PostCard]:
    inside: dict[uuid.UUID, list[uuid.UUID]] = {row.pk: [] for row in rows}
    for piece in PostalPiece.objects.filter(item__in=list(inside)).order_by("id"):
        inside[piece.item_id].append(piece.dossier_id)
    keys = {key for found in inside.values() for key in found}
    found_here = dossiers.list_in_states(actor, states=set(State), at=at, only=keys)
    cards = {card.dossier_id: card for card in found_here}
    return [
        PostCard(
            id=row.pk,
            direction=PostDirection(row.direction),
            state=PostState(row.state),
            state_label=labels.POST_STATES[PostState(row.state)],
            tracking=row.tracking,
            carrier=row.carrier,
            name=row.name,
            address=row.address,
            phone=row.phone,
            note=row.note,
            registered_at=row.registered_at,
            sent_at=row.sent_at,
            ended_at=row.ended_at,
            dossiers=tuple(
                (key, (cards[key].code if key in cards else None) or "Chưa cấp mã") for key in inside[row.pk]
            ),
            is_ready=all(key in cards and cards[key].state is State.RELEASED for key in inside[row.pk]),
        )
        for row in rows
    ]


# ---- several results to one person ----------------------------------------------------------------


def list_results_of(person_id: uuid.UUID, actor: Actor, *, at: dt.datetime) -> tuple[SeatCard, ...]:
    """Return the results that lie here for one person. Masked."""
    return dossiers.list_in_states(
        actor, states={State.RELEASED}, at=at, hat=Hat.RETURN, applicant_id=person_id
    )


# ---- cash -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    number: int
    at: dt.datetime
    what_for: str
    amount: int
    code: str
    """Of its dossier, or empty."""
    is_taken_back: bool
    may_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerCard:
    id: uuid.UUID
    day: dt.date
    officer: str
    is_mine: bool
    opening: int
    taken: int
    expected: int
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    counted: int | None
    difference: int
    explanation: str
    treasurer: str
    handed_at: dt.datetime | None
    entries: tuple[EntryCard, ...]


def list_drawers(actor: Actor) -> Drawn[CashDrawer, DrawerCard]:
    """Return the drawers of the agency, open ones first, then the latest."""
    rows = CashDrawer.objects.filter(agency_id=actor.agency_id or 0)
    ordered = rows.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "id")
    return Drawn(ordered, lambda found: _drawers(found, actor))


def _drawers(rows: Sequence[CashDrawer], actor: Actor) -> list[DrawerCard]:
    officers = {key: card.name for key, card in get_appointments([row.officer_id for row in rows]).items()}
    return [_drawer(row, actor, officers) for row in rows]


def drawer_card(drawer_id: uuid.UUID, actor: Actor) -> DrawerCard:
    """Return a drawer with its book. Raises: CounterNotFound."""
    row = CashDrawer.objects.filter(agency_id=actor.agency_id or 0, pk=drawer_id).first()
    if row is None:
        raise CounterNotFound("counter.drawer_unknown")
    officers = {key: card.name for key, card in get_appointments([row.officer_id]).items()}
    return _drawer(row, actor, officers)


def _drawer(row: CashDrawer, actor: Actor, officers: dict[int, str]) -> DrawerCard:
    known = entries_of(row)
    must_be = cash_rules.expected(row.opening, known)
    back = {entry.corrects for entry in known if entry.corrects}
    is_mine = row.officer_id == actor.appointment_id
    entries = tuple(
        EntryCard(
            number=entry.number,
            at=entry.at.astimezone(VIETNAM),
            what_for=entry.what_for,
            amount=entry.amount,
            code=(entry.dossier.code or "") if entry.dossier else "",
            is_taken_back=entry.number in back,
            may_correct=is_mine
            and row.closed_at is None
            and entry.kind == CashKind.TAKEN
            and entry.number not in back,
        )
        for entry in row.entries.select_related("dossier").order_by("number")
    )
    return DrawerCard(
        id=row.pk,
        day=row.day,
        officer=officers[row.officer_id],
        is_mine=is_mine,
        opening=row.opening,
        taken=must_be - row.opening,
        expected=must_be,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        counted=row.counted_sum,
        difference=(row.counted_sum or 0) - must_be if row.counted_sum is not None else 0,
        explanation=row.explanation,
        treasurer=row.treasurer,
        handed_at=row.handed_at,
        entries=entries,
    )


def entries_of(drawer: CashDrawer) -> list[cash_rules.Entry]:
    """Return a drawer's entries as the rules see them."""
    rows = drawer.entries.order_by("number").values_list("number", "amount", "corrects__number")
    return [cash_rules.Entry(number, amount, corrects) for number, amount, corrects in rows]


# ---- piles ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLineCard:
    number: int
    procedure: str
    person: PersonLine
    state: BatchLineState
    error: str
    dossier_id: uuid.UUID | None
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCard:
    id: uuid.UUID
    title: str
    is_one_person: bool
    begun_at: dt.datetime
    received: int
    waiting: int
    """Neither received nor tried."""
    wrong: int
    lines: tuple[BatchLineCard, ...] = ()

    @property
    def total(self) -> int:
        return self.received + self.waiting + self.wrong


def list_batches(actor: Actor) -> Drawn[Batch, BatchCard]:
    """Return the agency's piles, the latest first."""
    rows = Batch.objects.filter(agency_id=actor.agency_id or 0).annotate(
        done=Count("lines", filter=Q(lines__state=BatchLineState.RECEIVED)),
        todo=Count("lines", filter=Q(lines__state=BatchLineState.WRITTEN, lines__error="")),
        bad=Count("lines", filter=Q(lines__state=BatchLineState.WRITTEN) & ~Q(lines__error="")),
    )
    return Drawn(rows.order_by("-begun_at", "id"), _batches)


def _batches(rows: Sequence[Batch]) -> list[BatchCard]:
    return [
        BatchCard(
            id=row.pk,
            title=row.title if row.kind == BatchKind.ONE_PROCEDURE else dossiers.mask_name(row.title),
            is_one_person=row.kind == BatchKind.ONE_PERSON,
            begun_at=row.begun_at,
            received=row.done,  # type: ignore[attr-defined] # annotated
            waiting=row.todo,  # type: ignore[attr-defined] # annotated
            wrong=row.bad,  # type: ignore[attr-defined] # annotated
        )
        for row in rows
    ]


def open_batch(batch_id: uuid.UUID, actor: Actor, *, at: dt.datetime) -> BatchCard:
    """Return a pile to be looked at; who opened it whose data is written after it was found, before it is shown."""
    card = batch_card(batch_id, actor)
    record_read(
        act="counter.open_batch", actor=actor, object_type="batch", object_id=batch_id, purpose=labels.PURPOSE, at=at,
        facts={"lines": len(card.lines)},
    )  # fmt: skip
    return card


def batch_card(batch_id: uuid.UUID, actor: Actor) -> BatchCard:
    """Return a pile with its lines, as typed; for what reads each of its dossiers itself. Raises: CounterNotFound."""
    row = Batch.objects.filter(agency_id=actor.agency_id or 0, pk=batch_id).first()
    if row is None:
        raise CounterNotFound("counter.batch_unknown")
    lines = list(row.lines.exclude(state=BatchLineState.DROPPED).select_related("dossier").order_by("number"))
    names = get_procedures({line.procedure_code for line in lines}, row.begun_at.astimezone(VIETNAM).date())
    return BatchCard(
        id=row.pk,
        title=row.title,
        is_one_person=row.kind == BatchKind.ONE_PERSON,
        begun_at=row.begun_at,
        received=sum(line.state == BatchLineState.RECEIVED for line in lines),
        waiting=sum(line.state == BatchLineState.WRITTEN and not line.error for line in lines),
        wrong=sum(line.state == BatchLineState.WRITTEN and bool(line.error) for line in lines),
        lines=tuple(
            _batch_line(line, names[line.procedure_code].name if line.procedure_code in names else "")
            for line in lines
        ),
    )


def _batch_line(line: BatchLine, procedure: str) -> BatchLineCard:
    return BatchLineCard(
        number=line.number,
        procedure=procedure or line.procedure_code,
        person=PersonLine(line.personal_id, line.full_name, line.phone, line.address, line.request),
        state=BatchLineState(line.state),
        error=line.error,
        dossier_id=line.dossier_id,
        code=(line.dossier.code or "") if line.dossier else "",
    )
