"""What was told to whom, and whether it arrived."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from vanlang.notifications.errors import MessageNotFoundError
from vanlang.notifications.models import Delivery, Message
from vanlang.notifications.queries.people import as_system, owner
from vanlang.notifications.queries.templates import find_template
from vanlang.notifications.types import (
    DeliveryCard,
    DeliveryState,
    Letter,
    MessageCard,
    NoticeChannel,
    NoticeKind,
    Recipient,
)


@as_system
def list_messages_of(recipient: Recipient) -> list[MessageCard]:
    """Return what somebody was told, newest first."""
    rows = Message.objects.defer("letter").filter(**owner(recipient)).order_by("-told_at", "-id")
    return _cards(rows)


def list_messages_about(object_type: str, object_id: object) -> list[MessageCard]:
    """Return what was told of one object, newest first. Addresses are masked."""
    rows = Message.objects.defer("letter").filter(object_type=object_type, object_id=str(object_id))
    return _cards(rows.order_by("-told_at", "-id"))


@as_system
def count_unread(recipient: Recipient) -> int:
    return Message.objects.filter(**owner(recipient), read_at__isnull=True).count()


@as_system
def find_by_token(token: str) -> MessageCard | None:
    """Return the message behind the short address of a text message, or None."""
    return next(iter(_cards(Message.objects.defer("letter").filter(token=token))), None)


@as_system
def get_letter(message_id: uuid.UUID, *, recipient: Recipient | None = None) -> Letter:
    """
    Return what was said, word for word; with `recipient`, only what was said to them.

    Raises: MessageNotFoundError, also once its words are forgotten.
    """
    rows = Message.objects.filter(pk=message_id)
    row = rows.filter(**owner(recipient)).first() if recipient else rows.first()
    if row is None or row.letter is None:
        raise MessageNotFoundError
    return letter_of(row.letter)


@as_system
def subjects_of(message_ids: Iterable[uuid.UUID], *, recipient: Recipient) -> dict[uuid.UUID, str]:
    """Return what each of somebody's own messages is about, in its letter's own words; forgotten ones are left out."""
    rows = Message.objects.only("id", "letter").filter(pk__in=list(message_ids), **owner(recipient))
    return {row.pk: letter_of(row.letter).subject for row in rows if row.letter is not None}


@as_system
def find_message(message_id: uuid.UUID, *, recipient: Recipient) -> MessageCard | None:
    """Return one message of somebody's own, or None."""
    rows = Message.objects.defer("letter").filter(pk=message_id, **owner(recipient))
    return next(iter(_cards(rows)), None)


def letter_of(kept: dict[str, object]) -> Letter:
    """Return the letter that a message keeps."""
    paragraphs = kept["paragraphs"]
    lines = tuple(map(str, paragraphs)) if isinstance(paragraphs, list | tuple) else ()
    texts = {name: str(value) for name, value in kept.items() if name != "paragraphs"}
    return Letter(paragraphs=lines, **texts)


def _cards(rows: Iterable[Message]) -> list[MessageCard]:
    found = list(rows)
    deliveries = Delivery.objects.defer("address").filter(message__in=found).order_by("queued_at", "id")
    by_message: dict[object, list[DeliveryCard]] = {}
    for row in deliveries:
        by_message.setdefault(row.message_id, []).append(delivery_card(row))
    return [_card(row, tuple(by_message.get(row.pk, ()))) for row in found]


def _card(row: Message, deliveries: tuple[DeliveryCard, ...]) -> MessageCard:
    template = find_template(row.template)
    return MessageCard(
        id=row.pk,
        event=row.event,
        object_type=row.object_type,
        object_id=row.object_id,
        template=row.template,
        title=template.name if template else row.template,
        kind=NoticeKind(row.kind),
        agency_id=row.agency_id,
        token=row.token,
        link=row.link,
        told_at=row.told_at,
        read_at=row.read_at,
        deliveries=deliveries,
        person_id=row.person_id,
        account_id=row.account_id,
    )


def delivery_card(row: Delivery) -> DeliveryCard:
    return DeliveryCard(
        id=row.pk,
        channel=NoticeChannel(row.channel),
        state=DeliveryState(row.state),
        hint=row.hint,
        reason=row.reason,
        provider=row.provider,
        tries=row.tries,
        cost_vnd=row.cost_vnd,
        next_at=row.next_at,
        sent_at=row.sent_at,
        finished_at=row.finished_at,
    )
