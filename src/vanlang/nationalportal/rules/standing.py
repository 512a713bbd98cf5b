"""
DongBoTrangThaiHoSo: what of a dossier may be told by its state and its days alone.

The service changes these fields and leaves the others as they stand there, so it may be used only where the others are
what the portal took last, and where no day has gone: a field that is left out is not taken away.
Source: docs/reference/national-portal.md
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from vanlang.nationalportal.types import Message

STATE = "TrangThaiHoSo"
DAYS = ("NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayTuChoi", "NgayKetThucXuLy")
TOLD = frozenset({STATE, *DAYS})
"""What the service says of a dossier; all else it leaves as it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the portal took of a dossier, as far as it must be known to tell only its state."""

    rest: bytes
    """SHA-256 of every field that the service does not say; empty: not known."""
    days: frozenset[str]
    """Which days it has."""


UNKNOWN = Standing(b"", frozenset())


def standing_of(message: Message) -> Standing:
    """Return what the portal holds once it took a whole message."""
    rest = {name: value for name, value in message.items() if name not in TOLD}
    written = json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()
    return Standing(hashlib.sha256(written).digest(), frozenset(DAYS) & message.keys())


def is_state_alone(message: Message, there: Standing) -> bool:
    """Say whether the state and days of a message make of what stands there all that the message says."""
    now = standing_of(message)
    return now.rest == there.rest and there.days <= now.days


def state_row(message: Message) -> Message:
    """Return the row of DongBoTrangThaiHoSo: the code, the state, and every day that there is."""
    days = {name: message[name] for name in DAYS if name in message}
    return {"MaHoSo": message["MaHoSo"], "TrangThai": message[STATE], **days}
