"""
What a list shows of a person: enough to recognise one's own work, not enough to learn who somebody is.

A masked list is no read of personal data; opening a dossier is one, and is recorded before it shows.
Law: unverified
"""

from __future__ import annotations

_BULLET = "*"


def mask_name(name: str) -> str:
    """Return family name and initials: `Nguyễn Thị Lan` → `Nguyễn T. L.`."""
    family, *rest = name.split() or [""]
    return " ".join([family, *(f"{part[0].upper()}." for part in rest)])


def mask_personal_id(number: str) -> str:
    """Return the first three (place of birth registration) and last three digits: `025******123`."""
    return _mask_middle(number, head=3, tail=3)


def mask_phone(number: str) -> str:
    """Return the last three digits only: `*******678`."""
    return _mask_middle(number, head=0, tail=3)


def mask_email(address: str) -> str:
    """Return the first letter and the host: `l***@example.vn`."""
    local, at, host = address.partition("@")
    return f"{local[:1]}***{at}{host}" if at else _BULLET * len(address)


def _mask_middle(text: str, *, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden < head + tail:
        return _BULLET * len(text)
    return f"{text[:head]}{_BULLET * hidden}{text[len(text) - tail :]}"
