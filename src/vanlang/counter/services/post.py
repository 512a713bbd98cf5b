"""Envelopes that come and go: registered, sent, arrived, delivered, returned."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Set

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from vanlang.audit.api import record_act
from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import PostalItem, PostalPiece
from vanlang.counter.rules import post as rules
from vanlang.counter.services.places import agency_of
from vanlang.counter.types import PostAct, PostDirection, PostState
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Hat, State
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise

_UNDER_WAY = sorted([PostState.REGISTERED, PostState.SENT])


@transaction.atomic
def register_arrival(
    *, tracking: str, carrier: str, name: str, actor: Actor, at: dt.datetime, note: str = ""
) -> uuid.UUID:
    """
    Write down an envelope that came, before its papers are taken in.

    Raises: CounterInvalid with what is wrong with the number, CounterConflict("counter.tracking_known").
    """
    return _save(
        PostalItem(
            agency_id=agency_of(actor),
            direction=PostDirection.IN,
            state=PostState.ARRIVED,
            tracking=_checked(tracking),
            carrier=normalise(carrier),
            name=normalise(name),
            note=normalise(note),
            registered_at=at,
            registered_by_id=actor.appointment_id,
        ),
        actor,
        at,
    )


@transaction.atomic
def wish_return(*, dossier_id: uuid.UUID, agency_id: int, at: dt.datetime) -> uuid.UUID:
    """Remember that the applicant wants the result by post; told twice, remembered once. Called by a subscriber."""
    known = _ways_back(dossier_id, agency_id).first()
    return known.item_id if known is not None else _open_way_back(dossier_id, agency_id, at)


def _ways_back(dossier_id: uuid.UUID, agency_id: int) -> QuerySet[PostalPiece]:
    return PostalPiece.objects.filter(
        dossier_id=dossier_id, agency_id=agency_id, direction=PostDirection.OUT
    ).order_by("id")


def _open_way_back(dossier_id: uuid.UUID, agency_id: int, at: dt.datetime) -> uuid.UUID:
    row = PostalItem.objects.create(
        agency_id=agency_id, direction=PostDirection.OUT, state=PostState.REGISTERED, registered_at=at
    )
    PostalPiece.objects.create(item=row, agency_id=agency_id, direction=row.direction, dossier_id=dossier_id)
    return row.pk


@transaction.atomic
def send(
    *,
    item_id: uuid.UUID,
    tracking: str,
    carrier: str,
    name: str,
    address: str,
    phone: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """
    Give an envelope its number and hand it to the carrier.

    Raises: CounterConflict("counter.result_not_here") while a result that belongs into it is not issued,
    CounterInvalid, CounterConflict("counter.tracking_known").
    """
    row = _item(item_id, actor)
    refuse_if(rules.may(PostDirection(row.direction), PostState(row.state), PostAct.SEND), CounterConflict)
    if not name.strip() or not address.strip():
        raise CounterInvalid("counter.post_address_missing")
    inside = set(row.pieces.values_list("dossier_id", flat=True))
    if not inside <= _released_here(inside, actor, at):
        raise CounterConflict("counter.result_not_here")
    row.tracking, row.carrier = _checked(tracking), normalise(carrier)
    row.name, row.address, row.phone = normalise(name)[:150], normalise(address)[:300], phone[:20]
    row.state, row.sent_at = PostState.SENT, at
    _save(row, actor, at)


@transaction.atomic
def add_result(*, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Put a result on the list of what is returned by post, also when nobody wished it at intake. Twice is once, until the
    envelope has ended: a result that was put right afterwards goes into one of its own.
    """
    if not _released_here({dossier_id}, actor, at):
        raise CounterConflict("counter.result_not_here")
    agency_id = agency_of(actor)
    under_way = _ways_back(dossier_id, agency_id).filter(item__state__in=_UNDER_WAY).first()
    return under_way.item_id if under_way is not None else _open_way_back(dossier_id, agency_id, at)


def _released_here(wanted: Set[uuid.UUID], actor: Actor, at: dt.datetime) -> set[uuid.UUID]:
    """Return those whose result is issued and is returned here."""
    cards = dossiers.list_in_states(actor, states={State.RELEASED}, at=at, hat=Hat.RETURN, only=wanted)
    return {card.dossier_id for card in cards}


@transaction.atomic
def confirm_delivery(*, item_id: uuid.UUID, actor: Actor, at: dt.datetime) -> int:
    """
    Say that an envelope reached its addressee: every dossier in it is delivered by post, its number beside the name.

    Returns how many were. Raises: what `dossiers.deliver` raises, and then nothing is delivered.
    """
    row = _item(item_id, actor)
    state = PostState(row.state)
    refuse_if(rules.may(PostDirection(row.direction), state, PostAct.DELIVER), CounterConflict)
    keys = list(row.pieces.order_by("id").values_list("dossier_id", flat=True))
    if row.direction == PostDirection.OUT:
        for key in keys:
            receiver = f"{row.name} (bưu gửi {row.tracking})"
            dossiers.deliver(dossier_id=key, channel=Channel.POSTAL, receiver=receiver, actor=actor, at=at)
    row.state, row.ended_at = PostState.DELIVERED, at
    row.sent_at = row.sent_at or at
    _save(row, actor, at)
    return len(keys)


@transaction.atomic
def take_back(*, item_id: uuid.UUID, note: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Say that an envelope came back: its results lie here again, in a new envelope that waits for a number.

    Raises: CounterInvalid("counter.reason_missing"), CounterConflict.
    """
    row = _item(item_id, actor)
    refuse_if(rules.may(PostDirection(row.direction), PostState(row.state), PostAct.RETURN), CounterConflict)
    if not note.strip():
        raise CounterInvalid("counter.reason_missing")
    row.state, row.ended_at, row.note = PostState.RETURNED, at, normalise(note.strip())[:300]
    _save(row, actor, at)
    again = PostalItem.objects.create(
        agency_id=row.agency_id, direction=PostDirection.OUT, state=PostState.REGISTERED, registered_at=at,
        registered_by_id=actor.appointment_id, name=row.name, address=row.address, phone=row.phone,
    )  # fmt: skip
    PostalPiece.objects.bulk_create(
        PostalPiece(item=again, agency_id=row.agency_id, direction=PostDirection.OUT, dossier_id=key)
        for key in row.pieces.values_list("dossier_id", flat=True)
    )
    return again.pk


def link_envelope(item: PostalItem, *, dossier_id: uuid.UUID) -> None:
    """Remember which dossier came in an envelope; told twice, remembered once."""
    PostalPiece.objects.get_or_create(
        item=item, dossier_id=dossier_id, defaults={"agency_id": item.agency_id, "direction": item.direction}
    )


def _item(item_id: uuid.UUID, actor: Actor) -> PostalItem:
    row = PostalItem.objects.select_for_update().filter(pk=item_id, agency_id=agency_of(actor)).first()
    if row is None:
        raise CounterNotFound("counter.post_unknown")
    return row


def _checked(tracking: str) -> str:
    number = rules.clean_tracking(tracking)
    refuse_if(rules.check_tracking(number), CounterInvalid)
    return number


def _save(row: PostalItem, actor: Actor, at: dt.datetime) -> uuid.UUID:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CounterConflict("counter.tracking_known", tracking=row.tracking) from error
    record_act(
        act=f"counter.post_{row.state}", actor=actor, object_type="postal_item", object_id=row.pk, at=at,
        facts={"tracking": row.tracking},
    )  # fmt: skip
    return row.pk
