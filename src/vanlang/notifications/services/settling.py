"""What becomes of deliveries: after a provider's word, after a receipt, after somebody's click."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.sealing import mark
from vanlang.notifications.errors import DeliveryNotPossibleError, MessageNotFoundError
from vanlang.notifications.models import Attempt, BadAddress, Delivery, PushSubscription, Receipt
from vanlang.notifications.ports import Carried, Carrier, Confirmation
from vanlang.notifications.queries import people
from vanlang.notifications.queries.messages import letter_of
from vanlang.notifications.rules import fates, ways
from vanlang.notifications.rules.money import goes_by_letter_instead
from vanlang.notifications.services import health, spending
from vanlang.notifications.services.telling import queue
from vanlang.notifications.services.waking import wake_sender
from vanlang.notifications.types import (
    OVER,
    DeliveryState,
    NoticeChannel,
    NoticeKind,
    ProviderVerdict,
    Recipient,
)


@transaction.atomic
def settle(carrier: Carrier, results: Sequence[tuple[Delivery, Carried]], *, at: dt.datetime) -> None:
    """Remember what a provider made of its parcels: attempts, states, money, bad addresses, its health."""
    Attempt.objects.bulk_create([_attempt(carrier, row, result, at) for row, result in results])
    _accept(carrier, [pair for pair in results if pair[1].verdict is ProviderVerdict.ACCEPTED], at)
    for row, result in results:
        if result.verdict is not ProviderVerdict.ACCEPTED:
            _apply(row, carrier, result, at)
    health.note(carrier, [result for _, result in results], at)


@transaction.atomic
def put_back(rows: Iterable[Delivery], *, at: dt.datetime) -> None:
    """Put back what was claimed and not handed over: nothing was used up."""
    for row in rows:
        spending.give_back(agency_id=row.agency_id, vnd=row.cost_vnd, on=spending.day_of(at))
        row.state, row.next_at = DeliveryState.QUEUED, at
        row.save(update_fields=["state", "next_at"])


def hold(row: Delivery, state: DeliveryState, *, until: dt.datetime, reason: str) -> None:
    row.state, row.next_at, row.reason = state, until, reason
    row.save(update_fields=["state", "next_at", "reason"])


def finish(row: Delivery, state: DeliveryState, *, reason: str, at: dt.datetime) -> None:
    row.state, row.next_at, row.reason = state, None, reason
    row.finished_at = at if state in OVER else None
    row.save(update_fields=["state", "next_at", "reason", "finished_at"])


def by_letter_instead(row: Delivery, *, at: dt.datetime) -> bool:
    """Send the message of `row` by e-mail instead when its kind allows and there is an address; return whether."""
    addresses = people.addresses_of(_recipient(row))
    bad = people.bad_channels(addresses)
    has_email = NoticeChannel.EMAIL in ways.reachable(addresses, bad=bad)
    if not goes_by_letter_instead(NoticeKind(row.message.kind), has_email=has_email):
        return False
    finish(row, DeliveryState.EXPIRED, reason="notifications.cap_reached", at=at)
    short = letter_of(row.message.letter).short
    queue(row.message, [NoticeChannel.EMAIL], addresses=addresses, short=short, at=at)
    return True


@transaction.atomic
def confirm(provider: str, confirmations: Iterable[Confirmation], *, at: dt.datetime) -> int:
    """
    Remember what a provider said later; return how many deliveries changed.

    Said twice, it changes nothing; said before we remembered the submission, it is kept and found then.
    """
    changed = 0
    for said in confirmations:
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
        row = rows.filter(provider=provider, provider_ref__in=said.ids).order_by("id").first()
        Receipt.objects.bulk_create(
            [
                Receipt(provider=provider, provider_ref=ref, arrived=said.arrived, code=said.code, at=at)
                for ref in ([row.provider_ref] if row else said.ids)
            ],
            ignore_conflicts=True,
        )
        if row is not None and row.state == DeliveryState.SENT:
            _confirmed(row, arrived=said.arrived, at=at)
            changed += 1
    return changed


@transaction.atomic
def send_again(*, delivery_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """
    Put a delivery that failed back into the outbox, at an officer's wish; its history stays.

    Raises: MessageNotFoundError, DeliveryNotPossibleError when it did not fail or its words are forgotten.
    """
    visible = Delivery.objects.filter(pk=delivery_id, agency_id=actor.agency_id or 0).exists()
    with acting(Scope.system()):
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
        row = rows.filter(pk=delivery_id).first() if visible else None
        if row is None:
            raise MessageNotFoundError
        if row.state not in {DeliveryState.FAILED, DeliveryState.EXPIRED} or row.message.letter is None:
            raise DeliveryNotPossibleError
        BadAddress.objects.filter(pk=row.address_mark).delete()
        row.state, row.next_at, row.reason, row.tries = DeliveryState.QUEUED, at, "", 0
        row.finished_at = row.sent_at = None
        row.save(update_fields=["state", "next_at", "reason", "tries", "finished_at", "sent_at"])
        if row.message.expires_at is not None and row.message.expires_at <= at:
            row.message.expires_at = None
            row.message.save(update_fields=["expires_at"])
    record_act(
        act="notifications.send_again", actor=actor, object_type="delivery", object_id=delivery_id, at=at
    )
    transaction.on_commit(wake_sender)


def _attempt(carrier: Carrier, row: Delivery, result: Carried, at: dt.datetime) -> Attempt:
    return Attempt(
        delivery=row,
        agency_id=row.agency_id,
        at=at,
        provider=carrier.name,
        verdict=result.verdict,
        code=result.code[:60],
        provider_ref=result.provider_ref[:100],
        cost_vnd=row.cost_vnd,
    )


def _accept(carrier: Carrier, results: Sequence[tuple[Delivery, Carried]], at: dt.datetime) -> None:
    """Remember what was accepted, together: by far most of what is sent."""
    for row, result in results:
        row.provider, row.provider_ref = carrier.name, result.provider_ref[:100]
        row.state, row.next_at, row.sent_at, row.reason = DeliveryState.SENT, None, at, ""
    rows = [row for row, _ in results]
    Delivery.objects.bulk_update(rows, ["provider", "provider_ref", "state", "next_at", "sent_at", "reason"])
    gone = [mark(endpoint) for _, result in results for endpoint in result.gone]
    if gone:
        PushSubscription.objects.filter(endpoint_mark__in=gone).delete()
    refs = {row.provider_ref: row for row in rows if row.provider_ref}
    for early in Receipt.objects.filter(provider=carrier.name, provider_ref__in=refs):
        _confirmed(refs[early.provider_ref], arrived=early.arrived, at=at)


def _apply(row: Delivery, carrier: Carrier, result: Carried, at: dt.datetime) -> None:
    kind = NoticeKind(row.message.kind)
    fate = fates.fate_of(
        result.verdict, importance=ways.IMPORTANCE[kind], tries=row.tries, delivery_id=row.pk, at=at
    )
    row.provider, row.provider_ref = carrier.name, result.provider_ref[:100]
    row.state, row.next_at, row.reason = fate.state, fate.next_at, fate.reason
    row.tries += fate.uses_a_try
    row.sent_at = None
    row.finished_at = at if fate.state in OVER else None
    row.save(
        update_fields=[
            "provider", "provider_ref", "state", "next_at", "reason", "tries", "sent_at", "finished_at",
        ]
    )  # fmt: skip
    if not fate.costs:
        spending.give_back(agency_id=row.agency_id, vnd=row.cost_vnd, on=spending.day_of(at))
    if fate.bad_address and row.channel != NoticeChannel.PUSH:
        _mark_bad(row, result.code, at)
    if result.gone:
        PushSubscription.objects.filter(endpoint_mark__in=[mark(gone) for gone in result.gone]).delete()
    if fate.another_way:
        _take_another_way(row, at)


def _mark_bad(row: Delivery, code: str, at: dt.datetime) -> None:
    BadAddress.objects.update_or_create(
        address_mark=row.address_mark,
        defaults={"channel": row.channel, "hint": row.hint, "code": code[:60], "since_at": at},
    )


def _take_another_way(row: Delivery, at: dt.datetime) -> None:
    """Send what failed for good by a way that it did not take yet."""
    recipient, message = _recipient(row), row.message
    addresses = people.addresses_of(recipient)
    kind = NoticeKind(message.kind)
    taken = [NoticeChannel(one.channel) for one in message.deliveries.all()]
    channel = ways.instead(
        kind,
        failed=taken,
        wanted=people.preferences_of(recipient)[kind].channels,
        within_reach=ways.reachable(addresses, bad=people.bad_channels(addresses)),
    )
    if channel is not None:
        short = letter_of(message.letter).short
        queue(message, [channel], addresses=addresses, short=short, at=at)


def _confirmed(row: Delivery, *, arrived: bool, at: dt.datetime) -> None:
    if arrived:
        finish(row, DeliveryState.DELIVERED, reason="", at=at)
    else:
        finish(row, DeliveryState.FAILED, reason="notifications.refused", at=at)
        _take_another_way(row, at)


def _recipient(row: Delivery) -> Recipient:
    message = row.message
    phone, email = message.given or ("", "")
    return Recipient(message.person_id, message.account_id, phone=phone, email=email)
