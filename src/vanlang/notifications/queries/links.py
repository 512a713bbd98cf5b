"""Addresses that messages carry: where to look, how to stop, and the short one for text messages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from vanlang.notifications.types import NoticeKind, Recipient

HERE = "/thong-bao/"
"""Where this app is mounted (config/urls.py)."""
SALT = "vanlang.notifications.stop"


@dataclass(frozen=True, slots=True)
class StopOrder:
    """What a link to stop is for. It proves nothing but that the message was received; it opens nothing else."""

    recipient: Recipient
    kind: NoticeKind


def absolute(path: str) -> str:
    """Return the public address of a path on our own pages."""
    return f"{settings.VANLANG_PUBLIC_URL.rstrip('/')}{path or HERE}"


def short_link(token: str) -> str:
    return absolute(f"{HERE}t/{token}/")


def stop_link(recipient: Recipient, kind: NoticeKind) -> str:
    return absolute(f"{HERE}ngung/{stop_token(recipient, kind)}/")


def stop_token(recipient: Recipient, kind: NoticeKind) -> str:
    """Return a signed word that lets its bearer stop one kind of message to one recipient, without signing in."""
    return signing.Signer(salt=SALT, sep=".").sign_object([recipient.key, kind.value])


def read_stop_token(token: str) -> StopOrder | None:
    """Return what a link to stop is for, or None when it is none of ours."""
    try:
        key, kind = signing.Signer(salt=SALT, sep=".").unsign_object(token)
        who, _, number = str(key).partition(":")
        recipient = (
            Recipient.account(int(number)) if who == "account" else Recipient.person(uuid.UUID(number))
        )
        return StopOrder(recipient, NoticeKind(kind))
    except (signing.BadSignature, ValueError, TypeError):
        return None
