"""What is carried from hand to hand: given as a list, taken as a list, single ones sent back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from vanlang.audit.api import record_act
from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import Tray, TrayItem
from vanlang.counter.queries.lists import list_giveable
from vanlang.counter.rules.trays import may_take
from vanlang.counter.services.places import agency_of, appointment_of
from vanlang.counter.types import TrayItemState, TrayKind
from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Actor, actor_of, get_appointments, scope_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import acting
from vanlang.organizations.api import list_units

MOST = 200
"""Lines of one tray: what two hands carry."""


@transaction.atomic
def give_tray(
    *,
    kind: TrayKind,
    dossier_ids: Sequence[uuid.UUID],
    actor: Actor,
    at: dt.datetime,
    unit_id: int | None = None,
) -> uuid.UUID:
    """
    Write a list and send it on its way. Nothing moves yet: what is on it stays the giver's until it is taken.

    Raises: CounterInvalid("counter.tray_empty", "counter.tray_too_long", "counter.tray_unit_missing"),
    CounterConflict("counter.tray_not_here") when one of them does not lie here any more, or is on another tray.
    """
    agency_id, chosen = agency_of(actor), list(dict.fromkeys(dossier_ids))
    if not chosen:
        raise CounterInvalid("counter.tray_empty")
    if len(chosen) > MOST:
        raise CounterInvalid("counter.tray_too_long", most=MOST)
    if kind is TrayKind.TO_UNIT and unit_id not in {
        unit.id for unit in list_units(agency_id, at.astimezone(VIETNAM).date())
    }:
        raise CounterInvalid("counter.tray_unit_missing")
    here = {card.dossier_id for card in list_giveable(kind, actor=actor, at=at)}
    if not set(chosen) <= here:
        raise CounterConflict("counter.tray_not_here")
    tray = Tray.objects.create(
        agency_id=agency_id,
        to_agency_id=agency_id,
        kind=kind,
        day=at.astimezone(VIETNAM).date(),
        number=_next_number(agency_id, at),
        unit_id=unit_id if kind is TrayKind.TO_UNIT else None,
        given_by_id=appointment_of(actor),
        given_at=at,
    )
    _write_items(tray, chosen)
    record_act(
        act="counter.give_tray",
        actor=actor,
        object_type="tray",
        object_id=tray.pk,
        at=at,
        facts={"lines": len(chosen)},
    )
    return tray.pk


def take_tray(
    *, tray_id: uuid.UUID, actor: Actor, at: dt.datetime, rejected: Mapping[uuid.UUID, str] | None = None
) -> int:
    """
    Confirm a tray: everything that is not sent back with a reason is taken; returns how many were.

    Dossiers taken by a unit are handed over to it now, as the act of the officer who gave them, each in a transaction
    of its own with its line; one that cannot be is sent back with its reason. A taking that was cut off is gone on with.
    Raises: CounterConflict("counter.tray_taken"), CounterInvalid("counter.tray_reason_missing").
    """
    rejected = rejected or {}
    if any(not reason.strip() for reason in rejected.values()):
        raise CounterInvalid("counter.tray_reason_missing")
    tray = _begin_taking(tray_id, actor, at)
    waiting = list(tray.items.filter(state=TrayItemState.ON_THE_WAY).order_by("position"))
    states = [_take(tray, item.pk, rejected.get(item.dossier_id, ""), actor, at) for item in waiting]
    taken, back = states.count(TrayItemState.ACCEPTED), states.count(TrayItemState.REJECTED)
    record_act(
        act="counter.take_tray", actor=actor, object_type="tray", object_id=tray.pk, at=at,
        facts={"taken": taken, "rejected": back},
    )  # fmt: skip
    return taken


def _take(tray: Tray, item_id: int, refused: str, actor: Actor, at: dt.datetime) -> TrayItemState | None:
    """Take one line or send it back, its dossier with it; None for a line that was dealt with meanwhile."""
    with transaction.atomic():
        item = TrayItem.objects.select_for_update().filter(pk=item_id, state=TrayItemState.ON_THE_WAY).first()
        if item is None:
            return None
        reason = refused.strip() or _hand_over(tray, item, actor, at)
        state = TrayItemState.REJECTED if reason else TrayItemState.ACCEPTED
        item.state, item.reason = state, reason[:300]
        item.save(update_fields=["state", "reason"])
    return state


def _begin_taking(tray_id: uuid.UUID, actor: Actor, at: dt.datetime) -> Tray:
    with transaction.atomic():
        tray = Tray.objects.select_for_update().filter(pk=tray_id, to_agency_id=agency_of(actor)).first()
        if tray is None:
            raise CounterNotFound
        if not may_take(TrayKind(tray.kind), tray.unit_id, roles=actor.roles, my_unit_id=actor.unit_id):
            raise CounterConflict("counter.tray_not_yours")
        if tray.taken_at is not None:
            if not tray.items.filter(state=TrayItemState.ON_THE_WAY).exists():
                raise CounterConflict("counter.tray_taken")
            return tray
        tray.taken_by_id, tray.taken_at = appointment_of(actor), at
        tray.save(update_fields=["taken_by", "taken_at"])
    return tray


def _hand_over(tray: Tray, item: TrayItem, actor: Actor, at: dt.datetime) -> str:
    """Hand one dossier over as its giver's act; return why not, or nothing."""
    if tray.kind != TrayKind.TO_UNIT:
        return ""
    giver = actor_of(get_appointments([tray.given_by_id])[tray.given_by_id])
    note = f"Bàn giao theo danh sách {tray.number}/{tray.day:%d-%m-%Y}; người nhận: {actor.name}"
    try:
        with acting(scope_of(giver)):
            dossiers.hand_over(
                dossier_id=item.dossier_id, unit_id=tray.unit_id, note=note, actor=giver, at=at
            )
    except DomainError as error:
        return sentence_of(error.code, error.facts).says
    return ""


def _write_items(tray: Tray, chosen: Sequence[uuid.UUID]) -> None:
    try:
        with transaction.atomic():
            TrayItem.objects.bulk_create(
                TrayItem(
                    tray=tray, agency_id=tray.agency_id, to_agency_id=tray.to_agency_id, dossier_id=key,
                    kind=tray.kind, position=position,
                )
                for position, key in enumerate(chosen, 1)
            )  # fmt: skip
    except IntegrityError as error:
        raise CounterConflict("counter.tray_not_here") from error


def _next_number(agency_id: int, at: dt.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('counter.tray'), %s)", [agency_id])
    day = at.astimezone(VIETNAM).date()
    last = Tray.objects.filter(agency_id=agency_id, day=day).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
