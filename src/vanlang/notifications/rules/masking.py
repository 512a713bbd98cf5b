"""Addresses as lists and logs may show them: enough for their owner to recognise, not enough to reach somebody."""

from __future__ import annotations

from vanlang.notifications.types import NoticeChannel


def hint(channel: NoticeChannel, address: str) -> str:
    """Return the masked form of an address of `channel`."""
    match channel:
        case NoticeChannel.EMAIL:
            local, at, host = address.partition("@")
            return f"{local[:1]}***{at}{host}" if at else "***"
        case NoticeChannel.SMS | NoticeChannel.MESSENGER:
            return f"*** *** {address[-3:]}" if len(address) >= 9 else "***"
        case NoticeChannel.PUSH:
            return "trình duyệt đã đăng ký"
