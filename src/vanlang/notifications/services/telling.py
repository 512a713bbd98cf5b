"""
Telling: one event to one recipient, written into the outbox by the transaction that the event belongs to.

Nothing is sent here. If the caller's transaction rolls back, nobody was told; if it commits, the rows are there, and the
worker is woken. Should the process die before it wakes the worker, the periodic job finds the rows within a minute.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.sealing import mark
from vanlang.notifications.errors import TemplateValuesError
from vanlang.notifications.models import Delivery, Message
from vanlang.notifications.queries import links, people, templates
from vanlang.notifications.rules import hours, masking, sms, ways, wording
from vanlang.notifications.services.waking import wake_sender
from vanlang.notifications.types import Addresses, DeliveryState, NoticeChannel, NoticeKind, Recipient, Values
from vanlang.organizations.api import get_agency

TOKEN_BYTES = 9
"""72 random bits in a short address: with ten million messages a guess hits one in 10¹⁴, and finds no name there."""


@transaction.atomic
def tell(
    *,
    event: str,
    object_type: str,
    object_id: object,
    to: Recipient,
    template: str,
    values: Values,
    agency_id: int,
    at: dt.datetime,
    occurrence: object = "",
    link: str = "",
    urgent: bool = False,
    expires_at: dt.datetime | None = None,
) -> uuid.UUID:
    """
    Tell one recipient of one event, in the caller's transaction; return the message's id.

    The same event, object, occurrence and recipient make one message however often it is told. `values` fit the
    template; days and instants may be given as they are. `link` is a path on our own pages.

    Raises: TemplateValuesError when the template is unknown or the values do not fit it.
    """
    with acting(Scope.system()):
        words, plain = _fitting(template, values)
        addresses = people.addresses_of(to)
        message = Message(
            event=event,
            object_type=object_type,
            object_id=str(object_id),
            occurrence=str(occurrence),
            agency_id=agency_id,
            template=template,
            kind=words.kind,
            urgent=urgent,
            link=link,
            token=secrets.token_urlsafe(TOKEN_BYTES),
            told_at=at,
            expires_at=expires_at or _end_of_use(words, at),
            given=[to.phone, to.email],
            **people.owner(to),
        )
        letter = wording.compose(
            words,
            values=plain,
            envelope=_envelope(message, to, addresses.name, at),
            diacritics=settings.VANLANG_SMS_DIACRITICS,
        )
        message.letter = dataclasses.asdict(letter)
        told_id = _write_once(message, to)
        if told_id == message.pk:
            queue(
                message, _channels(words.kind, to, addresses), addresses=addresses, short=letter.short, at=at
            )
    return told_id


def _fitting(template: str, values: Values) -> tuple[wording.MessageTemplate, dict[str, object]]:
    """Return the words of a template and the values that fit them. Raises: TemplateValuesError."""
    words, plain = templates.get_template(template), plain_values(values)
    if misfits := wording.misfits(words, plain):
        raise TemplateValuesError(template=template, misfits=misfits)
    return words, plain


def _write_once(message: Message, to: Recipient) -> uuid.UUID:
    """Write a message unless the recipient was told of the same before; return the id of the one that is there."""
    Message.objects.bulk_create([message], ignore_conflicts=True)
    told = Message.objects.only("id").get(
        event=message.event,
        object_type=message.object_type,
        object_id=message.object_id,
        occurrence=message.occurrence,
        **people.owner(to),
    )
    return told.pk


def _channels(kind: NoticeKind, to: Recipient, addresses: Addresses) -> Iterable[NoticeChannel]:
    """Return the ways by which somebody wants to hear of a kind of thing, and can be reached."""
    wanted = people.preferences_of(to)[kind].channels
    within_reach = ways.reachable(addresses, bad=people.bad_channels(addresses))
    return ways.choose(kind, wanted=wanted, within_reach=within_reach)


def queue(
    message: Message,
    channels: Iterable[NoticeChannel],
    *,
    addresses: Addresses,
    short: str,
    at: dt.datetime,
) -> None:
    """Write the outbox rows of `message` and have the sender woken when they are committed."""
    rows = [_delivery(message, channel, addresses, short, at) for channel in channels]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.next_at is not None and row.next_at <= at for row in rows):
        transaction.on_commit(wake_sender)


def plain_values(values: Values) -> dict[str, object]:
    """Return `values` as JSON: days and instants in ISO 8601, instants in Vietnam's zone."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.astimezone(VIETNAM).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _delivery(
    message: Message, channel: NoticeChannel, addresses: Addresses, short: str, at: dt.datetime
) -> Delivery:
    address = address_on(channel, addresses)
    parts = len(sms.shape_of(short).parts) if channel is NoticeChannel.SMS else 1
    local = at.astimezone(VIETNAM)
    due_at = hours.may_sound_at(local, channel=channel, urgent=message.urgent)
    return Delivery(
        message=message,
        agency_id=message.agency_id,
        channel=channel,
        state=DeliveryState.QUEUED if due_at <= local else DeliveryState.HELD_QUIET,
        address=address,
        address_mark=mark(address),
        hint=masking.hint(channel, address),
        parts=parts,
        cost_vnd=cost_of(channel, parts),
        reason="" if due_at <= local else "notifications.quiet_hours",
        next_at=due_at,
        queued_at=at,
    )


def address_on(channel: NoticeChannel, addresses: Addresses) -> str:
    """Return where somebody is reached by `channel`; a push goes to every browser they subscribed when it leaves."""
    match channel:
        case NoticeChannel.EMAIL:
            return addresses.email
        case NoticeChannel.SMS | NoticeChannel.MESSENGER:
            return addresses.phone
        case NoticeChannel.PUSH:
            return ""


def cost_of(channel: NoticeChannel, parts: int) -> int:
    """Return what one message costs by `channel`. Units: đồng, by the province's contract (settings)."""
    match channel:
        case NoticeChannel.SMS:
            return parts * int(settings.VANLANG_SMS_PART_VND)
        case NoticeChannel.MESSENGER:
            return int(settings.VANLANG_MESSENGER_VND)
        case NoticeChannel.EMAIL | NoticeChannel.PUSH:
            return 0


def _envelope(message: Message, to: Recipient, name: str, at: dt.datetime) -> wording.Envelope:
    agency = get_agency(message.agency_id, at.astimezone(VIETNAM).date())
    return wording.Envelope(
        agency=agency.name,
        agency_short=agency.short_name,
        agency_contact=agency.address,
        name=name,
        link=links.absolute(message.link),
        stop_link=links.stop_link(to, NoticeKind(message.kind)),
        short_link=links.short_link(message.token),
    )


def _end_of_use(words: wording.MessageTemplate, at: dt.datetime) -> dt.datetime | None:
    return at + dt.timedelta(hours=words.useful_hours) if words.useful_hours is not None else None
